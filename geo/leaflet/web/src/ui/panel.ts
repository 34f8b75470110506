/** The side panel: list, filters and legend, or everything about one incident. */

import type { Context } from "./context.ts";
import { detailView } from "./detail.ts";
import { button, fill, h } from "./dom.ts";
import { FiltersView } from "./filters_view.ts";
import { layersView, legendView, type LayerChoice } from "./legend.ts";
import { tabs } from "./layout.ts";
import type { Links } from "./links.ts";
import { hereView } from "./here.ts";
import { IncidentList } from "./list.ts";

export class Panel {
  readonly list: IncidentList;
  readonly #context: Context;
  readonly #links: Links;
  readonly #browse = h("div", { class: "geo-browse" });
  readonly #detail = h("div", { class: "geo-detail-box", hidden: true });
  /** Called when the reader closes what was chosen. */
  onClose: () => void = () => undefined;
  readonly #showTab: (at: number) => void;

  constructor(box: HTMLElement, context: Context, links: Links, choice: LayerChoice) {
    const { words } = context;
    this.#context = context;
    this.#links = links;
    this.list = new IncidentList(context);
    const filters = new FiltersView(context);
    const title = h("h2", { class: "geo-unseen" }, words.say("legend"));
    const legend = h("div", { class: "geo-legend" }, [
      title,
      legendView(context, links.any),
      layersView(context, choice, links.any),
    ]);
    const { element, show } = tabs(words.say("panel"), [
      { name: words.say("list"), view: this.list.element },
      { name: words.say("filters"), view: filters.element, onShow: () => filters.refill() },
      { name: words.say("legend"), view: legend },
    ]);
    this.#showTab = show;
    this.#browse.append(element);
    box.append(this.#browse, this.#detail);
  }

  /** Show the incidents of one spot, to choose from. */
  showMany(rows: number[]): void {
    this.#browse.hidden = true;
    this.#detail.hidden = false;
    fill(this.#detail, [this.#backButton(), hereView(this.#context, rows)]);
    this.#detail.scrollTop = 0;
    this.focusDetail();
  }

  /** Show a row, or with -1 the list. */
  show(row: number): void {
    // Who chose in the list reads on in the detail, and who leaves the detail is back in the list.
    const [fromList, fromDetail] = [this.#browse, this.#detail].map((box) => box.contains(document.activeElement));
    this.#browse.hidden = row >= 0;
    this.#detail.hidden = row < 0;
    fill(this.#detail, row < 0 ? [] : [this.#backButton(), detailView(this.#context, row, this.#links.of(row))]);
    this.#detail.scrollTop = 0;
    this.list.reveal(row);
    if (row < 0) {
      if (fromDetail) this.list.focus();
    } else if (fromList || fromDetail) this.focusDetail();
  }

  focusDetail(): void {
    this.#detail.querySelector<HTMLElement>("h2")?.focus();
  }

  #backButton(): HTMLElement {
    const { words, store } = this.#context;
    return h("div", { class: "geo-detail-bar" }, [
      button(words.say("back"), { class: "geo-link geo-back" }, () => {
        this.#showTab(0);
        store.choose(-1);
      }),
      button("✕", { class: "geo-icon-button geo-close", "aria-label": words.say("close") }, () => {
        store.choose(-1);
        this.onClose();
      }),
    ]);
  }
}
