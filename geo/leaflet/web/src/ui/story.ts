/** "Play story": the incidents that answer each other, one after another in the order of time. */

import { detailsOf } from "./evidence.ts";
import { wording, type Context } from "./context.ts";
import { button, clean, fill, h, shortened, isolated } from "./dom.ts";
import type { Links } from "./links.ts";

const LONG = 260; // characters of a sentence on the card

export class Story {
  readonly element = h("section", { class: "geo-story", hidden: true, "aria-live": "polite" });
  readonly rows: number[];
  /** The step that is shown, from 0; -1 when no story is shown. */
  at = -1;
  readonly #context: Context;
  readonly #onStep: (row: number, reached: number[]) => void;

  /** `onStep` gets the row of the step (-1 at the end) and all rows reached so far. */
  constructor(context: Context, links: Links, onStep: (row: number, reached: number[]) => void) {
    this.#context = context;
    this.#onStep = onStep;
    const chosen = context.meta.story ?? links.rows();
    this.rows = chosen.filter((row) => row >= 0 && row < context.table.rows);
    this.element.setAttribute("aria-label", context.words.say("story.start"));
  }

  get any(): boolean {
    return this.rows.length > 1;
  }

  /** Go to a step; before the first and after the last one the story ends. */
  go(at: number): void {
    this.at = at >= 0 && at < this.rows.length ? at : -1;
    this.element.hidden = this.at < 0;
    const row = this.at < 0 ? -1 : this.rows[this.at];
    if (row >= 0) this.#show(row);
    this.#onStep(row, this.at < 0 ? [] : this.rows.slice(0, this.at + 1));
  }

  #show(row: number): void {
    const { table, words, archive } = this.#context;
    const sentence = h("blockquote", { dir: "auto" });
    const [before, next] = [-1, 1].map((by) => {
      const key = by < 0 ? "story.before" : "story.next";
      const there = this.at + by >= 0 && this.at + by < this.rows.length;
      return button(words.say(key), { class: "geo-button", disabled: !there }, () => this.go(this.at + by));
    });
    fill(this.element, [
      h("p", { class: "geo-story-what" }, [wording.icon(table, row), isolated(wording.headlineOf(table, words, row))]),
      h("p", { class: "geo-faint" }, words.when(table, row)),
      sentence,
      h("div", { class: "geo-story-bar" }, [
        before,
        h("span", { class: "geo-faint" }, words.say("story.step", { n: this.at + 1, total: this.rows.length })),
        next,
        button("✕", { class: "geo-icon-button", "aria-label": words.say("close") }, () => this.go(-1)),
      ]),
    ]);
    void detailsOf(archive, row)
      .then(({ quotes }) => {
        const text = clean(quotes[0]?.text ?? "");
        fill(sentence, shortened(text, LONG));
        sentence.hidden = text === "";
      })
      .catch(() => (sentence.hidden = true));
  }
}
