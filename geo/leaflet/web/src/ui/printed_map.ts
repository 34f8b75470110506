/** The map on paper: each mark has the numbers of its incidents in the printed list, and a key of what is drawn. */

import type { Item } from "../draw/marks.ts";
import { FONT } from "../draw/marks.ts";
import { entry, icons, kindEntries, section, sizeEntries, statusEntries } from "./legend.ts";
import type { Context } from "./context.ts";
import { h } from "./dom.ts";

const MOST_NUMBERED = 60; // incidents: more numbers than that would hide the map
const NUMBER_HEIGHT = 11;
const LISTED = 4; // numbers beside one mark

/** What has been painted, and where the numbers of incidents are to stand. */
export interface Painted {
  context: CanvasRenderingContext2D;
  items: Item[];
  rowsOf: (item: Item) => number[];
}

/** Write beside every mark which entries of the list it stands for; not where there are too many. */
export function numberMarks({ context, items, rowsOf }: Painted, rows: Uint32Array): void {
  if (rows.length > MOST_NUMBERED) return;
  const numbers = new Map(Array.from(rows, (row, at) => [row, at + 1]));
  context.font = `700 11px ${FONT}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const item of items) {
    const here = rowsOf(item).flatMap((row) => numbers.get(row) ?? []);
    if (!here.length) continue;
    const text = here.length > LISTED ? `${here.slice(0, LISTED).join(", ")} …` : here.join(", ");
    const [x, y] = besideMark(item, context.measureText(text).width, items);
    context.strokeStyle = "#ffffff";
    context.lineWidth = 3.5;
    context.strokeText(text, x, y);
    context.fillStyle = "#000000";
    context.fillText(text, x, y);
  }
}

/** Where a number of some width begins: at the corner of its mark at which it hides least of the others. */
function besideMark(item: Item, wide: number, items: Item[]): [number, number] {
  const [across, down] = [(item.halfWidth ?? item.radius) * 0.8 + 2, item.radius * 0.8 + 3];
  const corners: [number, number][] = [
    [item.x + across, item.y - down],
    [item.x - across - wide, item.y - down],
    [item.x + across, item.y + down],
    [item.x - across - wide, item.y + down],
  ];
  const hidden = ([x, y]: [number, number]): number =>
    items.filter((other) => {
      const reach = other.halfWidth ?? other.radius;
      const within = other.x + reach > x && other.x - reach < x + wide;
      return other !== item && within && Math.abs(other.y - y) < other.radius + NUMBER_HEIGHT / 2;
    }).length;
  return corners.reduce((best, corner) => (hidden(corner) < hidden(best) ? corner : best));
}

/** What the printed map shows, and no more. */
export function printedKey(context: Context, items: Item[], hasArrows: boolean): HTMLElement {
  const { words, table, store } = context;
  const kinds = new Set(items.map(({ kind }) => kind));
  const numbered = store.rows.length <= MOST_NUMBERED;
  return h("div", { class: "geo-legend-body" }, [
    section(words.say("legend.kind"), kindEntries(context, store.shown)),
    section(words.say("legend.status"), statusEntries(context, store.shown)),
    section(words.say("legend.place"), [
      table.has("uncertainty_m") ? entry(icons.ring(), words.say("legend.circle")) : null,
      kinds.has("area") ? entry(icons.plate(), words.say("legend.area")) : null,
      kinds.has("group") ? entry(icons.group(context), words.say("print.group")) : null,
      hasArrows ? entry(icons.arrow(), words.say("print.arrow")) : null,
      numbered ? entry(h("b", { class: "geo-print-number" }, "1"), words.say("print.number")) : null,
    ]),
    section(words.say("legend.size"), sizeEntries(words), "geo-legend-sizes"),
  ]);
}
