/** Count incidents by step of time. */

import { stepFor, stepOf, stepStarts, type Step } from "./dates.ts";
import { NULL_INT } from "./format.ts";
import type { Table } from "./table.ts";

export interface Histogram {
  step: Step;
  /** First day of each step, and the day after the last one. */
  starts: number[];
}

/** Steps that cover all dated incidents; null when none is dated. */
export function histogramOf(table: Table): Histogram | null {
  const start = table.column("date_start");
  if (!start) return null;
  const end = table.column("date_end") ?? start;
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < table.rows; row++) {
    if (start[row] === NULL_INT) continue;
    if (start[row] < first) first = start[row];
    const until = end[row] === NULL_INT ? start[row] : end[row];
    if (until > last) last = until;
  }
  if (first > last) return null;
  const step = stepFor(first, last);
  return { step, starts: stepStarts(first, last, step) };
}

/**
 * How many of the marked incidents touch each step; one that spans several counts in each.
 */
export function countSteps(table: Table, { starts }: Histogram, passed: Uint8Array): Uint32Array {
  const n = starts.length - 1;
  const change = new Int32Array(n + 1);
  const start = table.column("date_start");
  const end = table.column("date_end") ?? start;
  if (!start || !end) return new Uint32Array(n);
  const perDay = stepByDay(starts);
  for (let row = 0; row < table.rows; row++) {
    if (!passed[row] || start[row] === NULL_INT) continue;
    const last = end[row] === NULL_INT ? start[row] : end[row];
    change[perDay[start[row] - starts[0]]]++;
    change[perDay[last - starts[0]] + 1]--;
  }
  const counts = new Uint32Array(n);
  let sum = 0;
  for (let at = 0; at < n; at++) counts[at] = sum += change[at];
  return counts;
}

/** The step of every day, looked up instead of searched for a million times. */
function stepByDay(starts: number[]): Uint32Array {
  const first = starts[0];
  const days = new Uint32Array(starts[starts.length - 1] - first);
  for (let day = 0; day < days.length; day++) days[day] = stepOf(starts, first + day);
  return days;
}
