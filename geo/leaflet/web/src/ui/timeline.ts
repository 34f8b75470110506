/** The histogram of incidents over time, with a window that can be drawn, moved and played. */

import { countSteps, histogramOf, ticksOf, type Histogram } from "../data/histogram.ts";
import { isoDay, stepOf } from "../data/dates.ts";
import { colourOf } from "../draw/marks.ts";
import type { Context } from "./context.ts";
import { button, fill, h } from "./dom.ts";

const TICK_MS = 650; // between two steps while playing
const STEP_KEYS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 10,
  PageDown: -10,
};

export class Timeline {
  readonly element: HTMLElement;
  readonly #context: Context;
  readonly #histogram: Histogram | null;
  readonly #canvas = h("canvas", { class: "geo-histogram", "aria-hidden": "true" });
  readonly #track: HTMLElement;
  readonly #handles: [HTMLElement, HTMLElement];
  readonly #window = h("div", { class: "geo-window" });
  readonly #play: HTMLButtonElement;
  readonly #all: HTMLButtonElement;
  readonly #range = h("span", { class: "geo-range" });
  readonly #axis = h("div", { class: "geo-axis", "aria-hidden": "true" });
  #counts: Uint32Array[] = [];
  #totals: Uint32Array = new Uint32Array(0);
  readonly #scale = h("span", { class: "geo-scale", "aria-hidden": "true" });
  #timer = 0;

