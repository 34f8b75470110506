/** What the reader has chosen, and which incidents follow from it. */

import type { Archive } from "../data/archive.ts";
import {
  applyFilter,
  applyWindow,
  everything,
  rowsShown,
  type Facet,
  type Filter,
  type Found,
} from "../data/filters.ts";
import { isoDay } from "../data/dates.ts";
import { fold, queryWords } from "../data/fold.ts";
import { addBits, dictionaryBits, wordBits } from "../data/search.ts";
import type { Table } from "../data/table.ts";

import { NULL_INT } from "../data/format.ts";

type Bits = Uint8Array<ArrayBuffer>;
export type Change = "filter" | "window" | "chosen" | "searching";

/** In `hidden`: an incident that a reviewer added and took back. */
export const GONE = 2;

const MANY = 20_000; // rows: with fewer all listeners are called at once
const FRAME_MS = 16;
const LATEST_MS = 250;
const SOON_MS = 80; // two pictures, of the columns and of the texts, take longer than waiting for the texts

const SEARCHED = ["place_name", "country", "admin1", "actor1", "actor2", "weapon", "attribution", "sub_event_type"];

export class Store {
  readonly table: Table;
  readonly #archive: Archive;
  readonly #listeners: ((change: Change) => void)[] = [];
  filter: Filter = everything();
  /** Rows that all filters but time let through, and those that time lets through as well. */
  passed: Uint8Array;
  shown: Uint8Array;
  rows: Uint32Array;
  chosen = -1;
  /** Share of the texts that a running search has read; 1 when it is done. */
  searched = 1;
  /** Rows that are not shown whatever the filters say; those marked `GONE` do not exist any more. */
  hidden: Uint8Array | null = null;
  /** A day as the page writes it, for the search. */
  sayDay: (day: number) => string = isoDay;
  /** A term as the page writes it. */
  sayTerm: (vocabulary: string, term: string) => string = (_, term) => term;
  #found: Found | null = null;
  /** Room for `rows`, used again and again: 4 MB for a million. */
  #room = new Uint32Array(0);
  readonly #later: ((change: "filter" | "window") => void)[] = [];
  #waiting: "filter" | "window" | null = null;
  readonly #saidDays = new Map<number, string>();
  readonly #foldedEntries = new Map<string, string[]>();

  constructor(table: Table, archive: Archive) {
    this.table = table;
    this.#archive = archive;
    this.passed = new Uint8Array(table.rows).fill(1);
    this.shown = this.passed;
    this.rows = this.#listed();
  }

  /** How many incidents there are, shown or not. */
  get total(): number {
    return this.table.rows - (this.hidden?.reduce((n, mark) => n + (mark === GONE ? 1 : 0), 0) ?? 0);
  }

  listen(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  /** Be notified of a filter or window when map, list and count show it already: what takes its time with many rows. */
  listenLater(listener: (change: "filter" | "window") => void): void {
    this.#later.push(listener);
  }

  #notify(change: Change): void {
    for (const listener of this.#listeners) listener(change);
    if (change === "filter" || change === "window") this.#notifyLater(change);
  }

  #notifyLater(change: "filter" | "window"): void {
    if (this.table.rows < MANY) return this.#later.forEach((listener) => listener(change));
    const waiting = this.#waiting;
    this.#waiting = waiting === "filter" ? waiting : change; // a filter changes more than a window
    if (waiting) return;
    afterPainting(async () => {
      const latest = this.#waiting ?? change;
      this.#waiting = null;
      for (const listener of this.#later) {
        listener(latest);
        await pause(0); // so that a click or a key comes between
      }
    });
  }

  /** Change anything but the query and the window. */
  update(change: Partial<Omit<Filter, "query" | "window">>): void {
    Object.assign(this.filter, change);
    this.#refilter();
  }

  setWindow(window: Filter["window"]): void {
    this.filter.window = window;
    this.#rewindow();
    this.#notify("window");
  }

  choose(row: number): void {
    this.chosen = row;
    this.#notify("chosen");
  }

  clear(): void {
    this.filter = everything();
    this.#found = null;
    this.searched = 1;
    this.#refilter();
  }

  replace(filter: Filter): void {
    this.filter = filter;
    this.search(filter.query);
  }

