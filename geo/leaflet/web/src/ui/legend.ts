/** What the marks mean, and what is drawn. */

import { facetCounts } from "../data/filters.ts";
import { colourOf, shapeOf } from "../draw/marks.ts";
import { markIcon, SIZES } from "../draw/shapes.ts";
import type { Context } from "./context.ts";
import { h, type Child } from "./dom.ts";

export interface LayerChoice {
  heat: (on: boolean) => void;
  arrows: (on: boolean) => void;
  circles: (on: boolean) => void;
  tiles: (index: number) => void;
  streets: (on: boolean) => void;
  startsWithHeat: boolean;
}

const SVG = "http://www.w3.org/2000/svg";

/** The legend: kinds, status, sureness of the place, size, arrows. */
export function legendView(context: Context, hasLinks: boolean): HTMLElement {
  const { table, words } = context;
  const all = new Uint8Array(table.rows).fill(1);
  return h("div", { class: "geo-legend-body" }, [
    section(words.say("legend.kind"), kindEntries(context, all)),
    section(words.say("field.dataset"), datasetEntries(context, all)),
    section(words.say("legend.status"), statusEntries(context, all)),
    section(words.say("legend.place"), [
      entry(markIcon("circle", "reported", "currentColor"), words.say("legend.site")),
      entry(icons.ring(), words.say("legend.circle")),
      entry(icons.plate(), words.say("legend.area")),
      entry(icons.group(context), words.say("legend.group")),
      hasLinks ? entry(icons.arrow(), words.say("legend.arrow")) : null,
    ]),
    section(words.say("legend.size"), sizeEntries(words), "geo-legend-sizes"),
  ]);
}

/** The kinds among the rows marked, in the order of the legend. */
export function kindEntries({ table, words, meta }: Context, shown: Uint8Array): Child[] {
  const present = new Set(facetCounts(table, "event_type", shown).map(({ value }) => value));
  return meta.legend.flatMap(({ event_type }, type) => {
    const icon = markIcon(shapeOf(table, type), "reported", colourOf(table, type));
    return present.has(event_type) ? [entry(icon, words.term("event_type", event_type))] : [];
  });
}

/** The datasets among the rows marked, where one lies beside another: that is drawn with rings. */
export function datasetEntries({ table, meta }: Context, shown: Uint8Array): Child[] {
  if (!meta.rings?.length) return [];
  return facetCounts(table, "dataset", shown)
    .map(({ value }) => ({ value, ring: meta.rings!.includes(value) }))
    .sort((one, other) => Number(one.ring) - Number(other.ring))
    .map(({ value, ring }) => entry(markIcon("circle", "reported", "currentColor", 7, ring), value));
}

/** The statuses among the rows marked, and what a pale mark means. */
export function statusEntries({ table, words, meta }: Context, shown: Uint8Array): Child[] {
  const present = new Set(facetCounts(table, "status", shown).map(({ value }) => value));
  const statuses = meta.statuses
    .filter((status) => present.has(status))
    .map((status) => entry(markIcon("circle", status, "currentColor"), words.term("status", status)));
  return [...statuses, table.has("confidence") ? entry(paleIcon(), words.say("legend.pale")) : null];
}

export function sizeEntries(words: Context["words"]): Child[] {
  return [...SIZES].reverse().map(({ from }, at, all) => {
    const next = all[at + 1]?.from;
    const text =
      next === undefined
        ? `${words.number(from)}+`
        : from === next - 1
          ? words.number(from)
          : `${words.number(from)}–${words.number(next - 1)}`;
    return entry(markIcon("circle", "reported", "currentColor", all[at].radius * 0.72), text);
  });
}

export const icons = {
  ring: ringIcon,
  plate: plateIcon,
  group: ({ meta }: Context) => groupIcon(meta.legend.map(({ colour }) => colour)),
  arrow: arrowIcon,
};

export function section(title: string, entries: Child[], extra = ""): Child {
  if (entries.length === 0) return null;
  return h("section", {}, [h("h3", {}, title), h("ul", { class: extra || null }, entries)]);
}

