/** The incidents in date order. Only the entries in sight exist as elements, so that a million are no burden. */

import { sortRows, SORTS, type Sort } from "../data/sorting.ts";
import { wording, type Context } from "./context.ts";
import { button, fill, h, joined, isolated } from "./dom.ts";
import { fitsInLines } from "./fitting.ts";

const HEIGHT = 70; // pixels of one entry, as in panel.css
const TALLEST = 8_000_000; // browsers cannot lay out more; beyond it the scroll bar is scaled
const SPARE = 6;
const LINES = 2; // of a headline, as in panel.css

export class IncidentList {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #list: HTMLUListElement;
  readonly #nothing: HTMLElement;
  readonly #context: Context;
  #sort: Sort = "day";
  #byDay: Uint32Array = new Uint32Array(0);
  #rows: Uint32Array = new Uint32Array(0);
  #fits: (text: string) => boolean = () => true;
  #fitsLine: (text: string) => boolean = () => true;
  #first = -1;
  #current = 0;

  constructor(context: Context) {
    this.#context = context;
    this.#list = h("ul", { class: "geo-list", "aria-label": context.words.say("list") });
    this.#nothing = h("p", { class: "geo-nothing", hidden: true });
    this.#scroller = h("div", { class: "geo-scroller" }, [this.#nothing, this.#list]);
    this.element = h("div", { class: "geo-listed" }, [this.#sorter(), this.#scroller]);
    this.#scroller.addEventListener("scroll", () => this.#draw(false), { passive: true });
    this.#scroller.addEventListener("keydown", (event) => this.#onKey(event));
    new ResizeObserver(() => this.#draw(true)).observe(this.#scroller);
  }

  /** Choose the order of the list. */
  #sorter(): HTMLElement {
    const { words, table } = this.#context;
    const needed = { day: "date_start", place: "place_name", toll: "killed_min", confidence: "confidence" };
    const options = SORTS.filter((sort) => table.has(needed[sort])).map((sort) =>
      h("option", { value: sort }, words.say(`sort.${sort}`)),
    );
    const select = h("select", { id: "geo-sort" }, options, {
      change: () => {
        this.#sort = select.value as Sort;
        this.#scroller.scrollTop = 0;
        this.show(this.#byDay);
      },
    });
    return h("p", { class: "geo-sorter", hidden: options.length < 2 }, [
      h("label", { for: "geo-sort" }, words.say("sort")),
      select,
    ]);
  }

  show(rows: Uint32Array): void {
    this.#byDay = rows;
    this.#rows = sortRows(this.#context.table, rows, this.#sort);
    this.#current = Math.min(this.#current, Math.max(0, rows.length - 1));
    this.#nothing.hidden = rows.length > 0;
    fill(this.#nothing, this.#context.words.say(this.#context.table.rows > 0 ? "nothing" : "empty"));
    this.#list.hidden = rows.length === 0;
    this.#list.style.height = `${this.#tall}px`;
    this.#draw(true);
  }

  /** Bring a row into sight and mark it. */
  reveal(row: number): void {
    const at = this.#position(row);
    if (at < 0) return this.#draw(true);
    this.#current = at;
    const top = this.#top(at);
    const { scrollTop, clientHeight } = this.#scroller;
    if (top < scrollTop || top + HEIGHT > scrollTop + clientHeight)
      this.#scroller.scrollTop = Math.max(0, top - clientHeight / 3);
    this.#draw(true);
  }

  get #tall(): number {
    return Math.min(TALLEST, this.#rows.length * HEIGHT);
  }

  /** Pixels of scrolling per entry; less than its height when the bar is scaled. */
  get #pitch(): number {
    const { clientHeight } = this.#scroller;
    const inSight = Math.floor(clientHeight / HEIGHT);
    if (this.#rows.length * HEIGHT <= TALLEST) return HEIGHT;
    return (this.#tall - clientHeight) / Math.max(1, this.#rows.length - inSight);
  }

  #top(at: number): number {
    return at * this.#pitch;
  }

  #position(row: number): number {
    if (this.#sort !== "day") return this.#rows.indexOf(row);
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rows[middle] < row) low = middle + 1;
      else high = middle;
    }
    return this.#rows[low] === row ? low : -1;
  }

  #draw(force: boolean): void {
    const { scrollTop, clientHeight } = this.#scroller;
    if (!clientHeight) return; // another tab is open; the list is drawn when it comes back
    const first = Math.max(0, Math.floor(scrollTop / this.#pitch) - SPARE);
    if (first === this.#first && !force) return;
    this.#first = first;
    const last = Math.min(this.#rows.length, first + Math.ceil(clientHeight / HEIGHT) + 2 * SPARE);
    const focused = this.#list.contains(document.activeElement);
    const shift = scrollTop - (scrollTop / this.#pitch) * HEIGHT;
    this.#fits = this.#room(".geo-entry-what", LINES);
    this.#fitsLine = this.#room(".geo-entry-when", 1);
    const entries = [];
    for (let at = first; at < last; at++)
      entries.push(this.#entry(at, at * HEIGHT + (this.#pitch === HEIGHT ? 0 : shift)));
    this.#list.replaceChildren(...entries);
    if (focused) this.focus();
  }

  /** Measure on the first entry that is drawn for how much of a text there is room. */
  #room(part: string, lines: number): (text: string) => boolean {
    const line = this.#list.querySelector<HTMLElement>(part);
    return line?.clientWidth ? fitsInLines(line, lines) : () => true;
  }

  #entry(at: number, top: number): HTMLLIElement {
    const { table, words, store } = this.#context;
    const row = this.#rows[at];
    const doubt = wording.doubtOf(table, words, row);
    const headline = wording.headlineOf(table, words, row, this.#fits);
    const place = table.label("place_name", row);
    const missing = place && !headline.includes(place) ? place : null; // the headline had no room for it
    const margin = wording.marginOf(table, words, row);
    const [when, where] = this.#inOneLine(row, missing, [margin, doubt]);
    const meta = joined([when, where && isolated(where), margin], " · ");
    const entry = button(
      [
        wording.icon(table, row),
        h("span", { class: "geo-entry-words" }, [
          h("span", { class: "geo-entry-what" }, isolated(headline)),
          h("span", { class: "geo-entry-when" }, [
            ...meta,
            doubt && h("span", { class: "geo-doubt", title: words.say("confidence.explained") }, doubt),
          ]),
        ]),
      ],
      {
        class: "geo-entry",
        tabindex: at === this.#current ? "0" : "-1",
        "aria-current": row === store.chosen ? "true" : null,
        "data-row": row,
      },
      () => {
        this.#current = at;
        store.choose(row);
      },
    );
    const item = h("li", { "aria-setsize": this.#rows.length, "aria-posinset": at + 1 }, entry);
    item.style.top = `${top}px`;
    return item;
  }

  /** The days and the place in so many letters as leave room for the rest of the line: that is never cut off. */
  #inOneLine(row: number, place: string | null, rest: (string | null)[]): [string, string | null] {
    const { table, words } = this.#context;
    const when = words.whenShort(table, row);
    const fits = (place: string | null) =>
      this.#fitsLine([when, place, ...rest].filter((part) => part).join(" · "));
    let where = place;
    for (let n = place?.length ?? 0; place && n > 3 && !fits(where); n--)
      where = `${place.slice(0, n - 1).trimEnd()}…`;
    return [when, where];
  }

  #onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / HEIGHT) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || this.#rows.length === 0) return;
    event.preventDefault();
    this.#current = Math.max(0, Math.min(this.#rows.length - 1, this.#current + step));
    const top = this.#top(this.#current);
    const { scrollTop, clientHeight } = this.#scroller;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + HEIGHT > scrollTop + clientHeight) this.#scroller.scrollTop = top + HEIGHT - clientHeight;
    this.#draw(true);
    this.focus();
  }

  /** Put the keyboard on the present entry. */
  focus(): void {
    this.#list.querySelector<HTMLElement>('button[tabindex="0"]')?.focus({ preventScroll: true });
  }
}
