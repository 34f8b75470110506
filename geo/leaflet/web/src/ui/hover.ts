/** What lies under the pointer, named beside it: the headline of an incident, or how many a group has. */

import { clean, fill, h } from "./dom.ts";

const AWAY = 14; // pixels from the pointer

export class Hover {
  readonly element = h("div", { class: "geo-hover", "aria-hidden": "true", hidden: true });

  /** Show a text beside a point of the map's box; null hides it. */
  show(text: string | null, { x, y }: { x: number; y: number }): void {
    this.element.hidden = text === null;
    if (text === null) return;
    fill(this.element, clean(text));
    const box = this.element.parentElement;
    if (!box) return;
    const { offsetWidth: wide, offsetHeight: high } = this.element;
    const left = x + AWAY + wide > box.clientWidth ? x - AWAY - wide : x + AWAY;
    const top = y + AWAY + high > box.clientHeight ? y - AWAY - high : y + AWAY;
    this.element.style.left = `${Math.max(4, left)}px`;
    this.element.style.top = `${Math.max(4, top)}px`;
  }
}
