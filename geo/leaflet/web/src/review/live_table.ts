/** Keep the page's table in step with the decisions: map, list, filters and downloads follow at once. */

import { parseDay } from "../data/dates.ts";
import { NULL_CODE, NULL_INT, type Dictionaries, type Meta } from "../data/format.ts";
import { drawnCurves } from "../data/core.ts";
import type { Core } from "../data/protocol.ts";
import type { Table } from "../data/table.ts";
import { GONE } from "../ui/store.ts";
import { isOut, type Entry, type Point } from "./model.ts";

const ROOM = 256; // rows that can be added before the columns are copied again
const TEXTS = "sub_event_type place_name country country_code admin1 actor1 actor2 weapon attribution reviewed".split(" ");
const COUNTS = "killed_min killed_max wounded_min wounded_max event_count_min".split(" ");
const DEGREES = 1e-7;

/** Give every column the room and the width that decisions may need, before the page reads any of them. */
export function widen(meta: Meta, core: Core): void {
  const nulls = Object.fromEntries(meta.columns.map((spec) => [spec.name, spec.null ?? -1]));
  for (const spec of meta.columns) {
    const from = core.columns[spec.name];
    const size = core.rows + ROOM;
    if (spec.name === "lon" || spec.name === "lat") {
      const scale = (spec.scale ?? DEGREES) / DEGREES;
      core.columns[spec.name] = Int32Array.from({ length: size }, (_, row) =>
        row >= core.rows || from[row] === NULL_INT ? NULL_INT : Math.round(from[row] * scale),
      );
      spec.scale = DEGREES;
    } else if (COUNTS.includes(spec.name)) {
      const absent = nulls[spec.name];
      core.columns[spec.name] = Int32Array.from({ length: size }, (_, row) =>
        row >= core.rows || from[row] === absent ? -1 : from[row],
      );
      spec.null = -1;
    } else if (TEXTS.includes(spec.name)) core.columns[spec.name] = grown(Uint32Array.from(from), size);
    else core.columns[spec.name] = grown(from, size);
  }
}

type Numbers = Core["columns"][string];

function grown<T extends Numbers>(from: T, size: number): T {
  const to = new (from.constructor as new (size: number) => T)(size);
  to.set(from as never);
  return to;
}

export class LiveTable {
  readonly #table: Table;
  readonly #dictionaries: Dictionaries;
  readonly #codes = new Map<string, Map<string, number>>();
  readonly hidden: { rows: Uint8Array };

  constructor(table: Table) {
    this.#table = table;
    this.#dictionaries = table.dictionaries;
    this.hidden = { rows: new Uint8Array(table.rows + ROOM) };
  }

  /** Make room for one more row, and give its number. */
  add(): number {
    const { core } = this.#table;
    const row = core.rows;
    for (const [name, column] of Object.entries(core.columns)) {
      if (row >= column.length) core.columns[name] = grown(column, row + ROOM);
    }
    if (row >= this.hidden.rows.length) this.hidden.rows = grown(this.hidden.rows, row + ROOM);
    core.rows++;
    return row;
  }

  /** Write an incident into its row. */
  write(row: number, entry: Entry | null): void {
    this.hidden.rows[row] = entry === null ? GONE : isOut(entry) ? 1 : 0;
    if (entry === null) return;
    const { columns } = this.#table.core;
    const { meta } = this.#table;
    const { incident } = entry;
    const put = (name: string, value: number) => {
      if (columns[name]) columns[name][row] = value;
    };
    for (const name of TEXTS) {
      const text = name === "reviewed" ? entry.reviewed : (incident[name] as string | null);
      put(name, text === null ? 0 : this.#code(name, text));
    }
    for (const name of COUNTS) put(name, (incident[name] as number | null) ?? -1);
    const term = (name: string, terms: string[]) => {
      const at = terms.indexOf(String(incident[name]));
      put(name, at < 0 ? NULL_CODE : at);
    };
    term("status", meta.statuses);
    term("geo_precision", meta.geo_precisions);
    term("date_precision", meta.date_precisions);
    term(
      "event_type",
      meta.legend.map(({ event_type }) => event_type),
    );
    for (const name of ["date_start", "date_end"]) put(name, parseDay((incident[name] as string | null) ?? "") ?? NULL_INT);
    put("uncertainty_m", (incident.uncertainty_m as number | null) ?? NaN);
    const sure = incident.confidence as number | null;
    put("confidence", sure === null ? NULL_CODE : Math.round(sure * 100));
    const at = incident.geometry as Point | null;
    put("lon", at ? Math.round(at[0] / DEGREES) : NULL_INT);
    put("lat", at ? Math.round(at[1] / DEGREES) : NULL_INT);
  }

  /** Put the points in order again. */
  reorder(): void {
    const { core, meta } = this.#table;
    Object.assign(core, drawnCurves(core, meta, DEGREES));
  }

  #code(name: string, text: string): number {
    const key = name === "actor1" || name === "actor2" ? "actor" : name;
    const entries = (this.#dictionaries[key] ??= []);
    let codes = this.#codes.get(key);
    if (!codes) {
      codes = new Map(entries.map((entry, at) => [entry as string, at + 1]));
      this.#codes.set(key, codes);
    }
    let code = codes.get(text);
    if (code === undefined) {
      entries.push(text);
      code = entries.length;
      codes.set(text, code);
    }
    return code;
  }
}
