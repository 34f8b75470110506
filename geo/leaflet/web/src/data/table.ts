/** The incidents as the page holds them: columns by row number. */

import type { Values } from "./columns.ts";
import { DEGREE, NULL_CODE, NULL_INT, type Dictionaries, type Meta } from "./format.ts";
import type { Core } from "./protocol.ts";

export interface Counts {
  min: number | null;
  max: number | null;
}

const SHARED_DICTIONARY: Record<string, string> = { actor1: "actor", actor2: "actor" };
const WORLD = 4294967296;

export class Table {
  readonly core: Core;
  readonly meta: Meta;
  readonly dictionaries: Dictionaries;
  readonly #nulls: Record<string, number> = {};
  readonly #spans = new WeakMap<object, [number, number]>();
  readonly #known = new Map<string, Float64Array>();
  readonly #scales: Record<string, number> = { lon: DEGREE, lat: DEGREE };

  constructor(meta: Meta, core: Core, dictionaries: Dictionaries) {
    this.meta = meta;
    this.core = core;
    this.dictionaries = dictionaries;
    for (const { name, null: absent, scale } of meta.columns) {
      if (absent !== undefined) this.#nulls[name] = absent;
      if (scale !== undefined) this.#scales[name] = scale;
    }
  }

  get rows(): number {
    return this.core.rows;
  }

  column(name: string): Values | null {
    return this.core.columns[name] ?? null;
  }

  has(name: string): boolean {
    return name in this.core.columns;
  }

  /** The entries of the dictionary behind a column; code k is entry k-1. */
  entries(name: string): string[] {
    return (this.dictionaries[SHARED_DICTIONARY[name] ?? name] ?? []) as string[];
  }

  /** What a headline calls an entry of a dictionary: shorter, without the marks of romanisation. */
  labelOf(name: string, code: number): string | null {
    if (!code) return null;
    const label = this.dictionaries[`${SHARED_DICTIONARY[name] ?? name}_label`]?.[code - 1];
    return label ?? this.entries(name)[code - 1] ?? null;
  }

  /** The text of a row's column as a headline calls it. */
  label(name: string, row: number): string | null {
    return this.labelOf(name, this.core.columns[name]?.[row] ?? 0);
  }

  /** All that stands in a row's column, in the page's language as far as it has words for it. */
  fullText(name: string, row: number): string | null {
    const code = this.core.columns[name]?.[row];
    if (!code) return null;
    return this.dictionaries[`${SHARED_DICTIONARY[name] ?? name}_full`]?.[code - 1] ?? this.text(name, row);
  }

  text(name: string, row: number): string | null {
    const code = this.core.columns[name]?.[row];
    return code ? (this.entries(name)[code - 1] ?? null) : null;
  }

  number(name: string, row: number): number | null {
    const value = this.core.columns[name]?.[row];
    if (value === undefined || Number.isNaN(value) || value === (this.#nulls[name] ?? -1)) return null;
    return value * (this.#scales[name] ?? 1);
  }

  /** A term of the vocabulary: "status", "geo_precision" or "date_precision". */
  term(name: string, row: number): string | null {
    const terms = {
      status: this.meta.statuses,
      geo_precision: this.meta.geo_precisions,
      date_precision: this.meta.date_precisions,
    }[name];
    const code = this.core.columns[name]?.[row];
    return code === undefined || code === NULL_CODE ? null : (terms?.[code] ?? null);
  }

  /** Index into the legend; its length for a type that the legend does not know. */
  typeCode(row: number): number {
    const code = this.core.columns.event_type?.[row] ?? NULL_CODE;
    return code === NULL_CODE ? this.meta.legend.length : code;
  }

  eventType(row: number): string | null {
    return this.meta.legend[this.typeCode(row)]?.event_type ?? null;
  }

  /** Days since 1970-01-01. */
  day(name: "date_start" | "date_end", row: number): number | null {
    const value = this.core.columns[name]?.[row];
    return value === undefined || value === NULL_INT ? null : value;
  }

  /** The first and the last day of a column, as it was when first asked for. */
  daySpan(name: "date_start" | "date_end"): [number, number] {
    const days = this.core.columns[name] ?? [];
    const known = this.#spans.get(days);
    if (known) return known;
    let [first, last] = [Infinity, -Infinity];
    for (let row = 0; row < days.length; row++) {
      const day = days[row];
      if (day === NULL_INT) continue;
      if (day < first) first = day;
      if (day > last) last = day;
    }
    const span: [number, number] = first > last ? [0, -1] : [first, last];
    this.#spans.set(days, span);
    return span;
  }

  counts(what: "killed" | "wounded", row: number): Counts {
    return { min: this.number(`${what}_min`, row), max: this.number(`${what}_max`, row) };
  }

  /** Killed and wounded where reported, else 0. */
  casualties(row: number): number {
    const counted = (what: "killed" | "wounded") => {
      const { min, max } = this.counts(what, row);
      return max ?? min ?? 0;
    };
    return counted("killed") + counted("wounded");
  }

  /** The casualties of all rows, for filters. */
  get allCasualties(): Float64Array {
    return this.#remembered("casualties", (row) => this.casualties(row));
  }

  /** The confidence of all rows, NaN where there is none. */
  get allConfidence(): Float64Array {
    return this.#remembered("confidence", (row) => this.number("confidence", row) ?? NaN);
  }

  /** Computed once, but in a page for review, where a person changes the cells. */
  #remembered(name: string, valueOf: (row: number) => number): Float64Array {
    const known = "review" in this.meta ? undefined : this.#known.get(name);
    if (known) return known;
    const values = new Float64Array(this.rows);
    for (let row = 0; row < this.rows; row++) values[row] = valueOf(row);
    this.#known.set(name, values);
    return values;
  }

  /** Longitude and latitude in degrees, null when no place is known. */
  lonLat(row: number): [number, number] | null {
    const { lon, lat } = this.core.columns;
    if (!lon || !lat || lon[row] === NULL_INT || lat[row] === NULL_INT) return null;
    return [tidy(lon[row] * this.#scales.lon), tidy(lat[row] * this.#scales.lat)];
  }

  /** The point in 0..1 of the Web Mercator world. */
  world(row: number): [number, number] {
    return [this.core.x[row] / WORLD, this.core.y[row] / WORLD];
  }
}

/** Degrees to seven decimals: 32.3567, not 32.356700000000004. */
function tidy(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
