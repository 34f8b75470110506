/** The whole report, with the sentences of the evidence and the words that became something marked apart. */

import { codeUnits, reportLine } from "../ui/evidence.ts";
import { button, clean, fill, h, type Child } from "../ui/dom.ts";
import type { Span } from "./model.ts";
import type { Review } from "./session.ts";
import type { Word } from "./source.ts";

/** A line break that only wraps a long line, as plain-text reports have it. */
const WRAP = /(?<=[^\n]{45})\n(?=[^\n\s])/g;
const REORDERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** The text to read: wrapped lines joined, nothing that reorders or hides; as long as before, so that offsets stay true. */
function readable(text: string): string {
  return text.replace(/\r\n/g, " \n").replace(WRAP, " ").replace(REORDERING, "\u200b").replace(CONTROLS, " ");
}

/** Where words became two things, the first of these is marked. */
const KINDS = ["killed", "wounded", "date", "place", "actor1", "actor2"];

interface Mark {
  start: number;
  end: number;
  kind: string;
}

export class ReportView {
  readonly element: HTMLElement;
  readonly #review: Review;
  readonly #head = h("div", { class: "geo-review-source" });
  readonly #text: HTMLElement;
  readonly #choice: HTMLSelectElement;
  #report = -1;
  #units = "";
  #shown = "";
  #offset = 0;
  #sentences: HTMLElement[] = [];
  #cursor: [number, number] | null = null;

