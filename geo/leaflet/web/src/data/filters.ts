/** Decide which incidents are shown. */

import { NULL_INT } from "./format.ts";
import type { Table } from "./table.ts";

/** The columns that a reader filters by choosing among their values. */
export const FACETS = [
  "dataset",
  "event_type",
  "actor",
  "country",
  "place_name",
  "admin1",
  "status",
  "reviewed",
] as const;
export type Facet = (typeof FACETS)[number];

export interface Filter {
  /** Chosen values by facet; an empty set lets everything through. */
  chosen: Record<Facet, Set<string>>;
  /** Least number of killed and wounded. */
  casualties: number;
  /** Least confidence, 0 to 1; what has none is let through. */
  confidence: number;
  query: string;
  /** Days since 1970-01-01, both included; null: all time. */
  window: [number, number] | null;
  undated: boolean;
}

export function everything(): Filter {
  const chosen = {
    event_type: new Set<string>(),
    actor: new Set<string>(),
    place_name: new Set<string>(),
    admin1: new Set<string>(),
    country: new Set<string>(),
    status: new Set<string>(),
    reviewed: new Set<string>(),
    dataset: new Set<string>(),
  };
  return { chosen, casualties: 0, confidence: 0, query: "", window: null, undated: true };
}

export function isNarrow(filter: Filter): boolean {
  return (
    FACETS.some((facet) => filter.chosen[facet].size > 0) ||
    filter.casualties > 0 ||
    filter.confidence > 0 ||
    filter.query !== "" ||
    filter.window !== null ||
    !filter.undated
  );
}

/** What the search found: bits of the words per row (see search.ts), and the bits wanted. */
export interface Found {
  bits: Uint8Array;
  wanted: number;
}

/** Mark the rows that everything but time lets through. */
export function applyFilter(table: Table, filter: Filter, found: Found | null): Uint8Array {
  const { rows } = table;
  const shown = new Uint8Array(rows).fill(1);
  for (const facet of FACETS) {
    if (filter.chosen[facet].size > 0) keepChosen(table, facet, filter.chosen[facet], shown);
  }
  if (filter.casualties > 0) {
    const casualties = table.allCasualties;
    for (let row = 0; row < rows; row++) if (casualties[row] < filter.casualties) shown[row] = 0;
  }
  if (filter.confidence > 0 && table.has("confidence")) {
    const confidence = table.allConfidence;
    for (let row = 0; row < rows; row++) if (confidence[row] < filter.confidence) shown[row] = 0;
  }
  if (found) {
    const { bits, wanted } = found;
    // Without a branch: which rows have them all is anybody's guess.
    const all = Uint8Array.from({ length: 256 }, (_, some) => ((some & wanted) === wanted ? 1 : 0));
    for (let row = 0; row < rows; row++) shown[row] &= all[bits[row]];
  }
  return shown;
}

/** The columns that a facet looks at, with the values that a code of theirs stands for. */
export function facetColumns(table: Table, facet: Facet): { name: string; valuesOf: (code: number) => string[] }[] {
  const one = (text: string | null | undefined) => (text ? [text] : []);
  if (facet === "event_type")
    return [{ name: "event_type", valuesOf: (code) => one(table.meta.legend[code]?.event_type) }];
  if (facet === "status") return [{ name: "status", valuesOf: (code) => one(table.meta.statuses[code]) }];
  const names = facet === "actor" ? ["actor1", "actor2"] : [facet];
  return names.map((name) => ({
    name,
    valuesOf: (code) => {
      const text = code ? table.entries(name)[code - 1] : null;
      return facet === "actor" && text ? actorsOf(text) : one(text);
    },
  }));
}

/** The actors of a cell one by one, in the case of prose. */
export function actorsOf(text: string): string[] {
  return [...new Set(text.split(";").map((name) => inProse(name.trim())))].filter((name) => name !== "");
}

/** A name all in capitals, as telegrams have it, in the case of prose; abbreviations stay. */
function inProse(name: string): string {
  if (name.toUpperCase() !== name || name.toLowerCase() === name || name.length <= 5) return name;
  return name.replace(/\p{L}[\p{L}\p{M}]{3,}/gu, (word) => word.charAt(0) + word.slice(1).toLowerCase());
}

function keepChosen(table: Table, facet: Facet, chosen: Set<string>, shown: Uint8Array): void {
  const columns = facetColumns(table, facet).flatMap(({ name, valuesOf }) => {
    const values = table.column(name);
    if (!values) return [];
    const size = Math.max(256, table.entries(name).length + 1);
    const wanted = new Uint8Array(size);
    for (let code = 0; code < size; code++) if (valuesOf(code).some((value) => chosen.has(value))) wanted[code] = 1;
    return [{ values, wanted }];
  });
  const [one, other] = columns;
  const { rows } = table;
  // Without a call and a branch for each row: a million rows take a few milliseconds.
  if (!one) shown.fill(0);
  else if (!other) for (let row = 0; row < rows; row++) shown[row] &= one.wanted[one.values[row]];
  else
    for (let row = 0; row < rows; row++)
      shown[row] &= one.wanted[one.values[row]] | other.wanted[other.values[row]];
}

/** Of the rows that the other filters let through, mark those that touch the window of time. */
export function applyWindow(table: Table, filter: Filter, passed: Uint8Array): Uint8Array {
  const { rows } = table;
  const start = table.column("date_start");
  const end = table.column("date_end") ?? start;
  if (!start || !end || (filter.window === null && filter.undated)) return passed;
  const [from, to] = filter.window ?? [-Infinity, Infinity];
  const undated = filter.undated ? 1 : 0;
  const shown = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    if (!passed[row]) continue;
    const first = start[row];
    if (first === NULL_INT) shown[row] = undated;
    else if (first <= to && (end[row] === NULL_INT ? first : end[row]) >= from) shown[row] = 1;
  }
  return shown;
}

/** Count the values of a facet among the rows marked, most frequent first. */
export function facetCounts(table: Table, facet: Facet, shown: Uint8Array): { value: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const { name, valuesOf } of facetColumns(table, facet)) {
    const values = table.column(name);
    if (!values) continue;
    const perCode = new Uint32Array(Math.max(256, table.entries(name).length + 1));
    for (let row = 0; row < table.rows; row++) if (shown[row]) perCode[values[row]]++;
    perCode.forEach((n, code) => {
      for (const value of n ? valuesOf(code) : []) counts.set(value, (counts.get(value) ?? 0) + n);
    });
  }
  const listed = [...counts].map(([value, n]) => ({ value, n }));
  return listed.sort((one, other) => other.n - one.n || one.value.localeCompare(other.value));
}

/** The rows marked, in list order, written into `room`. */
export function rowsShown(shown: Uint8Array, room = new Uint32Array(shown.length)): Uint32Array {
  let n = 0;
  // Without a branch: whether a row is marked is anybody's guess, and a wrong guess costs more than writing it.
  for (let row = 0; row < shown.length; row++) {
    room[n] = row;
    n += shown[row];
  }
  return room.subarray(0, n);
}
