/** Days since 1970-01-01 and how they are said and grouped. */

const DAY_MS = 86_400_000;

export type Step = "day" | "week" | "month";

export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Read YYYY-MM-DD; null when it is no day. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / DAY_MS;
}

/** Steps of the histogram: days for up to two months, weeks for up to two years, else months. */
export function stepFor(first: number, last: number): Step {
  const days = last - first + 1;
  return days <= 62 ? "day" : days <= 732 ? "week" : "month";
}

/** The first days of the steps that cover `first`..`last`, and the day after the last step. */
export function stepStarts(first: number, last: number, step: Step): number[] {
  const starts = [stepStart(first, step)];
  while ((starts.at(-1) as number) <= last) starts.push(nextStep(starts.at(-1) as number, step));
  return starts;
}

function stepStart(day: number, step: Step): number {
  if (step === "day") return day;
  if (step === "week") return day - ((((day + 3) % 7) + 7) % 7); // weeks begin on Monday; day 0 was a Thursday
  const date = new Date(day * DAY_MS);
  return firstOfMonth(date.getUTCFullYear(), date.getUTCMonth());
}

function nextStep(start: number, step: Step): number {
  if (step === "day") return start + 1;
  if (step === "week") return start + 7;
  const date = new Date(start * DAY_MS);
  return firstOfMonth(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Not by Date.UTC, which takes the years 0 to 99 for 1900 to 1999. */
function firstOfMonth(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1) / DAY_MS;
}

/** Position of the last start that is not after `day`. */
export function stepOf(starts: number[], day: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}
