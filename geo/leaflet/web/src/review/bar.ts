/** The bar above: progress, order of the queue, undo, saving, and who reviews. */

import { button, fill, h, onward } from "../ui/dom.ts";
import { ORDERS, type Order, type Progress } from "./queue.ts";
import type { QueueOrder } from "./queue_order.ts";
import { canChoose } from "./saving.ts";
import type { Review } from "./session.ts";

export class Bar {
  readonly element: HTMLElement;
  readonly #review: Review;
  readonly #progress = h("p", { class: "geo-review-progress" });
  readonly #meter = h("div", { class: "geo-review-meter", "aria-hidden": "true" }, h("div"));
  readonly #notice = h("p", { class: "geo-review-notice" });
  readonly #buttons = new Map<string, HTMLButtonElement>();
  readonly #name: HTMLInputElement;
  isOpen = true;

  constructor(review: Review, acts: Record<string, () => void>, order: QueueOrder) {
    this.#review = review;
    const { words } = review.parts.context;
    const make = (name: string, sign: string, key: string) => {
      const label = words.say(`review.${name}`);
      const title = key ? `${label} (${key})` : label;
      const attributes = { class: "geo-button", "aria-label": sign ? label : null, title, "data-act": name };
      const made = button(sign || label, attributes, () => acts[name]());
      this.#buttons.set(name, made);
      return made;
    };
    const back = onward(review.parts.context.meta) === "→" ? "←" : "→";
    const select = h("select", { "aria-label": words.say("review.order") }, ORDERS.map((each) => h("option", { value: each }, words.say(`review.order.${each}`))), {
      change: () => {
        order.order = select.value as Order;
        acts.requeue();
      },
    });
    const open = h("input", { type: "checkbox" }, [], {
      change: () => {
        order.onlyOpen = open.checked;
        acts.requeue();
      },
    });
    const name = h("input", { type: "text", dir: "auto", autocomplete: "name", placeholder: words.say("review.who"), "aria-label": words.say("review.who") }, [], {
      change: () => review.setReviewer(name.value),
    });
    name.maxLength = 200;
    this.#name = name;
    this.element = h("div", { class: "geo-review-bar", role: "group", "aria-label": words.say("review.tools") }, [
      h("div", { class: "geo-review-state" }, [this.#progress, this.#more(words.say("review.more")), this.#meter]),
      h("div", { class: "geo-review-buttons" }, [make("previous", back, "p"), make("next", onward(review.parts.context.meta), "n"), make("undo", "↶", "u"), make("redo", "↷", "y"), make("save", "", "w")]),
      h("div", { class: "geo-review-buttons geo-review-extra" }, [select, h("label", { class: "geo-check" }, [open, words.say("review.only_open")])]),
      h("div", { class: "geo-review-buttons geo-review-extra" }, [
        name,
        canChoose() ? make("save_into", "", "") : null,
        make("take", "", ""),
        make("help", "?", "?"),
      ]),
      this.#notice,
    ]);
  }

  /** On a phone, what is seldom needed is folded away behind this button. */
  #more(label: string): HTMLElement {
    const toggle = button("⋯", { class: "geo-icon-button geo-review-more", "aria-label": label, title: label, "aria-expanded": "false" }, () => {
      const open = this.element.classList.toggle("geo-review-unfolded");
      toggle.setAttribute("aria-expanded", String(open));
    });
    return toggle;
  }

  /** A button in the page's header that hides the panel and brings it back. */
  addToggle(header: HTMLElement): void {
    const { context, layout, refit } = this.#review.parts;
    this.#name.value = this.#review.reviewer() ?? "";
    const toggle = button(context.words.say("review"), { class: "geo-button", "aria-pressed": "true" }, () => {
      this.isOpen = !this.isOpen;
      context.root.classList.toggle("geo-review-closed", !this.isOpen);
      toggle.setAttribute("aria-pressed", String(this.isOpen));
      layout.togglePanel(!this.isOpen);
      refit();
    });
    header.append(toggle);
    refit();
  }

  refresh({ total, decided, rejected }: Progress, at: number, queued: number): void {
    const { words } = this.#review.parts.context;
    const where = at < 0 ? "" : ` · ${words.say("review.at", { n: at + 1, total: queued })}`;
    const unsaved = this.#review.unsaved ? ` · ${words.say("review.unsaved")}` : "";
    const lost = this.#review.isKept ? "" : ` · ${words.say("review.not_kept")}`;
    fill(this.#progress, words.say("review.progress", { n: decided, total, rejected }) + where + unsaved + lost);
    (this.#meter.firstElementChild as HTMLElement).style.inlineSize = `${total ? (100 * decided) / total : 0}%`;
    const { position, steps } = this.#review.ledger;
    (this.#buttons.get("undo") as HTMLButtonElement).disabled = position === 0;
    (this.#buttons.get("redo") as HTMLButtonElement).disabled = position === steps.length;
  }

  /** Say something beside the buttons until the next thing is said. */
  warn(text: string): void {
    fill(this.#notice, text);
  }
}