  /** Look for a query: at once in the columns, then in the texts, which takes a while when there are many. */
  search(query: string): void {
    this.filter.query = query;
    const words = queryWords(query).slice(0, 8);
    if (words.length === 0) {
      this.#found = null;
      this.searched = 1;
      this.#refilter();
      return;
    }
    const texts = this.#archive.search(query, (share) => {
      if (this.filter.query !== query) return;
      this.searched = Math.min(share, 0.99);
      this.#notify("searching");
    });
    const bits = this.#searchColumns(words);
    this.#found = { bits, wanted: (1 << words.length) - 1 };
    this.searched = 0;
    void this.#searchTexts(query, bits, texts);
  }

  /** Make ready what searches look into, for one that is about to come. */
  prepareSearch(): void {
    for (const name of SEARCHED) this.#folded(name);
    this.#searchDays([], new Uint8Array(this.table.rows));
    void this.#archive.readTexts().catch(() => undefined);
  }

  async #searchTexts(query: string, bits: Bits, searching: Promise<Bits>): Promise<void> {
    try {
      // Texts that were read before answer in a moment: one picture then shows all that was found.
      if (!this.#archive.hasRead || !(await soon(searching))) {
        if (this.filter.query !== query) return;
        this.#refilter();
      }
      const texts = await searching;
      if (this.filter.query !== query) return;
      addBits(bits, texts);
    } catch (error) {
      if (this.filter.query !== query || (error as Error).message === "superseded") return;
      throw error;
    }
    this.searched = 1;
    this.#refilter();
    this.#notify("searching");
  }

  #searchColumns(words: string[]): Bits {
    const { table } = this;
    const bits = new Uint8Array(table.rows);
    const types = dictionaryBits(
      table.meta.legend.map(({ event_type }) => `${event_type} ${this.sayTerm("event_type", event_type)}`),
      words,
    );
    const kinds = table.column("event_type");
    const { rows } = table;
    const perKind = Uint8Array.from({ length: 256 }, (_, code) => types[code + 1] ?? 0);
    if (kinds && perKind.some((kind) => kind > 0))
      for (let row = 0; row < rows; row++) bits[row] = perKind[kinds[row]];
    for (const name of SEARCHED) {
      const values = table.column(name);
      if (!values) continue;
      const perCode = Uint8Array.from([0, ...this.#folded(name).map((text) => wordBits(text, words))]);
      if (perCode.some((code) => code > 0))
        for (let row = 0; row < rows; row++) bits[row] |= perCode[values[row]];
    }
    this.#searchDays(words, bits);
    return bits;
  }

  /** The entries of a column as the search reads them: what they hold, and what headlines and lists call it. */
  #folded(name: string): string[] {
    const entries = this.table.entries(name);
    const known = this.#foldedEntries.get(name) ?? [];
    for (let at = known.length; at < entries.length; at++) {
      const label = this.table.labelOf(name, at + 1) ?? "";
      const said = name === "sub_event_type" ? this.sayTerm(name, label) : label;
      known.push(`${fold(entries[at])}\n${fold(said)}`);
    }
    this.#foldedEntries.set(name, known);
    return known;
  }

  /** "March 2020" and "2020-03-11" are found by the first and the last day. */
  #searchDays(words: string[], bits: Uint8Array): void {
    for (const name of ["date_start", "date_end"] as const) {
      const days = this.table.column(name);
      if (!days) continue;
      const [first, last] = this.table.daySpan(name);
      const perDay = new Int16Array(Math.max(0, last - first + 1)).fill(-1);
      const bitsOf = (day: number) => wordBits(this.#saidDay(day), words);
      if (days.length >= MANY && perDay.length < MANY) {
        perDay.forEach((_, at) => (perDay[at] = bitsOf(first + at)));
        if (perDay.every((found) => found === 0)) continue; // most queries name no day
      }
      for (let row = 0; row < days.length; row++) {
        if (days[row] === NULL_INT) continue;
        const at = days[row] - first;
        if (perDay[at] < 0) perDay[at] = bitsOf(days[row]);
        bits[row] |= perDay[at] ?? bitsOf(days[row]); // a day that a reviewer wrote may lie outside
      }
    }
  }

  #saidDay(day: number): string {
    let said = this.#saidDays.get(day);
    if (said === undefined) this.#saidDays.set(day, (said = fold(this.sayDay(day))));
    return said;
  }

  /** What would be shown if one facet let everything through: for counting its values. */
  shownWithout(facet: Facet): Uint8Array {
    const filter = { ...this.filter, chosen: { ...this.filter.chosen, [facet]: new Set<string>() } };
    return applyWindow(this.table, filter, this.#apply(filter));
  }

  #apply(filter: Filter): Uint8Array {
    const passed = applyFilter(this.table, filter, this.#found);
    const { hidden } = this;
    if (hidden) for (let row = 0; row < passed.length; row++) if (hidden[row]) passed[row] = 0;
    return passed;
  }

  #refilter(): void {
    this.passed = this.#apply(this.filter);
    this.#rewindow();
    this.#notify("filter");
  }

  #rewindow(): void {
    this.shown = applyWindow(this.table, this.filter, this.passed);
    this.rows = this.#listed();
  }

  #listed(): Uint32Array {
    if (this.#room.length < this.shown.length) this.#room = new Uint32Array(this.shown.length);
    return rowsShown(this.shown, this.#room);
  }
}

/** When the browser has shown what the present task changes. */
function afterPainting(then: () => Promise<void>): void {
  const late = window.setTimeout(() => void then(), LATEST_MS); // a page in the background paints nothing
  requestAnimationFrame(() => {
    window.clearTimeout(late);
    window.setTimeout(() => void then(), FRAME_MS);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Whether a promise is kept within a moment. */
function soon(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), pause(SOON_MS).then(() => false)]);
}
