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
 * How many of the marked incidents touch each step, by type (codes of the legend, and one more for what it does not
 * know); one that spans several steps counts in each.
 */
export function countSteps(table: Table, { starts }: Histogram, passed: Uint8Array): Uint32Array[] {
  const n = starts.length - 1;
  const nTypes = table.meta.legend.length + 1;
  const changes = Array.from({ length: nTypes }, () => new Int32Array(n + 1));
  const start = table.column("date_start");
  const end = table.column("date_end") ?? start;
  if (!start || !end) return changes.map(() => new Uint32Array(n));
  const perDay = stepByDay(starts);
  const types = table.column("event_type");
  const least = nTypes - 1; // codes beyond the legend are its last entry
  for (let row = 0; row < table.rows; row++) {
    if (!passed[row] || start[row] === NULL_INT) continue;
    const last = end[row] === NULL_INT ? start[row] : end[row];
    const change = changes[types ? Math.min(types[row], least) : least];
    change[perDay[start[row] - starts[0]]]++;
    change[perDay[last - starts[0]] + 1]--;
  }
  return changes.map((change) => {
    const counts = new Uint32Array(n);
    let sum = 0;
    for (let at = 0; at < n; at++) counts[at] = sum += change[at];
    return counts;
  });
}

/** The step of every day, looked up instead of searched for a million times. */
function stepByDay(starts: number[]): Uint32Array {
  const first = starts[0];
  const days = new Uint32Array(starts[starts.length - 1] - first);
  for (let day = 0; day < days.length; day++) days[day] = stepOf(starts, first + day);
  return days;
}

/** A round distance between ticks of the axis, in days or, from a month on, in months. */
const DAYS = [1, 2, 7, 14];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/** Days at even distances, at most so many, and whether they are the first days of months. */
export function ticksOf({ starts }: Histogram, most: number): { days: number[]; monthly: boolean } {
  const [first, after] = [starts[0], starts[starts.length - 1]];
  const step = DAYS.find((days) => (after - first) / days <= most);
  if (step) {
    const days = [];
    for (let day = first; day < after; day += step) days.push(day);
    return { days, monthly: false };
  }
  const months = MONTHS.find((n) => (after - first) / (30.4 * n) <= most) ?? 2400;
  const date = new Date(first * 86_400_000);
  const days = [];
  for (let month = Math.ceil(date.getUTCMonth() / months) * months; ; month += months) {
    const day = Date.UTC(date.getUTCFullYear(), month, 1) / 86_400_000;
    if (day >= after) break;
    if (day >= first) days.push(day);
  }
  return { days, monthly: true };
}
