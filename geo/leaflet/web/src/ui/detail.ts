/** Everything about one incident, in the side panel. */

import { wording } from "./context.ts";
import type { Context } from "./context.ts";
import { REVIEW_COLUMNS, reviewLine } from "./reviewed.ts";
import { button, fill, h, isolated, type Child } from "./dom.ts";
import type { Words } from "./words.ts";
import { contextDialog, detailsOf, placeWords, quotation, reportLine, type Details, type Quote } from "./evidence.ts";

/** The view of one incident; its quotations follow when they have been read. */
export function detailView(
  context: Context,
  row: number,
  links: { earlier: number[]; answers: number[] },
): HTMLElement {
  const { table, words } = context;
  const later = h("div", { class: "geo-later", "aria-busy": "true" }, words.say("reading"));
  const view = h("article", { class: "geo-detail" }, [
    h("h2", { tabindex: "-1" }, wording.headOf(wording.icon(table, row), table, words, row)),
    h(
      "dl",
      {},
      wording.factsOf(table, words, row).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
    ),
    chain(context, "answers_to", links.earlier),
    chain(context, "answered_by", links.answers),
    later,
  ]);
  void detailsOf(context.archive, row)
    .then(async (details) => fill(later, await sources(context, row, details)))
    .catch((error: Error) => fill(later, error.message))
    .finally(() => later.removeAttribute("aria-busy"));
  return view;
}

/** Links to the incidents that this one answers, or that answer it. */
function chain({ table, words, store }: Context, key: string, rows: number[]): Child {
  if (rows.length === 0) return null;
  const entries = rows.slice(0, 20).map((row) => {
    const text = [
      isolated(wording.headlineOf(table, words, row)),
      " · ",
      words.whenShort(table, row),
    ];
    return h(
      "li",
      {},
      button(text, { class: "geo-link" }, () => store.choose(row)),
    );
  });
  return h("section", {}, [h("h3", {}, words.say(key)), h("ul", { class: "geo-chain" }, entries)]);
}

async function sources(context: Context, row: number, details: Details): Promise<Child[]> {
  const { words, archive } = context;
  const places = placeWords(context.table, row, details);
  const parts: Child[] = [];
  if (typeof details.plain.place_text === "string") {
    parts.push(
      h("p", { class: "geo-place-text" }, [words.say("field.place_text"), ": “", isolated(details.plain.place_text), "”"]),
    );
  }
  const quoted = details.quotes.length > 0;
  if (quoted) parts.push(h("h3", {}, words.say("quoted")), highlightKey(words));
  for (const quote of details.quotes.slice(0, 40)) parts.push(await source(context, quote, places));
  const unquoted = details.reports.filter((report) => !details.quotes.some((quote) => quote.report === report));
  if (unquoted.length) {
    const lines = await Promise.all(unquoted.slice(0, 40).map((report) => archive.report(report)));
    const entries = lines.map((report) => (report ? h("li", {}, reportLine(report, words)) : null));
    parts.push(h("h3", {}, words.say(quoted ? "other_reports" : "reports")), h("ul", {}, entries));
  }
  parts.push(reviewLine(words, context.table.text("reviewed", row), details.plain));
  parts.push(further(context, row, details));
  return parts;
}

async function source(context: Context, quote: Quote, places: string[]): Promise<HTMLElement> {
  const { words, archive, highlighter } = context;
  const body = quotation(quote.text, places, highlighter, words);
  const report = quote.report === null ? null : await archive.report(quote.report);
  const figure = h("figure", { class: "geo-quote" }, body);
  if (!report) return figure;
  figure.append(h("figcaption", {}, reportLine(report, words)));
  if (!context.meta.text_rows || quote.start === null || quote.end === null) return figure;
  const read = button(words.say("read_in_context"), { class: "geo-link" }, () => {
    void archive.text(quote.report as number).then((text) => {
      if (text === null) {
        read.disabled = true; // of this report only the id is known
        return;
      }
      const dialog = contextDialog(report, text, quote, words);
      context.root.append(dialog);
      dialog.showModal();
    });
  });
  figure.append(read);
  return figure;
}

/** The identifier, the place's id, and columns that the user's own layer had. */
function further({ words }: Context, row: number, details: Details): Child {
  void row;
  const rows = Object.entries(details.plain).filter(([name]) => name !== "place_text" && !REVIEW_COLUMNS.includes(name));
  if (rows.length === 0) return null;
  const list = rows.flatMap(([name, value]) => [
    h("dt", {}, isolated(name)),
    h("dd", {}, isolated(String(value).slice(0, 2000))),
  ]);
  return h("details", { class: "geo-further" }, [h("summary", {}, words.say("further")), h("dl", {}, list)]);
}

/** What the colours in the sentences mean. */
function highlightKey(words: Words): HTMLElement {
  const kinds = ["trigger", "place", "date", "number"];
  const entries = kinds.map((kind) => h("span", { class: `geo-hl geo-hl-${kind}` }, words.say(`highlight.${kind}`)));
  return h("p", { class: "geo-hl-key" }, entries);
}
