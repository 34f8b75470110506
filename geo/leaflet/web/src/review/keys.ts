/** One key for each act; `?` lists them, and they can be switched off (WCAG 2.1.4). */

import { h } from "../ui/dom.ts";
import { dialogOf } from "./incident_view.ts";
import type { Review } from "./session.ts";

/** Key, and the name of the act; the order is that of the list. */
export const KEYS: [string, string][] = [
  ["n", "next"],
  ["p", "previous"],
  ["c", "confirm"],
  ["r", "reject"],
  ["e", "edit"],
  ["l", "place"],
  ["a", "add"],
  ["s", "split"],
  ["m", "merge"],
  ["o", "reopen"],
  ["t", "note"],
  ["u", "undo"],
  ["y", "redo"],
  ["w", "save"],
  ["f", "read"],
  ["?", "help"],
];
const SWITCH = "geo-review-keys";

export class Keys {
  readonly #review: Review;
  readonly #acts: Record<string, () => void>;

  constructor(review: Review, acts: Record<string, () => void>) {
    this.#review = review;
    this.#acts = acts;
    document.addEventListener("keydown", (event) => this.#onKey(event));
  }

  #onKey(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (target.closest("input, textarea, select, [contenteditable], .geo-panel, .geo-time-box")) return;
    const commanded = event.ctrlKey || event.metaKey;
    if (commanded && event.key.toLowerCase() === "z") return this.#run(event, event.shiftKey ? "redo" : "undo");
    if (commanded || event.altKey || (!this.isOn && event.key !== "?")) return;
    const act = KEYS.find(([key]) => key === event.key.toLowerCase())?.[1];
    if (act && !this.#review.parts.context.root.classList.contains("geo-review-closed")) this.#run(event, act);
  }

  #run(event: KeyboardEvent, act: string): void {
    event.preventDefault();
    this.#acts[act]?.();
  }

  get isOn(): boolean {
    return readSwitch() !== "off";
  }

  help(): void {
    const { words, root } = this.#review.parts.context;
    const rows = KEYS.flatMap(([key, act]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words.say(`review.${act}`))]);
    const box = h("input", { type: "checkbox", checked: this.isOn }, [], {
      change: () => writeSwitch(box.checked ? "on" : "off"),
    });
    const dialog = dialogOf(this.#review, "review.help", [
      h("dl", {}, rows),
      h("p", {}, words.say("review.help_report")),
      h("p", {}, h("label", { class: "geo-check" }, [box, words.say("review.keys_on")])),
    ]);
    root.append(dialog);
    dialog.showModal();
  }
}

function readSwitch(): string | null {
  try {
    return localStorage.getItem(SWITCH);
  } catch {
    return null;
  }
}

function writeSwitch(value: string): void {
  try {
    localStorage.setItem(SWITCH, value);
  } catch {
    // Without storage the keys stay as they are by default.
  }
}
