/** What is printed: the map whole, its key, every incident with its sentence and source, where the data come from. */

import { wording, type Context } from "./context.ts";
import { clean, fill, h, joined, shortened, isolated, type Child } from "./dom.ts";
import { reportLine } from "./evidence.ts";
import { numberMarks, printedKey, type Painted } from "./printed_map.ts";

const MOST = 300; // incidents of the printed list
const WIDTH = 820; // pixels of the printed map
const PAUSE_MS = 600;
const LONG = 600; // characters of a printed sentence

/** The sentence and the source of the incidents that are shown, fetched before anybody prints: printing does not wait. */
export class PrintedTexts {
  readonly #context: Context;
  readonly #quotes = new Map<number, { sentence: string; source: Child[] }>();
  #waiting = 0;

  constructor(context: Context) {
    this.#context = context;
  }

  of(row: number): { sentence: string; source: Child[] } | null {
    return this.#quotes.get(row) ?? null;
  }

  prepare(): void {
    window.clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(() => void this.#fetch().catch(() => undefined), PAUSE_MS);
  }

  async #fetch(): Promise<void> {
    const { store, archive, words } = this.#context;
    const rows = Array.from(store.rows.subarray(0, MOST)).filter((row) => !this.#quotes.has(row));
    const quotes = await archive.quotes(rows);
    quotes.forEach((quote, at) => {
      const source = quote?.report ? reportLine(quote.report, words) : [];
      this.#quotes.set(rows[at], { sentence: shortened(clean(quote?.text ?? ""), LONG), source });
    });
  }
}

export function printView(
  context: Context,
  box: HTMLElement,
  hasArrows: () => boolean,
  texts: PrintedTexts,
  paint: (canvas: HTMLCanvasElement, width: number) => Painted | null,
): void {
  const { words, store, meta } = context;
  const rows = store.rows.slice(0, MOST);
  const more = store.rows.length - rows.length;
  const canvas = h("canvas", { class: "geo-print-map", role: "img", "aria-label": words.say("map") });
  const painted = paint(canvas, WIDTH);
  if (painted) numberMarks(painted, store.rows);
  const credits = (meta.attributions ?? []).map(({ text, licence }) => (licence ? `${text} (${licence})` : text));
  fill(box, [
    canvas,
    h("h2", {}, words.say("legend")),
    printedKey(context, painted?.items ?? [], hasArrows()),
    h("h2", {}, words.say("list")),
    h(
      "ol",
      { class: "geo-print-list" },
      Array.from(rows, (row) => entry(context, texts, row)),
    ),
    more > 0 ? h("p", {}, words.say("and_more", { n: more })) : null,
    h("h2", {}, words.say("about.sources")),
    h("p", { class: "geo-faint" }, clean(credits.join(" · "))),
    ...madeBy(context).map((line) => h("p", { class: "geo-faint" }, clean(line))),
  ]);
}

/** Who answers for the page, how it was made and when: what a reader of the paper cannot look up. */
function madeBy({ words, meta }: Context): string[] {
  const lines = [
    meta.author ? words.say("about.author", { author: meta.author }) : null,
    meta.contact ? words.say("about.contact", { contact: meta.contact }) : null,
    meta.trust?.extracted ? words.say("about.method") : null,
    words.say("about.limits"),
    meta.made ? words.say("about.made", { day: words.dayOf(meta.made) }) : null,
  ];
  return lines.filter((line) => line !== null);
}

function entry({ table, words }: Context, texts: PrintedTexts, row: number): HTMLElement {
  const said = texts.of(row);
  const facts = joined(
    [
      words.when(table, row),
      words.list(wording.placesOf(table, words, row)),
      wording.marginOf(table, words, row),
      wording.doubtOf(table, words, row),
    ].map((text) => text && clean(text)),
    " · ",
  );
  return h("li", {}, [
    h("p", { class: "geo-print-what" }, isolated(wording.headlineOf(table, words, row))),
    h("p", {}, facts),
    said?.sentence ? h("blockquote", { dir: "auto" }, said.sentence) : null,
    said?.source.length ? h("p", { class: "geo-faint" }, said.source.map((node) => (typeof node === "object" && node ? node.cloneNode(true) : node))) : null,
  ]);
}
