/** Read incidents as the page has them: exact, with what was decided before the page was made. */

import type { Archive } from "../data/archive.ts";
import { isoDay } from "../data/dates.ts";
import { detailKey, type DetailPart } from "../data/format.ts";
import type { Table } from "../data/table.ts";
import type { Links } from "../ui/links.ts";
import { COLUMNS, type Cell, type Entry, type Incident, type Point, type Span, type Verdict } from "./model.ts";

const REVIEW = ["reviewed_fields", "reviewed_by", "reviewed_at", "note", "merged_into"];
const TEXTS = "sub_event_type place_name country country_code admin1 actor1 actor2 weapon attribution".split(" ");
const COUNTS = "killed_min killed_max wounded_min wounded_max event_count_min".split(" ");

/** Words of a report that became something: report, start and end in code points, what. */
export type Word = [report: number, start: number, end: number, kind: string];

interface ReviewPart {
  lon: (number | null)[];
  lat: (number | null)[];
  uncertainty_m: (number | null)[];
  confidence: (number | null)[];
  words: Word[][];
  reread: (Record<string, unknown> | null)[];
}

/** A place of the gazetteer. */
export interface Place {
  id: string;
  name: string;
  kind: string;
  code: string;
  country: string;
  country_code: string;
  admin1: string;
  lon: number;
  lat: number;
  radius_m: number;
  population: number;
}

/** A name in a report, with the places that it may mean. */
export interface Toponym {
  report: number;
  start: number;
  end: number;
  candidates: { place: Place; score: number }[];
}

export class Source {
  readonly #table: Table;
  readonly #archive: Archive;
  readonly #links: Links;
  readonly #rows: number;
  readonly #size: number;
  readonly #loaded = new Map<string, Entry>();
  readonly #starts = new Map<string, Uint32Array>();
  readonly rowOf = new Map<string, number>();
  ids: string[] = [];
  reports: string[] = [];
  #places: Place[] | null = null;

  constructor(table: Table, archive: Archive, links: Links) {
    this.#table = table;
    this.#archive = archive;
    this.#links = links;
    this.#rows = table.rows;
    this.#size = table.meta.detail_rows;
  }