  constructor(review: Review) {
    this.#review = review;
    const { words } = review.parts.context;
    this.#text = h(
      "div",
      { class: "geo-review-text", dir: "auto", tabindex: "0", role: "region", "aria-label": words.say("review.report") },
      [],
      { keydown: (event) => this.#onKey(event) },
    );
    this.#choice = h("select", { "aria-label": words.say("review.which_report") });
    this.element = h("div", { class: "geo-review-report" }, [this.#head, this.#text]);
  }

  /** Show the report of an incident's evidence, scrolled to it. */
  async show(spans: Span[], words: Word[], wanted: string | null = null): Promise<void> {
    const { reports } = this.#review.about;
    const named = [...new Set(spans.map((span) => span.report_id).filter((id) => id !== null))];
    const id = wanted ?? named[0] ?? null;
    const at = id === null ? -1 : reports.indexOf(id);
    const text = at < 0 ? null : await this.#review.parts.context.archive.text(at);
    const report = at < 0 ? null : await this.#review.parts.context.archive.report(at);
    this.#report = at;
    this.#cursor = null;
    this.#fillHead(report ? reportLine(report, this.#review.parts.context.words) : [], named, id, spans, words);
    this.#text.lang = report?.language ?? "";
    if (text === null) {
      fill(this.#text, this.#bare(spans, id));
      return;
    }
    this.#units = text;
    this.#shown = readable(text);
    this.#offset = report?.body ?? 0;
    const own = words.filter(([n]) => n === at).map(([, start, end, kind]) => this.#mark(start, end, kind));
    const cited = spans.filter((span) => span.report_id === id && span.text);
    const evidence = cited.map((span) => this.#anchor(span)).filter((mark) => mark !== null);
    fill(this.#text, this.#sentencesOf(evidence, own));
    this.#bringIn(this.#text.querySelector<HTMLElement>(".geo-review-evidence"));
  }

  /** Scroll the report, and nothing around it: on a phone the incident itself must stay in sight. */
  #bringIn(part: HTMLElement | null): void {
    if (!part) return;
    const [box, at] = [this.#text.getBoundingClientRect(), part.getBoundingClientRect()];
    this.#text.scrollTop += at.top - box.top - Math.max(0, (box.height - at.height) / 2);
  }

  /** Of a layer without reports only the quotations are known. */
  #bare(spans: Span[], id: string | null): Child[] {
    const cited = spans.filter((span) => span.report_id === id);
    const none = h("p", { class: "geo-sureness" }, this.#review.parts.context.words.say("review.no_text"));
    return [none, ...cited.map((span) => h("p", {}, h("mark", { class: "geo-review-evidence" }, clean(span.text))))];
  }

  #fillHead(line: Child[], named: string[], id: string | null, spans: Span[], words: Word[]): void {
    fill(this.#head, h("h3", {}, line));
    if (named.length < 2) return;
    const options = named.map((name) => h("option", { value: name }, clean(name)));
    fill(this.#choice, options);
    this.#choice.value = id ?? "";
    this.#choice.onchange = () => void this.show(spans, words, this.#choice.value);
    this.#head.append(this.#choice);
  }

  #mark(start: number, end: number, kind: string): Mark {
    const [from, to] = [start, end].map((at) => codeUnits(this.#units, at - this.#offset));
    return { start: from, end: to, kind };
  }

  /** Where a sentence stands; in a report that was corrected since, where its words stand now. */
  #anchor(span: Span): Mark | null {
    if (span.start !== null && span.end !== null) {
      const mark = this.#mark(span.start, span.end, "evidence");
      if (this.#units.slice(mark.start, mark.end) === span.text) return mark;
    }
    const found = this.#units.indexOf(span.text);
    return found < 0 ? null : { start: found, end: found + span.text.length, kind: "evidence" };
  }

  #sentencesOf(evidence: Mark[], words: Mark[]): Child[] {
    const lang = this.#review.parts.context.meta.lang;
    const segments = [...new Intl.Segmenter(lang, { granularity: "sentence" }).segment(this.#shown)];
    this.#sentences = segments.map(({ segment, index }) => {
      const pieces = this.#pieces(index, index + segment.length, evidence, words);
      return h("span", { class: "geo-review-sentence", "data-at": index }, pieces);
    });
    return this.#sentences;
  }

  #pieces(start: number, end: number, evidence: Mark[], words: Mark[]): Child[] {
    const marks = [...evidence, ...words].filter((mark) => mark.start < end && mark.end > start);
    const cuts = [...new Set([start, end, ...marks.flatMap((mark) => [mark.start, mark.end])])]
      .filter((at) => at >= start && at <= end)
      .sort((one, other) => one - other);
    return cuts.slice(0, -1).map((from, n) => this.#piece(from, cuts[n + 1], marks));
  }

  #piece(from: number, to: number, marks: Mark[]): Child {
    const over = marks.filter((mark) => mark.start <= from && mark.end >= to);
    const text = this.#shown.slice(from, to);
    if (over.length === 0) return text;
    const kind = KINDS.find((each) => over.some((mark) => mark.kind === each));
    const inEvidence = over.some((mark) => mark.kind === "evidence") ? "geo-review-evidence" : "geo-review-elsewhere";
    const title = kind ? this.#review.parts.context.words.say(`review.word.${kind}`) : null;
    return h("mark", { class: kind ? `${inEvidence} geo-review-${kind}` : inEvidence, title }, text);
  }

  /** The words that are selected, null when there are none. */
  chosen(): Span | null {
    if (this.#report < 0) return null;
    const range = this.#range();
    if (!range) return null;
    let [start, end] = range;
    while (start < end && /\s/.test(this.#units[start])) start++;
    while (end > start && /\s/.test(this.#units[end - 1])) end--;
    if (start === end) return null;
    const points = (units: number) => [...this.#units.slice(0, units)].length + this.#offset;
    return {
      report_id: this.#review.about.reports[this.#report],
      start: points(start),
      end: points(end),
      text: this.#units.slice(start, end),
    };
  }

  #range(): [number, number] | null {
    const selection = getSelection();
    if (selection && selection.rangeCount && !selection.isCollapsed) {
      const range = selection.getRangeAt(0);
      if (this.#text.contains(range.startContainer) && this.#text.contains(range.endContainer)) {
        return [this.#unitsBefore(range.startContainer, range.startOffset), this.#unitsBefore(range.endContainer, range.endOffset)];
      }
    }
    if (!this.#cursor) return null;
    const [first, last] = [Math.min(...this.#cursor), Math.max(...this.#cursor)];
    const at = (n: number) => Number(this.#sentences[n]?.dataset.at ?? this.#units.length);
    return [at(first), last + 1 < this.#sentences.length ? at(last + 1) : this.#units.length];
  }

  #unitsBefore(node: Node, offset: number): number {
    const range = document.createRange();
    range.setStart(this.#text, 0);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  /** Arrow keys walk from sentence to sentence, with shift they choose several. */
  #onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.#sentences.length === 0) return;
    event.preventDefault();
    getSelection()?.removeAllRanges();
    const last = this.#sentences.length - 1;
    const begin = this.#sentences.findIndex((sentence) => sentence.querySelector(".geo-review-evidence"));
    const to = this.#cursor ? Math.max(0, Math.min(last, this.#cursor[1] + step)) : Math.max(0, begin);
    this.#cursor = event.shiftKey && this.#cursor ? [this.#cursor[0], to] : [to, to];
    const [from, until] = [Math.min(...this.#cursor), Math.max(...this.#cursor)];
    this.#sentences.forEach((sentence, n) => sentence.classList.toggle("geo-review-cursor", n >= from && n <= until));
    this.#sentences[to].scrollIntoView({ block: "nearest" });
    const { words } = this.#review.parts.context;
    this.element.dispatchEvent(
      new CustomEvent("geo-say", {
        bubbles: true,
        detail: words.say("review.sentence", { text: (this.#sentences[to].textContent ?? "").trim() }),
      }),
    );
  }

  focus(): void {
    this.#text.focus();
  }

  /** A button, so that who cannot press a key adds what is selected as well. */
  addButton(onAdd: () => void): void {
    const { words } = this.#review.parts.context;
    this.element.append(button(words.say("review.add"), { class: "geo-button geo-review-add" }, onAdd));
  }
}
