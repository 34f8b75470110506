/** Put rows into the order that the reader asks for. */

import type { Table } from "./table.ts";

export const SORTS = ["day", "place", "toll", "confidence"] as const;
export type Sort = (typeof SORTS)[number];

const MOST = 1e6; // killed and wounded: more than that are sorted as so many

/** Rows by day are as they come; by the others, rows that are alike stay in that order. */
export function sortRows(table: Table, rows: Uint32Array, sort: Sort): Uint32Array {
  if (sort === "day") return rows;
  if ("review" in table.meta) return ordered(table, rows, sort); // a person changes the cells
  const orders = known.get(table) ?? new Map<Sort, Uint32Array>();
  known.set(table, orders);
  const all = orders.get(sort) ?? ordered(table, Uint32Array.from({ length: table.rows }, (_, row) => row), sort);
  orders.set(sort, all);
  const wanted = new Uint8Array(table.rows);
  for (const row of rows) wanted[row] = 1;
  return all.filter((row) => wanted[row]);
}

/** All rows in each order that was asked for: sorting a million anew for each filter would hold up the page. */
const known = new WeakMap<Table, Map<Sort, Uint32Array>>();

function ordered(table: Table, rows: Uint32Array, sort: Sort): Uint32Array {
  const rank = rankOf(table, sort);
  // One number for both, since numbers are sorted ten times as quickly as pairs.
  const keys = Float64Array.from(rows, (row) => rank(row) * table.rows + row).sort();
  return Uint32Array.from(keys, (key) => key % table.rows);
}

/** A whole number by row; the smallest stands first, what is not known last. */
function rankOf(table: Table, sort: Sort): (row: number) => number {
  if (sort === "toll") return (row) => MOST - Math.min(MOST, Math.round(table.casualties(row)));
  if (sort === "confidence") return (row) => 100 - Math.round((table.number("confidence", row) ?? -0.01) * 100);
  const codes = table.column("place_name");
  const entries = table.entries("place_name").map((_, at) => ({ at, name: table.labelOf("place_name", at + 1) ?? "" }));
  const collator = new Intl.Collator(table.meta.lang);
  entries.sort((one, other) => collator.compare(one.name, other.name));
  const ranks = new Uint32Array(entries.length + 1).fill(entries.length);
  entries.forEach(({ at }, rank) => (ranks[at + 1] = rank));
  return (row) => (codes ? ranks[codes[row]] : 0);
}
