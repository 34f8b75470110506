/** The frame of the page: header, panel, map, time. */

import { button, fill, h, type Child } from "./dom.ts";
import type { Words } from "./words.ts";

export interface Layout {
  root: HTMLElement;
  mapBox: HTMLElement;
  header: HTMLElement;
  count: HTMLElement;
  /** How the incidents were found, and who checked them. */
  trust: HTMLElement;
  panel: HTMLElement;
  time: HTMLElement;
  print: HTMLElement;
  /** Open or close the side panel (a sheet on a phone). */
  togglePanel: (open?: boolean) => void;
  isPanelOpen: () => boolean;
}

/** Put the frame where the map's container stood, and the container into it. */
export function layOut(container: HTMLElement, title: string, words: Words, lang: string, dir: string): Layout {
  const count = h("p", { class: "geo-count", role: "status", "aria-live": "polite" });
  const toggle = button(
    "☰",
    {
      class: "geo-icon-button geo-panel-toggle",
      "aria-label": words.say("panel_toggle"),
      title: words.say("panel_toggle"),
      "aria-expanded": "true",
      "aria-controls": "geo-panel",
    },
    () => togglePanel(),
  );
  const trust = h("p", { class: "geo-trust" });
  const lines = h("div", { class: "geo-under" }, [count, trust]);
  const header = h("header", { class: "geo-header" }, [h("div", { class: "geo-title" }, [h("h1", {}, title), lines])]);
  const panel = h("aside", { class: "geo-panel", id: "geo-panel", "aria-label": words.say("panel") });
  const mapBox = h("main", { class: "geo-map", "aria-label": words.say("map") });
  const time = h("div", { class: "geo-time-box" });
  const print = h("div", { class: "geo-print" });
  const root = h("div", { class: "geo-page", lang, dir }, [header, panel, mapBox, time, print]);
  container.replaceWith(root);
  container.classList.add("geo-leaflet");
  mapBox.append(container);
  header.prepend(toggle);
  const togglePanel = (open = root.classList.contains("geo-closed")) => {
    root.classList.toggle("geo-closed", !open);
    toggle.setAttribute("aria-expanded", String(open));
    window.dispatchEvent(new Event("resize"));
  };
  return {
    root,
    mapBox,
    header,
    count,
    trust,
    panel,
    time,
    print,
    togglePanel,
    isPanelOpen: () => !root.classList.contains("geo-closed"),
  };
}

/** Two views that share a place, one shown at a time. */
export function tabs(
  label: string,
  views: { name: string; view: HTMLElement; onShow?: () => void }[],
): { element: HTMLElement; show: (at: number) => void } {
  const buttons = views.map(({ name }, at) =>
    h("button", { type: "button", role: "tab", id: `geo-tab-${at}`, "aria-controls": `geo-view-${at}` }, name, {
      click: () => show(at),
      keydown: (event) => {
        if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
        const next = (at + (event.key === "ArrowRight" ? 1 : views.length - 1)) % views.length;
        show(next);
        buttons[next].focus();
      },
    }),
  );
  const boxes = views.map(({ view }, at) =>
    h("div", { role: "tabpanel", id: `geo-view-${at}`, "aria-labelledby": `geo-tab-${at}`, class: "geo-view" }, view),
  );
  const show = (chosen: number): void => {
    boxes.forEach((box, at) => {
      box.hidden = at !== chosen;
      buttons[at].setAttribute("aria-selected", String(at === chosen));
      buttons[at].tabIndex = at === chosen ? 0 : -1;
    });
    views[chosen].onShow?.();
  };
  show(0);
  const children: Child[] = [h("div", { role: "tablist", "aria-label": label, class: "geo-tabs" }, buttons), ...boxes];
  const element = h("div", { class: "geo-tabbed" });
  fill(element, children);
  return { element, show };
}
