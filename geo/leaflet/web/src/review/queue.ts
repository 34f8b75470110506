/** In which order the incidents are gone through, and how far the review is. */

import type { Verdict } from "./model.ts";

export const ORDERS = ["sure", "report", "day", "new"] as const;
export type Order = (typeof ORDERS)[number];

/** What the queue is ordered by, by row of the page. */
export interface Facts {
  confidence: (row: number) => number | null;
  day: (row: number) => number | null;
  report: (row: number) => number;
  /** Whether nobody decided on it before, or the reports say something new since. */
  isNew: (row: number) => boolean;
}

/** Rows in the order in which they are looked at. */
export function ordered(rows: number[], order: Order, facts: Facts): number[] {
  const by: Record<Order, (row: number) => number> = {
    sure: (row) => facts.confidence(row) ?? -1,
    report: (row) => facts.report(row),
    day: (row) => facts.day(row) ?? Infinity,
    new: (row) => facts.confidence(row) ?? -1,
  };
  const chosen = order === "new" ? rows.filter((row) => facts.isNew(row)) : rows;
  const keys = new Map(chosen.map((row) => [row, by[order](row)]));
  return [...chosen].sort((one, other) => compare(keys.get(one) as number, keys.get(other) as number) || one - other);
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

export interface Progress {
  total: number;
  decided: number;
  rejected: number;
}

export function progressOf(verdicts: (Verdict | null)[]): Progress {
  return {
    total: verdicts.length,
    decided: verdicts.filter((verdict) => verdict !== null).length,
    rejected: verdicts.filter((verdict) => verdict === "rejected").length,
  };
}

/** The next one that nobody decided on, round the end to the beginning; null when there is none. */
export function nextOpen(queue: string[], from: string | null, isOpen: (id: string) => boolean): string | null {
  const start = from === null ? -1 : queue.indexOf(from);
  for (let step = 1; step <= queue.length; step++) {
    const id = queue[(start + step + queue.length) % queue.length];
    if (isOpen(id)) return id;
  }
  return null;
}

