/** The incidents of one spot that the map cannot set apart: a list to choose from, in the panel. */

import { wording, type Context } from "./context.ts";
import { button, h, isolated } from "./dom.ts";

const MOST = 200;

export function hereView(context: Context, rows: number[]): HTMLElement {
  const { table, words, meta, store } = context;
  const entries = rows.slice(0, MOST).map((row) => {
    const text = [
      wording.icon(table, row),
      h("span", { class: "geo-entry-words" }, [
        h("span", { class: "geo-entry-what" }, isolated(wording.headlineOf(table, words, row))),
        h("span", { class: "geo-entry-when" }, words.whenShort(table, row)),
      ]),
    ];
    return h(
      "li",
      {},
      button(text, { class: "geo-entry", "data-row": row }, () => store.choose(row)),
    );
  });
  return h("section", { class: "geo-here", dir: meta.dir }, [
    h("h2", { tabindex: "-1" }, words.say("here", { n: rows.length })),
    h("ul", {}, entries),
    rows.length > MOST ? h("p", { class: "geo-faint" }, words.say("and_more", { n: rows.length - MOST })) : null,
  ]);
}