export function entry(icon: Element, text: string): HTMLElement {
  return h("li", {}, [icon, h("span", {}, text)]);
}

function picture(parts: [string, Record<string, string>][]): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const frame = {
    viewBox: "-12 -12 24 24",
    width: "24",
    height: "24",
    "aria-hidden": "true",
    class: "geo-icon geo-icon-plain",
  };
  for (const [name, value] of Object.entries(frame)) svg.setAttribute(name, value);
  for (const [tag, attributes] of parts) {
    const part = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries({ fill: "none", stroke: "currentColor", ...attributes }))
      part.setAttribute(name, value);
    svg.append(part);
  }
  return svg;
}

function paleIcon(): SVGSVGElement {
  return picture([["circle", { r: "7", fill: "currentColor", stroke: "none", "fill-opacity": "0.4" }]]);
}

function ringIcon(): SVGSVGElement {
  return picture([
    ["circle", { r: "10.5", "stroke-width": "1", fill: "currentColor", "fill-opacity": "0.1" }],
    ["circle", { r: "4.5", fill: "currentColor" }],
  ]);
}

function plateIcon(): SVGSVGElement {
  return picture([
    ["circle", { r: "11", stroke: "none", fill: "currentColor", "fill-opacity": "0.14" }],
    [
      "rect",
      { x: "-9", y: "-5", width: "18", height: "10", rx: "5", "stroke-dasharray": "2.5 2", "stroke-width": "1.3" },
    ],
  ]);
}

function groupIcon(colours: string[]): SVGSVGElement {
  const share = (2 * Math.PI * 9) / 3;
  return picture(
    [0, 1, 2].map((at) => [
      "circle",
      {
        r: "9",
        stroke: colours[at] ?? "currentColor",
        "stroke-width": "3.5",
        "stroke-dasharray": `${share} ${share * 2}`,
        "stroke-dashoffset": String(-share * at),
      },
    ]),
  );
}

function arrowIcon(): SVGSVGElement {
  return picture([
    ["path", { d: "M-10 6 Q-2 -6 6 -4", "stroke-width": "1.6" }],
    ["path", { d: "M10 -3.5 L3 -8 L4.5 -0.5 Z", fill: "currentColor", stroke: "none" }],
  ]);
}

/** Choices of what is drawn; online maps are listed, off, and say what choosing them does. */
export function layersView({ words, meta }: Context, choice: LayerChoice, hasLinks: boolean): HTMLElement {
  const check = (key: string, on: boolean, change: (on: boolean) => void) => {
    const input = h("input", { type: "checkbox", checked: on }, [], { change: () => change(input.checked) });
    return h("li", {}, h("label", { class: "geo-check" }, [input, words.say(key)]));
  };
  const radio = (name: string, text: string, on: boolean, change: () => void) => {
    const input = h("input", { type: "radio", name, checked: on }, [], { change });
    return h("li", {}, h("label", { class: "geo-check" }, [input, text]));
  };
  const tiles = meta.tiles ?? [];
  return h("div", { class: "geo-layers" }, [
    h("fieldset", {}, [
      h("legend", {}, words.say("layers.show")),
      h("ul", {}, [
        radio("geo-mode", words.say("layers.marks"), !choice.startsWithHeat, () => choice.heat(false)),
        radio("geo-mode", words.say("layers.heat"), choice.startsWithHeat, () => choice.heat(true)),
        check("layers.circles", true, choice.circles),
        hasLinks ? check("layers.arrows", true, choice.arrows) : null,
        meta.streets ? check("layers.streets", true, choice.streets) : null,
      ]),
    ]),
    tiles.length === 0
      ? null
      : h("fieldset", {}, [
          h("legend", {}, words.say("layers.background")),
          h("ul", {}, [
            radio("geo-tiles", words.say("layers.embedded"), true, () => choice.tiles(-1)),
            ...tiles.map((tile, at) =>
              radio("geo-tiles", `${tile.name} ${words.say("layers.online")}`, false, () => choice.tiles(at)),
            ),
          ]),
        ]),
  ]);
}
