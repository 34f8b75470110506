/** A small table for tests, made as the worker makes it. */

import { decodeCore } from "../src/data/core.ts";
import { NULL_INT, type ColumnSpec, type Meta } from "../src/data/format.ts";
import { Table } from "../src/data/table.ts";

export interface Row {
  lon?: number;
  lat?: number;
  start?: number;
  end?: number;
  type?: number;
  status?: string;
  precision?: string;
  country?: string;
  actor1?: string;
  actor2?: string;
  place?: string;
  killed?: [number | null, number | null];
  wounded?: [number | null, number | null];
  uncertainty?: number;
  datePrecision?: string;
}

export const STATUSES = ["reported", "claimed", "alleged", "denied", "planned", "threatened"];
export const GEO = ["site", "near", "settlement", "admin", "region", "country", "unknown"];
export const DATES = ["day", "week", "month", "season", "year", "range", "unknown"];

export function tableOf(rows: Row[]): Table {
  const dictionaries: Record<string, string[]> = { country: [], actor: [], place_name: [] };
  const code = (name: string, text: string | undefined) => {
    if (text === undefined) return 0;
    const entries = dictionaries[name];
    if (!entries.includes(text)) entries.push(text);
    return entries.indexOf(text) + 1;
  };
  const degrees = (value: number | undefined) => (value === undefined ? NULL_INT : Math.round(value * 1e7));
  const values: [string, ColumnSpec["type"], number[], string?][] = [
    ["lon", "i32", rows.map((row) => degrees(row.lon))],
    ["lat", "i32", rows.map((row) => degrees(row.lat))],
    ["uncertainty_m", "f32", rows.map((row) => row.uncertainty ?? NaN)],
    ["date_start", "i32", rows.map((row) => row.start ?? NULL_INT)],
    ["date_end", "i32", rows.map((row) => row.end ?? row.start ?? NULL_INT)],
    ["event_type", "u8", rows.map((row) => row.type ?? 0)],
    ["status", "u8", rows.map((row) => STATUSES.indexOf(row.status ?? "reported"))],
    ["geo_precision", "u8", rows.map((row) => GEO.indexOf(row.precision ?? "site"))],
    ["date_precision", "u8", rows.map((row) => DATES.indexOf(row.datePrecision ?? "day"))],
    ["country", "u8", rows.map((row) => code("country", row.country)), "country"],
    ["actor1", "u8", rows.map((row) => code("actor", row.actor1)), "actor"],
    ["actor2", "u8", rows.map((row) => code("actor", row.actor2)), "actor"],
    ["place_name", "u8", rows.map((row) => code("place_name", row.place)), "place_name"],
    ["killed_min", "i32", rows.map((row) => row.killed?.[0] ?? -1)],
    ["killed_max", "i32", rows.map((row) => row.killed?.[1] ?? -1)],
    ["wounded_min", "i32", rows.map((row) => row.wounded?.[0] ?? -1)],
    ["wounded_max", "i32", rows.map((row) => row.wounded?.[1] ?? -1)],
  ];
  const { columns, bytes } = pack(values);
  const meta = {
    schema: 1,
    encoding: "base64",
    title: "",
    lang: "en",
    dir: "ltr",
    rows: rows.length,
    bounds: null,
    columns,
    detail_rows: 100,
    report_rows: 100,
    reports: 0,
    statuses: STATUSES,
    geo_precisions: GEO,
    date_precisions: DATES,
    texts: {},
    legend: [
      { event_type: "Battles", colour: "#D55E00", shape: "diamond" },
      { event_type: "Protests", colour: "#0072B2", shape: "circle" },
    ],
  } satisfies Meta;
  const codes = (terms: string[]) => terms.map((term) => GEO.indexOf(term));
  const task = {
    kind: "core",
    text: "",
    columns,
    rows: rows.length,
    areaCodes: codes(["admin", "region", "unknown"]),
    listedCodes: codes(["country"]),
  } as const;
  return new Table(meta, decodeCore(bytes, { ...task, areaCodes: [...task.areaCodes] }), dictionaries);
}

function pack(values: [string, ColumnSpec["type"], number[], string?][]) {
  const columns: ColumnSpec[] = [];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, type, numbers, dictionary] of values) {
    const array = {
      u8: Uint8Array,
      u16: Uint16Array,
      u32: Uint32Array,
      i16: Int16Array,
      i32: Int32Array,
      f32: Float32Array,
      f64: Float64Array,
    }[type].from(numbers);
    columns.push({ name, type, offset, dictionary: dictionary ?? null });
    parts.push(new Uint8Array(array.buffer));
    offset += array.byteLength;
  }
  return { columns, bytes: new Uint8Array(Buffer.concat(parts)) };
}

/** Days since 1970-01-01. */
export function day(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}