  constructor(context: Context) {
    const { words, store, table } = context;
    this.#context = context;
    this.#histogram = histogramOf(table);
    this.#handles = [this.#handle("time.from", 0), this.#handle("time.to", 1)];
    this.#track = h("div", { class: "geo-track" }, [this.#canvas, this.#window, ...this.#handles]);
    this.#play = button(
      "▶",
      { class: "geo-icon-button geo-play", "aria-label": words.say("time.play"), "aria-pressed": "false" },
      () => this.#toggle(),
    );
    this.#all = button(words.say("time.all"), { class: "geo-link" }, () => this.#set(null));
    const step = this.#histogram ? words.say(`time.by_${this.#histogram.step}`) : "";
    this.element = h(
      "section",
      { class: "geo-time", "aria-label": words.say("time"), hidden: this.#histogram === null },
      [
        h("div", { class: "geo-time-head" }, [
          this.#play,
          this.#range,
          this.#all,
          h("span", { class: "geo-faint" }, step),
        ]),
        h("div", { class: "geo-time-body" }, [this.#scale, this.#track, this.#axis]),
      ],
    );
    if (!this.#histogram) return;
    this.#track.addEventListener("pointerdown", (event) => this.#brush(event));
    new ResizeObserver(() => this.refresh()).observe(this.#track);
    store.listen((change) => {
      if (change === "window") this.#place();
    });
    store.listenLater((change) => {
      if (change === "filter") this.refresh();
    });
  }

  /** Count and draw again. */
  refresh(): void {
    if (!this.#histogram) return;
    this.#counts = countSteps(this.#context.table, this.#histogram, this.#context.store.passed);
    this.#totals = new Uint32Array(this.#histogram.starts.length - 1);
    for (const counts of this.#counts) counts.forEach((n, at) => (this.#totals[at] += n));
    fill(this.#scale, this.#context.words.compact(this.#totals.reduce((high, n) => Math.max(high, n), 0)));
    this.#drawAxis();
    this.#place();
  }

  /** Steps that the window covers, first and last. */
  get #span(): [number, number] {
    const { starts } = this.#histogram as Histogram;
    const window = this.#context.store.filter.window;
    return window ? [stepOf(starts, window[0]), stepOf(starts, window[1])] : [0, starts.length - 2];
  }

  #set(span: [number, number] | null): void {
    const { starts } = this.#histogram as Histogram;
    const last = starts.length - 2;
    if (!span) return this.#context.store.setWindow(null);
    const [from, to] = [Math.max(0, Math.min(...span)), Math.min(last, Math.max(...span))];
    this.#context.store.setWindow(from === 0 && to === last ? null : [starts[from], starts[to + 1] - 1]);
  }

  #handle(key: string, side: 0 | 1): HTMLElement {
    const { words } = this.#context;
    const handle = h("div", {
      class: "geo-handle",
      role: "slider",
      tabindex: 0,
      "aria-label": words.say(key),
      "data-side": side,
    });
    handle.addEventListener("keydown", (event) => {
      const span = this.#span;
      const last = (this.#histogram as Histogram).starts.length - 2;
      let to =
        span[side] +
        (STEP_KEYS[event.key] ?? 0) *
          (this.#context.meta.dir === "rtl" && event.key.startsWith("Arrow") && !/Up|Down/.test(event.key) ? -1 : 1);
      if (event.key === "Home") to = 0;
      else if (event.key === "End") to = last;
      else if (!(event.key in STEP_KEYS)) return;
      event.preventDefault();
      // A handle stops at the other one, it does not run through it.
      span[side] = side ? Math.max(span[0], to) : Math.min(span[1], to);
      this.#set(span);
    });
    return handle;
  }

  /** Draw a window with the pointer, move it, or drag one of its ends. */
  #brush(event: PointerEvent): void {
    event.preventDefault();
    this.#stop();
    const target = event.target as HTMLElement;
    const side = target.dataset.side;
    const begin = this.#stepAt(event.clientX);
    const span = this.#span;
    if (side) target.focus();
    const isMove = target === this.#window && this.#context.store.filter.window !== null;
    const move = ({ clientX }: PointerEvent) => {
      const now = this.#stepAt(clientX);
      if (side) this.#set(side === "0" ? [Math.min(now, span[1]), span[1]] : [span[0], Math.max(now, span[0])]);
      else if (isMove) this.#shift(span, now - begin);
      else this.#set([begin, now]);
    };
    const done = () => {
      this.#track.removeEventListener("pointermove", move);
      this.#track.removeEventListener("pointerup", done);
      this.#track.removeEventListener("pointercancel", done);
    };
    this.#track.setPointerCapture(event.pointerId);
    this.#track.addEventListener("pointermove", move);
    this.#track.addEventListener("pointerup", done);
    this.#track.addEventListener("pointercancel", done);
    if (!side && !isMove) this.#set([begin, begin]);
  }

  #shift([from, to]: [number, number], by: number): void {
    const last = (this.#histogram as Histogram).starts.length - 2;
    const step = Math.max(-from, Math.min(last - to, by));
    this.#set([from + step, to + step]);
  }

  #stepAt(clientX: number): number {
    const { left, width } = this.#track.getBoundingClientRect();
    const share = (clientX - left) / width;
    const along = this.#context.meta.dir === "rtl" ? 1 - share : share;
    const { starts } = this.#histogram as Histogram;
    const day = starts[0] + along * (starts[starts.length - 1] - starts[0]);
    return stepOf(starts, Math.floor(day));
  }

  #toggle(): void {
    if (this.#timer) return this.#stop();
    const last = (this.#histogram as Histogram).starts.length - 2;
    const [from, to] = this.#span;
    const width = from === 0 && to === last ? Math.max(0, Math.ceil(last / 40) - 1) : to - from;
    this.#set(from > 0 && to < last ? [from, to] : [0, width]);
    this.#skip(this.#span[0], width);
    this.#timer = window.setInterval(() => {
      if (this.#span[1] >= last) return this.#stop();
      this.#skip(this.#span[0] + 1, width);
    }, TICK_MS);
    this.#showPlaying(true);
  }

  /** Go to the next window from a step on in which something happened; past the last one, stop. */
  #skip(from: number, width: number): void {
    const last = this.#totals.length - 1;
    let begin = from;
    while (begin <= last && !this.#totals.slice(begin, begin + width + 1).some((n) => n > 0)) begin++;
    // Empty steps at the begin of a window would show what was shown already.
    if (begin > from) begin = Math.min(last, begin + width);
    if (begin > last) return this.#stop();
    this.#set([begin, Math.min(last, begin + width)]);
  }

  #stop(): void {
    window.clearInterval(this.#timer);
    this.#timer = 0;
    this.#showPlaying(false);
  }

  #showPlaying(playing: boolean): void {
    const { words } = this.#context;
    fill(this.#play, playing ? "❚❚" : "▶");
    this.#play.setAttribute("aria-label", words.say(playing ? "time.pause" : "time.play"));
    this.#play.setAttribute("aria-pressed", String(playing));
  }

  /** Put window, handles and words where the filter's window is. */
  #place(): void {
    const { words, store } = this.#context;
    const { starts } = this.#histogram as Histogram;
    const [from, to] = this.#span;
    const [first, length] = [starts[0], starts[starts.length - 1] - starts[0]];
    const shares = [(starts[from] - first) / length, (starts[to + 1] - first) / length];
    this.#window.style.insetInlineStart = `${shares[0] * 100}%`;
    this.#window.style.inlineSize = `${(shares[1] - shares[0]) * 100}%`;
    this.#handles.forEach((handle, side) => {
      handle.style.insetInlineStart = `${shares[side] * 100}%`;
      handle.setAttribute("aria-valuemin", "0");
      handle.setAttribute("aria-valuemax", String(starts.length - 2));
      handle.setAttribute("aria-valuenow", String(side ? to : from));
      handle.setAttribute("aria-valuetext", words.day(side ? starts[to + 1] - 1 : starts[from]));
    });
    fill(this.#range, words.days(starts[from], starts[to + 1] - 1));
    this.#all.hidden = store.filter.window === null;
    this.#track.classList.toggle("geo-narrow", store.filter.window !== null);
    this.#drawBars();
  }

  #drawBars(): void {
    const { starts } = this.#histogram as Histogram;
    const { width, height } = this.#track.getBoundingClientRect();
    if (!width) return;
    const ratio = window.devicePixelRatio || 1;
    this.#canvas.width = width * ratio;
    this.#canvas.height = height * ratio;
    const context = this.#canvas.getContext("2d") as CanvasRenderingContext2D;
    context.scale(ratio, ratio);
    if (this.#context.meta.dir === "rtl") context.transform(-1, 0, 0, 1, width, 0);
    const most = this.#totals.reduce((high, n) => Math.max(high, n), 1);
    const [from, to] = this.#span;
    const scale = width / (starts[starts.length - 1] - starts[0]);
    const { table } = this.#context;
    this.#totals.forEach((total, at) => {
      if (!total) return;
      const left = (starts[at] - starts[0]) * scale;
      const wide = Math.max(1, (starts[at + 1] - starts[at]) * scale - (scale > 3 ? 1 : 0.3));
      context.globalAlpha = at >= from && at <= to ? 1 : 0.3;
      let floor = height;
      this.#counts.forEach((counts, type) => {
        const high = (counts[at] / most) * (height - 6);
        if (!high) return;
        context.fillStyle = colourOf(table, type);
        context.fillRect(left, floor - high, wide, high);
        floor -= high;
      });
    });
    context.globalAlpha = 1;
  }

  /** Days at even distances under the bars, the year wherever it begins. */
  #drawAxis(): void {
    const histogram = this.#histogram as Histogram;
    const { starts } = histogram;
    const { width } = this.#track.getBoundingClientRect();
    const { words } = this.#context;
    const [first, length] = [starts[0], starts[starts.length - 1] - starts[0]];
    const { days, monthly } = ticksOf(histogram, Math.max(2, Math.floor(width / 84)));
    let year = "";
    const ticks = days.map((day) => {
      const itsYear = isoDay(day).slice(0, 4);
      const text = monthly ? words.shortMonth(day) : words.shortDay(day);
      const tick = h("span", {}, itsYear === year ? text : `${text} ${itsYear}`);
      year = itsYear;
      tick.style.insetInlineStart = `${((day - first) / length) * 100}%`;
      return tick;
    });
    fill(this.#axis, ticks);
    // A day whose words would be cut off at the end of the axis is left to the range beside it.
    const axis = this.#axis.getBoundingClientRect();
    for (const tick of ticks) {
      const { left, right } = tick.getBoundingClientRect();
      if (left < axis.left - 1 || right > axis.right + 1) tick.remove();
    }
  }
}
