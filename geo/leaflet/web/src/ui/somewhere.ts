/** Incidents of which only the country is known, or not even that: listed at the map's edge, not drawn as dots. */

import type { Table } from "../data/table.ts";
import type { Context } from "./context.ts";
import { button, fill, h, isolated } from "./dom.ts";

const MOST = 3; // countries with a chip of their own until the reader asks for all

export class Somewhere {
  readonly element: HTMLElement;
  readonly #context: Context;
  readonly #open: (rows: number[]) => void;
  readonly #unplaced: Uint32Array;
  #all = false;

  constructor(context: Context, open: (rows: number[]) => void) {
    this.#context = context;
    this.#open = open;
    this.#unplaced = unplacedRows(context.table);
    this.element = h("div", { class: "geo-somewhere" });
    context.store.listenLater(() => this.refresh());
    this.refresh();
  }

  refresh(): void {
    const { table, words, store } = this.#context;
    const byCountry = new Map<string | null, number[]>();
    for (const row of this.#unplaced) {
      if (!store.shown[row]) continue;
      const country = table.label("country", row);
      const rows = byCountry.get(country);
      if (rows) rows.push(row);
      else byCountry.set(country, [row]);
    }
    const sorted = [...byCountry].sort((one, other) => other[1].length - one[1].length);
    this.element.hidden = sorted.length === 0;
    const listed = this.#all || sorted.length <= MOST + 1 ? sorted : sorted.slice(0, MOST);
    const chips = listed.map(([country, rows]) => {
      const text = country ? words.say("where.somewhere", { country }) : words.say("where.unknown");
      return h(
        "li",
        {},
        button([isolated(text), h("span", { class: "geo-n" }, words.compact(rows.length))], { class: "geo-chip" }, () =>
          this.#open(rows),
        ),
      );
    });
    const more = sorted.length - listed.length;
    if (more > 0) {
      const rest = button(words.say("and_more", { n: more }), { class: "geo-chip" }, () => {
        this.#all = true;
        this.refresh();
      });
      chips.push(h("li", {}, rest));
    }
    fill(this.element, h("ul", { "aria-label": words.say("somewhere") }, chips));
  }
}

function unplacedRows(table: Table): Uint32Array {
  const placed = new Uint8Array(table.rows);
  for (const curve of [table.core.points, table.core.areas]) for (const row of curve.order) placed[row] = 1;
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) if (!placed[row]) rows.push(row);
  return Uint32Array.from(rows);
}
