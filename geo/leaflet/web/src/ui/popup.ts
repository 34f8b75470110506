/** The short telling that opens beside a mark: what, when, where, who, how many, who says so, the sentence. */

import { telling, type Context } from "./context.ts";
import { button, fill, h, told } from "./dom.ts";
import { detailsOf, placeWords, quotation } from "./evidence.ts";

const SHORT = 320; // characters of the first quotation

export function popupContent(context: Context, row: number, openPanel: () => void, ready: () => void): HTMLElement {
  const { table, words, meta } = context;
  const quote = h("div", { class: "geo-popup-quote" });
  const box = h("section", { class: "geo-popup", dir: meta.dir, "aria-label": telling.titleOf(table, words, row) }, [
    h("h2", {}, telling.headOf(telling.icon(table, row), table, words, row)),
    h(
      "dl",
      {},
      telling.briefOf(table, words, row).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
    ),
    quote,
    button(words.say("all_about"), { class: "geo-button" }, openPanel),
  ]);
  void detailsOf(context.archive, row)
    .then((details) => {
      const first = details.quotes[0];
      if (first) {
        const text = first.text.length > SHORT ? `${first.text.slice(0, SHORT)} …` : first.text;
        fill(quote, quotation(text, placeWords(table, row, details), context.highlighter, words));
      }
      const n = Math.max(details.reports.length, new Set(details.quotes.map((each) => each.report)).size);
      if (n > 1) quote.append(h("p", { class: "geo-faint" }, words.say("told_by", { n })));
      ready();
    })
    .catch((error: Error) => fill(quote, error.message));
  return box;
}

/** A list of the incidents in a group or area that cannot be spread on the map. */
export function listContent(context: Context, rows: number[], choose: (row: number) => void): HTMLElement {
  const { table, words, meta } = context;
  const most = 200;
  const entries = rows.slice(0, most).map((row) => {
    const text = [
      telling.icon(table, row),
      h("span", {}, [
        telling.titleOf(table, words, row),
        " · ",
        told(telling.placeOf(table, words, row)),
        " · ",
        words.whenShort(table, row),
      ]),
    ];
    return h(
      "li",
      {},
      button(text, { class: "geo-entry" }, () => choose(row)),
    );
  });
  return h("section", { class: "geo-popup", dir: meta.dir }, [
    h("h2", {}, words.say("here", { n: rows.length })),
    h("ul", { class: "geo-popup-list" }, entries),
    rows.length > most ? h("p", { class: "geo-faint" }, words.say("and_more", { n: rows.length - most })) : null,
  ]);
}
