/** Write what is shown as GeoJSON or CSV, with the columns of the incident table. */

import type { Archive } from "./archive.ts";
import { isoDay } from "./dates.ts";
import type { DetailPart } from "./format.ts";
import type { Table } from "./table.ts";

type Value = string | number | boolean | null | (string | null)[] | Record<string, unknown>[];
type Properties = Record<string, Value>;

const TEXTS = [
  "sub_event_type",
  "place_name",
  "country",
  "country_code",
  "admin1",
  "actor1",
  "actor2",
  "weapon",
  "attribution",
  "reviewed",
  "dataset",
];
const TERMS = ["date_precision", "geo_precision", "status"];
const NUMBERS = [
  "uncertainty_m",
  "killed_min",
  "killed_max",
  "wounded_min",
  "wounded_max",
  "event_count_min",
  "confidence",
];
/** The order of the columns in DESIGN.md's table; others follow. */
const ORDER = (
  "incident_id report_ids event_type sub_event_type date_start date_end date_precision place_name place_id place_text country " +
  "country_code admin1 geo_precision uncertainty_m actor1 actor2 killed_min killed_max wounded_min wounded_max event_count_min " +
  "weapon status attribution in_response_to evidence confidence dataset"
).split(" ");

/** Everything that a download needs beside the table. */
export interface Sources {
  table: Table;
  archive: Archive;
  ids: string[];
  /** Ids of all reports, so that not every row has to ask for one. */
  reportIds: string[];
  /** Called with the share that is done. */
  progress: (share: number) => void;
  /** Answered rows by answering row. */
  answered: Map<number, number[]>;
}

/** The rows with all their columns, part by part so that the page stays responsive. */
export async function* propertiesOf(
  sources: Sources,
  rows: Uint32Array,
): AsyncGenerator<{ row: number; properties: Properties }[]> {
  const { table, archive } = sources;
  const size = table.meta.detail_rows;
  for (let from = 0; from < rows.length;) {
    const number = Math.floor(rows[from] / size);
    const part = await archive.detailPart(number);
    const reader = new PartReader(part, sources.reportIds);
    const chunk: { row: number; properties: Properties }[] = [];
    for (; from < rows.length && Math.floor(rows[from] / size) === number; from++) {
      const row = rows[from];
      chunk.push({ row, properties: ordered({ ...ofCore(sources, row), ...reader.of(row % size) }) });
    }
    sources.progress(from / rows.length);
    yield chunk;
  }
}

function ofCore({ table, ids, answered }: Sources, row: number): Properties {
  const properties: Properties = { incident_id: ids[row] ?? null };
  if (table.has("event_type")) properties.event_type = table.eventType(row);
  for (const name of ["date_start", "date_end"] as const) {
    const day = table.day(name, row);
    if (table.has(name)) properties[name] = day === null ? null : isoDay(day);
  }
  for (const name of TEXTS) if (table.has(name)) properties[name] = table.text(name, row);
  for (const name of TERMS) if (table.has(name)) properties[name] = table.term(name, row);
  for (const name of NUMBERS) if (table.has(name)) properties[name] = tidy(table.number(name, row));
  properties.in_response_to = (answered.get(row) ?? []).map((other) => ids[other] ?? null);
  return properties;
}

/** 32-bit numbers have seven digits; the rest is noise. */
function tidy(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(7));
}

function ordered(properties: Properties): Properties {
  const names = [
    ...ORDER.filter((name) => name in properties),
    ...Object.keys(properties).filter((name) => !ORDER.includes(name)),
  ];
  return Object.fromEntries(names.map((name) => [name, properties[name]]));
}

/** Reads the rows of one part of `details` in order. */
class PartReader {
  readonly #part: DetailPart;
  readonly #reportIds: string[];
  readonly #plain: string[];
  readonly #evidenceStarts: Uint32Array;
  readonly #reportStarts: Uint32Array;

  constructor(part: DetailPart, reportIds: string[]) {
    this.#part = part;
    this.#reportIds = reportIds;
    this.#plain = Object.keys(part).filter((name) => !/^(evidence|report)_|^report$/.test(name));
    this.#evidenceStarts = sums(part.evidence_count);
    this.#reportStarts = sums(part.report_count);
  }

  of(at: number): Properties {
    const properties: Properties = {};
    const part = this.#part;
    for (const name of this.#plain) properties[name] = part[name][at] as Value;
    if (part.report_count) {
      const indices = (part.report ?? []).slice(this.#reportStarts[at], this.#reportStarts[at + 1]);
      properties.report_ids = indices.map((index) => this.#reportId(index));
    }
    if (!part.evidence_count) return properties;
    const evidence: Record<string, unknown>[] = [];
    for (let n = this.#evidenceStarts[at]; n < this.#evidenceStarts[at + 1]; n++) {
      const [report, start, end, text] = ["report", "start", "end", "text"].map(
        (name) => part[`evidence_${name}`]?.[n] ?? null,
      );
      evidence.push({ report_id: this.#reportId(report), start, end, text });
    }
    properties.evidence = evidence;
    return properties;
  }

  #reportId(index: unknown): string | null {
    return typeof index === "number" ? (this.#reportIds[index] ?? null) : null;
  }
}

function sums(counts: unknown[] | undefined): Uint32Array {
  const starts = new Uint32Array((counts?.length ?? 0) + 1);
  counts?.forEach((n, at) => (starts[at + 1] = starts[at] + Number(n)));
  return starts;
}

/** RFC 7946, in pieces of a file. */
export async function geoJsonPieces(sources: Sources, rows: Uint32Array): Promise<string[]> {
  const pieces = ['{"type":"FeatureCollection","features":[\n'];
  let comma = "";
  for await (const chunk of propertiesOf(sources, rows)) {
    const features = chunk.map(({ row, properties }) => {
      const point = sources.table.lonLat(row);
      const geometry = point ? { type: "Point", coordinates: point } : null;
      return JSON.stringify({ type: "Feature", id: properties.incident_id, geometry, properties });
    });
    pieces.push(comma + features.join(",\n"));
    comma = ",\n";
  }
  return [...pieces, "\n]}\n"];
}

/** RFC 4180 with a byte-order mark, so that spreadsheets read it as UTF-8. */
export async function csvPieces(sources: Sources, rows: Uint32Array): Promise<string[]> {
  const pieces: string[] = [];
  let names: string[] | null = null;
  for await (const chunk of propertiesOf(sources, rows)) {
    if (!names) {
      names = Object.keys(chunk[0].properties);
      pieces.push(`\ufeff${[...names, "latitude", "longitude"].map(csvCell).join(",")}\r\n`);
    }
    const columns = names;
    const lines = chunk.map(({ row, properties }) => {
      const [lon, lat] = sources.table.lonLat(row) ?? [null, null];
      return [...columns.map((name) => properties[name]), lat, lon].map(csvCell).join(",");
    });
    pieces.push(`${lines.join("\r\n")}\r\n`);
  }
  return pieces;
}

/** One cell; a text that a spreadsheet would take for a formula begins with an apostrophe. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  let text = typeof value === "string" ? value : JSON.stringify(value);
  if (/^\s*[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