  async open(reports: string[]): Promise<void> {
    this.ids = this.#rows ? await this.#archive.ids() : [];
    this.reports = reports;
    this.ids.forEach((id, row) => this.rowOf.set(id, row));
    await this.load(this.ids.filter((_, row) => this.#table.text("reviewed", row) !== null));
  }

  /** The entry of an incident that was read. */
  base(id: string): Entry | null {
    return this.#loaded.get(id) ?? null;
  }

  /** Read incidents, part by part. */
  async load(ids: string[]): Promise<void> {
    for (const id of ids) {
      const row = this.rowOf.get(id);
      if (row === undefined || this.#loaded.has(id)) continue;
      const number = Math.floor(row / this.#size);
      const [details, review] = await Promise.all([this.#archive.detailPart(number), this.#part(number)]);
      this.#loaded.set(id, this.#entryOf(row, details, review));
    }
  }

  #part(number: number): Promise<ReviewPart> {
    return this.#archive.part<ReviewPart>("review", number);
  }

  async words(id: string): Promise<Word[]> {
    const row = this.rowOf.get(id);
    return row === undefined ? [] : (await this.#part(Math.floor(row / this.#size))).words[row % this.#size];
  }

  /** What the reports now say of cells that were decided before. */
  async reread(id: string): Promise<Record<string, unknown> | null> {
    const row = this.rowOf.get(id);
    return row === undefined ? null : (await this.#part(Math.floor(row / this.#size))).reread[row % this.#size];
  }

  /** Numbers of the first report of all rows, and whether the reports say something new of them. */
  async survey(): Promise<{ report: Int32Array; isNew: Uint8Array; placeText: (string | null)[] }> {
    const report = new Int32Array(this.#rows).fill(-1);
    const isNew = new Uint8Array(this.#rows);
    const placeText: (string | null)[] = [];
    for (let from = 0; from < this.#rows; from += this.#size) {
      const number = Math.floor(from / this.#size);
      const [part, review] = await Promise.all([this.#archive.detailPart(number), this.#part(number)]);
      const counts = part.report_count ?? [];
      const texts = (part.place_text ?? []) as (string | null)[];
      for (let at = 0, flat = 0; at < Math.min(this.#size, this.#rows - from); at++) {
        const count = Number(counts[at] ?? 0);
        if (count) report[from + at] = Number(part.report[flat]);
        flat += count;
        isNew[from + at] = review.reread[at] || this.#table.text("reviewed", from + at) === null ? 1 : 0;
        placeText.push(texts[at] ?? null);
      }
    }
    return { report, isNew, placeText };
  }

  /** The names in a report. */
  async toponyms(report: number, perPart: number): Promise<Toponym[]> {
    type Raw = [number, number, [number, number][]];
    const part = await this.#archive.part<Raw[][]>("places", Math.floor(report / perPart));
    const places = await this.#gazetteer();
    return (part[report % perPart] ?? []).map(([start, end, candidates]) => ({
      report,
      start,
      end,
      candidates: candidates.map(([at, score]) => ({ place: places[at], score })),
    }));
  }

  async #gazetteer(): Promise<Place[]> {
    type Raw = [string, string, string, string, string, string, string, number, number, number, number];
    this.#places ??= (await this.#archive.part<Raw[]>("gazetteer", 0)).map(
      ([id, name, kind, code, country, country_code, admin1, lon, lat, radius_m, population]) => ({
        id,
        name,
        kind,
        code,
        country,
        country_code,
        admin1,
        lon,
        lat,
        radius_m,
        population,
      }),
    );
    return this.#places;
  }

  #entryOf(row: number, details: DetailPart, review: ReviewPart): Entry {
    const at = row % this.#size;
    const table = this.#table;
    const text = (name: string) => {
      const value = details[name]?.[at];
      return value === null || value === undefined || value === "" ? null : String(value);
    };
    const day = (name: "date_start" | "date_end") => {
      const value = table.day(name, row);
      return value === null ? null : isoDay(value);
    };
    const incident: Incident = Object.fromEntries(COLUMNS.map((name) => [name, null as Cell]));
    for (const name of TEXTS) incident[name] = table.text(name, row);
    for (const name of COUNTS) incident[name] = table.number(name, row);
    for (const name of ["status", "geo_precision", "date_precision"]) incident[name] = table.term(name, row);
    for (const name of ["place_text", "place_id"]) incident[name] = text(name);
    for (const name of ["uncertainty_m", "confidence"] as const) incident[name] = review[name][at];
    const [lon, lat] = [review.lon[at], review.lat[at]];
    Object.assign(incident, {
      incident_id: this.ids[row],
      event_type: table.eventType(row),
      date_start: day("date_start"),
      date_end: day("date_end"),
      geometry: lon === null || lat === null ? null : ([lon, lat] satisfies Point),
      report_ids: this.#slice(details, "report", "report_count", row).map((n) => this.reports[Number(n)]),
      evidence: this.#evidence(details, row),
      in_response_to: (this.#links.answered.get(row) ?? []).map((other) => this.ids[other]),
    });
    const listed = new Set(["place_text", "place_id", ...REVIEW]);
    const own = (table.meta.detail_columns ?? []).filter((name) => !listed.has(name));
    return {
      incident,
      reviewed: table.text("reviewed", row) as Verdict | null,
      fields: text("reviewed_fields")?.split(", ") ?? [],
      by: text("reviewed_by"),
      at: text("reviewed_at"),
      note: text("note"),
      merged_into: text("merged_into"),
      own: Object.fromEntries(own.map((name) => [name, (details[detailKey(name)]?.[at] ?? null) as string | number | null])),
    };
  }

  #evidence(details: DetailPart, row: number): Span[] {
    const [report, start, end, text] = ["report", "start", "end", "text"].map((name) =>
      this.#slice(details, `evidence_${name}`, "evidence_count", row),
    );
    const number = (value: unknown) => (typeof value === "number" ? value : null);
    return text.map((words, n) => ({
      report_id: number(report[n]) === null ? null : this.reports[report[n] as number],
      start: number(start[n]),
      end: number(end[n]),
      text: String(words ?? ""),
    }));
  }

  /** What one row has of a flattened list. */
  #slice(details: DetailPart, name: string, count: string, row: number): unknown[] {
    const number = Math.floor(row / this.#size);
    const key = `${count}/${number}`;
    let starts = this.#starts.get(key);
    if (!starts) {
      const counts = details[count] ?? [];
      starts = new Uint32Array(counts.length + 1);
      for (let at = 0; at < counts.length; at++) starts[at + 1] = starts[at] + Number(counts[at]);
      this.#starts.set(key, starts);
    }
    const at = row % this.#size;
    return (details[name] ?? []).slice(starts[at], starts[at + 1]);
  }
}
