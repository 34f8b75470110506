/** The filters: kinds, status, country, actor, casualties. */

import { FACETS, facetCounts, isNarrow, type Facet } from "../data/filters.ts";
import { fold } from "../data/fold.ts";
import { colourOf, shapeOf } from "../draw/marks.ts";
import { markIcon } from "../draw/shapes.ts";
import type { Context } from "./context.ts";
import { button, fill, h, isolated, type Child } from "./dom.ts";

const SHORT = 8; // values shown of a long facet before the reader looks for one
const LONG = 60;

export class FiltersView {
  readonly element: HTMLElement;
  readonly #context: Context;
  readonly #facets = new Map<Facet, { list: HTMLElement; wanted: string; box: HTMLElement }>();
  readonly #casualties: HTMLInputElement;
  readonly #undated: HTMLInputElement;
  readonly #clear: HTMLButtonElement;
  #waiting = 0;

  constructor(context: Context) {
    const { words, store, table } = context;
    this.#context = context;
    this.#casualties = h(
      "input",
      { type: "number", min: 0, step: 1, value: 0, inputmode: "numeric", id: "geo-casualties" },
      [],
      {
        input: () => store.update({ casualties: Math.max(0, Number(this.#casualties.value) || 0) }),
      },
    );
    this.#undated = h("input", { type: "checkbox", checked: true }, [], {
      change: () => store.update({ undated: this.#undated.checked }),
    });
    this.#clear = button(words.say("clear_filters"), { class: "geo-button" }, () => store.clear());
    const facets = FACETS.filter((facet) =>
      facet === "actor" ? table.has("actor1") || table.has("actor2") : table.has(facet),
    );
    const hasCounts =
      table.has("killed_min") || table.has("killed_max") || table.has("wounded_min") || table.has("wounded_max");
    this.element = h("div", { class: "geo-filters" }, [
      this.#clear,
      ...facets.map((facet) => this.#facet(facet)),
      table.has("confidence") ? this.#sureness() : null,
      hasCounts
        ? h("p", { class: "geo-field" }, [
            h("label", { for: "geo-casualties" }, words.say("filter.casualties")),
            this.#casualties,
          ])
        : null,
      table.has("date_start")
        ? h("p", {}, h("label", { class: "geo-check" }, [this.#undated, words.say("filter.undated")]))
        : null,
    ]);
    store.listenLater(() => this.refresh());
    this.refill();
  }

  /** Count again, but not more often than the page can be read. */
  refresh(): void {
    const { store } = this.#context;
    this.#clear.disabled = !isNarrow(store.filter);
    if (document.activeElement !== this.#casualties) this.#casualties.value = String(store.filter.casualties);
    this.#undated.checked = store.filter.undated;
    if (this.#waiting) return;
    this.#waiting = window.setTimeout(() => this.refill(), 250);
  }

  /** A slider for the least confidence. */
  #sureness(): HTMLElement {
    const { words, store } = this.#context;
    const said = (value: number) => words.say("filter.confidence", { percent: Math.round(value * 100) });
    const label = h("label", { for: "geo-confidence" }, said(store.filter.confidence));
    const attributes = { type: "range", min: 0, max: 100, step: 5, value: 0, id: "geo-confidence" };
    const slider = h("input", attributes, [], {
      input: () => store.update({ confidence: Number(slider.value) / 100 }),
    });
    store.listen((change) => {
      if (change !== "filter") return;
      slider.value = String(Math.round(store.filter.confidence * 100));
      fill(label, said(store.filter.confidence));
    });
    return h("p", { class: "geo-field" }, [label, slider]);
  }

  #facet(facet: Facet): HTMLElement {
    const { words } = this.#context;
    const list = h("ul", { class: "geo-facet" });
    const find = h(
      "input",
      {
        type: "search",
        placeholder: words.say("filter.find"),
        "aria-label": words.say(`filter.find_${facet}`),
        autocomplete: "off",
      },
      [],
      {
        input: () => {
          entry.wanted = fold(find.value);
          this.refill();
        },
      },
    );
    const box = h("p", { hidden: true }, find);
    const entry = { list, wanted: "", box };
    this.#facets.set(facet, entry);
    return h("fieldset", {}, [h("legend", {}, words.say(`filter.${facet}`)), box, list]);
  }

  /** Count at once. */
  refill(): void {
    window.clearTimeout(this.#waiting);
    this.#waiting = 0;
    if (this.element.closest("[hidden]")) return;
    const { store, table } = this.#context;
    this.#clear.disabled = !isNarrow(store.filter);
    for (const [facet, { list, wanted, box }] of this.#facets) {
      const chosen = store.filter.chosen[facet];
      // A value that is filtered out must stay to be chosen again, so counts come from all rows where this facet narrows.
      const counts = facetCounts(table, facet, chosen.size ? this.#withoutFacet(facet) : store.shown);
      for (const value of chosen) if (!counts.some((each) => each.value === value)) counts.push({ value, n: 0 });
      box.hidden = counts.length <= SHORT && wanted === "";
      const matching = counts.filter(({ value }) => wanted === "" || fold(this.#name(facet, value)).includes(wanted));
      const listed = matching.filter(({ value }, at) => at < (wanted ? LONG : SHORT) || chosen.has(value));
      this.#show(facet, list, listed, matching.length - listed.length);
    }
  }

  /** Entries that are there already stay, in their order: nothing moves under the pointer or loses the focus. */
  #show(facet: Facet, list: HTMLElement, listed: { value: string; n: number }[], more: number): void {
    const known = new Map([...list.querySelectorAll("input")].map((input) => [input.value, input]));
    const entries = listed.map(({ value, n }) => this.#choice(facet, value, n, known.get(value)));
    const same = entries.length === known.size && entries.every((entry) => list.contains(entry));
    const rest = more > 0 ? h("li", { class: "geo-faint" }, this.#context.words.say("and_more", { n: more })) : null;
    if (!same) fill(list, [...entries, rest]);
    else if (rest) list.querySelector("li.geo-faint")?.replaceWith(rest);
  }

  #withoutFacet(facet: Facet): Uint8Array {
    return this.#context.store.shownWithout(facet);
  }

  #name(facet: Facet, value: string): string {
    const isTerm = facet === "event_type" || facet === "status" || facet === "reviewed";
    if (isTerm) return this.#context.words.term(facet, value);
    const { table } = this.#context;
    return (facet === "country" && table.labelOf(facet, table.entries(facet).indexOf(value) + 1)) || value;
  }

  #choice(facet: Facet, value: string, n: number, known: HTMLInputElement | undefined): HTMLElement {
    const { words, store } = this.#context;
    const chosen = store.filter.chosen[facet];
    if (known) {
      const entry = known.closest("li") as HTMLElement;
      known.checked = chosen.has(value);
      (entry.querySelector(".geo-n") as HTMLElement).textContent = words.number(n);
      return entry;
    }
    const input = h("input", { type: "checkbox", value, checked: chosen.has(value) }, [], {
      change: () => {
        const now = store.filter.chosen[facet];
        if (input.checked) now.add(value);
        else now.delete(value);
        store.update({});
      },
    });
    const label = h("label", { class: "geo-check" }, [
      input,
      this.#icon(facet, value),
      isolated(this.#name(facet, value)),
      h("span", { class: "geo-n" }, words.number(n)),
    ]);
    return h("li", {}, label);
  }

  #icon(facet: Facet, value: string): Child {
    const { table } = this.#context;
    if (facet === "status") return markIcon("circle", value, "currentColor");
    if (facet === "dataset" && table.meta.rings?.length)
      return markIcon("circle", "reported", "currentColor", 7, table.meta.rings.includes(value));
    if (facet !== "event_type") return null;
    const type = table.meta.legend.findIndex((entry) => entry.event_type === value);
    return markIcon(shapeOf(table, type), "reported", colourOf(table, type));
  }
}
