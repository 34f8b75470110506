/** The key on the map: what the marks in sight mean, and no more; it folds, and lies in a free corner or along the lower edge. */

import { facetCounts } from "../data/filters.ts";
import { colourOf, shapeOf } from "../draw/marks.ts";
import { markIcon } from "../draw/shapes.ts";
import type { Context } from "./context.ts";
import { fill, h } from "./dom.ts";
import { datasetEntries } from "./legend.ts";

const CORNERS = ["bottom left", "bottom right", "top right"];
const STRIP = "strip"; // along the lower edge, which the first view leaves free
const SMALL = { x: 640, y: 420 }; // pixels of a map on which an open key would leave too little

export class MapKey {
  readonly element: HTMLDetailsElement;
  /** Pixels that the key takes of the lower edge of the map. */
  strip = 0;
  readonly #list = h("ul", {});
  readonly #statuses = h("ul", { class: "geo-key-statuses" });
  readonly #context: Context;

  /** `onChange` is called when the key takes more or less of the map. */
  constructor(context: Context, onChange: () => void) {
    const { words, store } = context;
    this.#context = context;
    this.element = h("details", { class: "geo-key", "data-corner": CORNERS[0] }, [
      h("summary", {}, words.say("key")),
      this.#list,
      this.#statuses,
    ]);
    this.element.addEventListener("toggle", onChange);
    store.listenLater(() => this.#show());
    this.#show();
  }

  /** Open where there is room for it, in a corner in which it hides none of these marks, or else as a strip along the edge. */
  place(map: { x: number; y: number }, marks: { x: number; y: number; n: number }[]): void {
    const small = map.x < SMALL.x || map.y < SMALL.y;
    this.element.open = !small;
    this.strip = 0;
    if (small) return;
    const box = this.element.parentElement?.getBoundingClientRect();
    let [best, least] = [CORNERS[0], Infinity];
    for (const corner of CORNERS) {
      this.element.dataset.corner = corner;
      const { left, right, top, bottom } = this.element.getBoundingClientRect();
      const [x, y] = [box?.left ?? 0, box?.top ?? 0];
      const isUnder = (at: { x: number; y: number }) => at.x + x > left && at.x + x < right && at.y + y > top && at.y + y < bottom;
      const hidden = marks.reduce((sum, mark) => sum + (isUnder(mark) ? mark.n : 0), 0);
      if (hidden < least) [best, least] = [corner, hidden];
    }
    this.element.dataset.corner = least > 0 ? STRIP : best;
    this.strip = least > 0 ? this.element.offsetHeight : 0;
    this.element.parentElement?.style.setProperty("--geo-strip", `${this.strip}px`);
  }

  #show(): void {
    const { table, words, meta, store } = this.#context;
    this.element.hidden = store.rows.length === 0;
    const kinds = new Map(facetCounts(table, "event_type", store.shown).map(({ value, n }) => [value, n]));
    const statuses = new Set(facetCounts(table, "status", store.shown).map(({ value }) => value));
    fill(this.#list, [
      ...meta.legend.flatMap(({ event_type }, type) => {
        const n = kinds.get(event_type);
        if (!n) return [];
        const icon = markIcon(shapeOf(table, type), "reported", colourOf(table, type));
        const name = words.term("event_type", event_type);
        return [h("li", {}, [icon, h("span", {}, name), h("span", { class: "geo-n" }, words.number(n))])];
      }),
    ]);
    fill(this.#statuses, [
      ...datasetEntries(this.#context, store.shown),
      ...meta.statuses
        .filter((status) => status !== "reported" && statuses.has(status))
        .map((status) =>
          h("li", {}, [markIcon("circle", status, "currentColor"), h("span", {}, words.term("status", status))]),
        ),
    ]);
  }
}
