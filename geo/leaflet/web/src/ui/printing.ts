/** What is printed beside the map: the legend, and the incidents as a table. */

import { telling, type Context } from "./context.ts";
import { clean, fill, h, onward } from "./dom.ts";
import { legendView } from "./legend.ts";

const MOST = 300; // rows of the printed table

export function printView(context: Context, box: HTMLElement, hasLinks: boolean): void {
  const { table, words, store } = context;
  const names = ["field.when", "field.what", "field.where", "field.who", "field.casualties", "field.status"];
  const rows = Array.from(store.rows.slice(0, MOST), (row) => {
    const where = `${telling.placeOf(table, words, row)} (${telling.surenessOf(table, words, row)})`;
    const who = ["actor1", "actor2"]
      .map((name) => table.text(name, row))
      .filter((name) => name !== null)
      .join(` ${onward(context.meta)} `);
    const status = words.term("status", table.term("status", row) ?? "");
    const cells = [
      words.whenShort(table, row),
      telling.titleOf(table, words, row),
      where,
      who,
      telling.casualtiesOf(table, words, row) ?? "",
      status,
    ];
    return h(
      "tr",
      {},
      cells.map((text) => h("td", {}, clean(text))),
    );
  });
  const more = store.rows.length - rows.length;
  fill(box, [
    h("h2", {}, words.say("legend")),
    legendView(context, hasLinks),
    h("h2", {}, words.say("list")),
    h("table", {}, [
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          names.map((name) => h("th", {}, words.say(name))),
        ),
      ),
      h("tbody", {}, rows),
    ]),
    more > 0 ? h("p", {}, words.say("and_more", { n: more })) : null,
    h(
      "p",
      { class: "geo-faint" },
      (context.meta.attributions ?? [])
        .map(({ text, licence }) => (licence ? `${text} (${licence})` : text))
        .join(" · "),
    ),
  ]);
}
