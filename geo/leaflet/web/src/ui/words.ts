/** Say things in the reader's language: texts from data/page/interface_texts.csv, numbers and days by Intl. */

import { isoDay, parseDay } from "../data/dates.ts";
import type { Meta } from "../data/format.ts";
import type { Counts, Table } from "../data/table.ts";

const DAY_MS = 86_400_000;
/** English says the day before the month here: the order that no reader takes for the other one. */
const LOCALES: Record<string, string> = { en: "en-GB" };
const COMMAS: Record<string, string> = { ar: "، " };

export class Words {
  readonly lang: string;
  readonly #texts: Record<string, string>;
  readonly #number: Intl.NumberFormat;
  readonly #compact: Intl.NumberFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #month: Intl.DateTimeFormat;
  readonly #shortMonth: Intl.DateTimeFormat;
  readonly #short: Intl.DateTimeFormat;
  readonly #long: Intl.DateTimeFormat;
  readonly #inMonth: Intl.DateTimeFormat;

  constructor(meta: Pick<Meta, "lang" | "texts">) {
    this.lang = meta.lang;
    this.#texts = meta.texts;
    const utc = { timeZone: "UTC", calendar: "gregory" } as const;
    const locale = LOCALES[this.lang] ?? this.lang;
    this.#number = new Intl.NumberFormat(locale);
    this.#compact = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });
    // One way to write days everywhere, short enough for a line of the list: "27 Dec 2019".
    this.#day = new Intl.DateTimeFormat(locale, { ...utc, day: "numeric", month: "short", year: "numeric" });
    this.#month = new Intl.DateTimeFormat(locale, { ...utc, month: "long", year: "numeric" });
    this.#shortMonth = new Intl.DateTimeFormat(locale, { ...utc, month: "short" });
    this.#short = new Intl.DateTimeFormat(locale, { ...utc, day: "numeric", month: "short" });
    this.#long = new Intl.DateTimeFormat(locale, { ...utc, day: "numeric", month: "long", year: "numeric" });
    this.#inMonth = new Intl.DateTimeFormat(locale, { ...utc, day: "numeric" });
  }

  /** The text of a key, with its {slots} filled. A key without a text is shown as it is. */
  say(key: string, slots: Record<string, string | number> = {}): string {
    const text = this.#texts[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, slot: string) => {
      const value = slots[slot];
      return typeof value === "number" ? this.number(value) : (value ?? whole);
    });
  }

  /** A term of a vocabulary in the reader's language, or as it is. */
  term(vocabulary: string, term: string): string {
    return this.#texts[`${vocabulary}.${term}`] ?? term;
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  compact(value: number): string {
    return value < 1000 ? this.number(value) : this.#compact.format(value);
  }

  /** Several things in one line, with the comma of the language. */
  list(parts: string[]): string {
    return parts.join(COMMAS[this.lang] ?? ", "); // Intl's lists of Arabic have an "and" before the last
  }

  day(day: number): string {
    return this.#day.format(day * DAY_MS);
  }

  /** A day in the ways that people search for it. */
  searchedDay(day: number): string {
    return `${this.day(day)} ${this.#long.format(day * DAY_MS)} ${isoDay(day)}`;
  }

  /** A day written YYYY-MM-DD; anything else stays as it is. */
  dayOf(text: string): string {
    const day = parseDay(text.slice(0, 10));
    return day === null ? text : this.day(day);
  }

  month(day: number): string {
    return this.#month.format(day * DAY_MS);
  }

  shortMonth(day: number): string {
    return this.#shortMonth.format(day * DAY_MS);
  }

  shortDay(day: number): string {
    return this.#short.format(day * DAY_MS);
  }

  days(first: number, last: number): string {
    return first === last ? this.day(first) : this.#day.formatRange(first * DAY_MS, last * DAY_MS);
  }

  /** When an incident happened, as surely as it is known: "between 20 and 31 December 2019"; empty where days were left out. */
  when(table: Table, row: number): string {
    if (!table.has("date_start")) return "";
    const first = table.day("date_start", row);
    const last = table.day("date_end", row) ?? first;
    if (first === null || last === null) return this.say("when.unknown");
    const precision = table.term("date_precision", row);
    if (first === last) return this.day(first);
    if (precision === "month" && isWholeMonth(first, last)) return this.say("when.month", { month: this.month(first) });
    if (precision === "year")
      return this.say("when.year", { year: isoDay(first).slice(0, 4), days: this.days(first, last) });
    const key =
      precision === "week" || precision === "month" || precision === "season" ? `when.${precision}_span` : "when.range";
    return this.say(key, { first: this.#firstOf(first, last), last: this.day(last), days: this.days(first, last) });
  }

  /** The first of two days, without the month and year that the last one says anyway. */
  #firstOf(first: number, last: number): string {
    const [from, to] = [isoDay(first), isoDay(last)];
    if (from.slice(0, 7) === to.slice(0, 7)) return this.#inMonth.format(first * DAY_MS);
    return from.slice(0, 4) === to.slice(0, 4) ? this.#short.format(first * DAY_MS) : this.day(first);
  }

  /** A short form for lists. */
  whenShort(table: Table, row: number): string {
    if (!table.has("date_start")) return "";
    const first = table.day("date_start", row);
    const last = table.day("date_end", row) ?? first;
    if (first === null || last === null) return this.say("when.unknown");
    if (table.term("date_precision", row) === "month" && isWholeMonth(first, last)) return this.month(first);
    return this.days(first, last);
  }

  distance(metres: number): string {
    if (metres < 950) return this.say("distance.m", { n: Math.max(10, Math.round(metres / 10) * 10) });
    const km = metres / 1000;
    return this.say("distance.km", { n: km < 10 ? Math.round(km * 10) / 10 : Math.round(km) });
  }

  /** "3", "at least 26", "3 to 5", "none"; null when nobody says. */
  count({ min, max }: Counts): string | null {
    if ((min === null || min === 0) && max === null) return null; // "at least none" says nothing
    if (min === null) return this.say("count.most", { n: max as number });
    if (max === null) return this.say("count.least", { n: min });
    if (min === max) return min === 0 ? this.say("count.none") : this.number(min);
    return this.say("count.range", { least: min, most: max });
  }
}

function isWholeMonth(first: number, last: number): boolean {
  const begin = new Date(first * DAY_MS);
  const after = new Date((last + 1) * DAY_MS);
  return begin.getUTCDate() === 1 && after.getUTCDate() === 1 && last - first < 31;
}
