/** The key on the map: what the marks in sight mean, and no more; it folds. */

import { facetCounts } from "../data/filters.ts";
import { colourOf, shapeOf } from "../draw/marks.ts";
import { markIcon } from "../draw/shapes.ts";
import type { Context } from "./context.ts";
import { fill, h } from "./dom.ts";

export function mapKey({ table, words, meta, store }: Context, open: boolean): HTMLElement {
  const list = h("ul", {});
  const show = () => {
    const kinds = new Map(facetCounts(table, "event_type", store.shown).map(({ value, n }) => [value, n]));
    const statuses = new Set(facetCounts(table, "status", store.shown).map(({ value }) => value));
    fill(list, [
      ...meta.legend.flatMap(({ event_type }, type) => {
        const n = kinds.get(event_type);
        if (!n) return [];
        const icon = markIcon(shapeOf(table, type), "reported", colourOf(table, type));
        const name = words.term("event_type", event_type);
        return [h("li", {}, [icon, h("span", {}, name), h("span", { class: "geo-n" }, words.number(n))])];
      }),
      ...meta.statuses
        .filter((status) => status !== "reported" && statuses.has(status))
        .map((status) =>
          h("li", {}, [markIcon("circle", status, "currentColor"), h("span", {}, words.term("status", status))]),
        ),
    ]);
  };
  store.listen((change) => {
    if (change === "filter" || change === "window") show();
  });
  show();
  return h("details", { class: "geo-key", open }, [h("summary", {}, words.say("key")), list]);
}
