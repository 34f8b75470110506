/** Draw incidents: marks and groups, areas, circles of uncertainty. */

import type { Group } from "../data/clusters.ts";
import type { Table } from "../data/table.ts";
import type { Frame } from "./canvas_layer.ts";
import { circle } from "./geodesy.ts";
import { worldX, worldY } from "../data/morton.ts";
import { drawMark, radiusOf } from "./shapes.ts";
import type { Theme } from "./theme.ts";

const TURN = 2 * Math.PI;
const OTHER_TYPE = "#6b6b6b";
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif';

/** Something on the canvas that can be pointed at. */
export interface Item {
  kind: "mark" | "group" | "area" | "fan";
  x: number;
  y: number;
  /** Reach of a click, in pixels. */
  radius: number;
  /** Half the width, where the thing is wider than high. */
  halfWidth?: number;
  row: number;
  group: Group | null;
}

export interface Brush {
  frame: Frame;
  table: Table;
  theme: Theme;
  compact: (n: number) => string;
}

export function colourOf(table: Table, type: number): string {
  return table.meta.legend[type]?.colour ?? OTHER_TYPE;
}

export function shapeOf(table: Table, type: number): string {
  return table.meta.legend[type]?.shape ?? "circle";
}

/** Whether a row is of a dataset that is drawn with rings, to be distinguished from the one beside it. */
export function isRing(table: Table, row: number): boolean {
  const { rings } = table.meta;
  return Boolean(rings?.length) && rings!.includes(table.text("dataset", row) ?? "");
}

const PALE = 0.5; // a reading that is rather wrong than right is drawn pale

export function isPale(table: Table, row: number): boolean {
  return (table.number("confidence", row) ?? 1) < PALE;
}

export function drawOne({ frame, table, theme }: Brush, row: number, x: number, y: number): number {
  const type = table.typeCode(row);
  const radius = radiusOf(table.casualties(row));
  const ring = isRing(table, row);
  const mark = { shape: shapeOf(table, type), status: table.term("status", row), radius, ring };
  frame.context.globalAlpha = isPale(table, row) ? 0.5 : 1;
  drawMark(frame.context, mark, { colour: colourOf(table, type), paper: theme.paper }, x, y);
  frame.context.globalAlpha = 1;
  return radius;
}

/** Half the width of a group, in pixels. */
export function groupRadius({ n }: Group): number {
  return Math.min(27, 10 + 2.2 * Math.log2(n));
}

/** A number within a ring whose parts show the types; a slight one where it stands on a picture of the density. */
export function drawGroup(
  { frame, table, theme, compact }: Brush,
  group: Group,
  x: number,
  y: number,
  slight = false,
): number {
  const { context } = frame;
  const radius = slight ? Math.max(10, groupRadius(group) * 0.72) : groupRadius(group);
  context.beginPath();
  context.arc(x, y, radius + (slight ? 0 : 1.5), 0, TURN);
  context.globalAlpha = slight ? 0.85 : 1;
  context.fillStyle = theme.paper;
  context.fill();
  context.globalAlpha = 1;
  const width = slight ? 2.5 : Math.max(3.5, radius * 0.2);
  let from = -TURN / 4;
  group.types.forEach((n, type) => {
    if (!n) return;
    const to = from + (n / group.n) * TURN;
    context.beginPath();
    context.arc(x, y, radius - width / 2, from, to);
    context.strokeStyle = colourOf(table, type);
    context.lineWidth = width;
    context.stroke();
    from = to;
  });
  centred(context, compact(group.n), x, y, `600 ${radius < 16 ? 11 : 12.5}px ${FONT}`, theme.onpaper);
  return radius + 2;
}

/** An area: a veil over where it may have happened, and a plate with words instead of a dot. */
export function drawPlate(
  brush: Brush,
  text: string,
  colour: string,
  x: number,
  y: number,
): { halfWidth: number; radius: number } {
  const { context } = brush.frame;
  context.font = `500 11.5px ${FONT}`;
  const halfWidth = context.measureText(text).width / 2 + 9;
  context.beginPath();
  context.roundRect(x - halfWidth, y - 10, halfWidth * 2, 20, 10);
  context.fillStyle = brush.theme.paper;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.setLineDash([3, 3]);
  context.stroke();
  context.setLineDash([]);
  centred(context, text, x, y, context.font, brush.theme.onpaper);
  return { halfWidth, radius: 11 };
}

/** A veil without an edge, for areas that are too small on the screen to have a circle. */
export function drawBlur({ frame: { context } }: Brush, colour: string, x: number, y: number, radius: number): void {
  const veil = context.createRadialGradient(x, y, 0, x, y, radius);
  veil.addColorStop(0, `${colour}66`);
  veil.addColorStop(1, `${colour}00`);
  context.fillStyle = veil;
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.fill();
}

/** Radius in pixels of a circle on the ground. */
export function groundRadius(frame: Frame, lat: number, metres: number): number {
  return (metres / (40_075_016.7 * Math.cos((lat * Math.PI) / 180))) * frame.world;
}

/** The colour of a veil or circle: lifted in the dark, where a deep colour would drown. */
function tone(colour: string, { land }: Theme): string {
  return isDark(land) ? `color-mix(in srgb, ${colour} 62%, white)` : colour;
}

export function isDark(colour: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return red + green + blue < 300;
}

/** The outline of the province that an incident is known by. */
export function drawOutline(
  { frame: { context }, theme }: Brush,
  path: Path2D,
  options: { colour: string; fill: number },
): void {
  const colour = tone(options.colour, theme);
  context.globalAlpha = options.fill;
  context.fillStyle = colour;
  context.fill(path, "evenodd");
  context.globalAlpha = 0.75;
  context.strokeStyle = colour;
  context.lineWidth = 1.2;
  context.setLineDash([5, 4]);
  context.stroke(path);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The circle within which the true place lies: true on the ground, so it is no round circle far north. */
export function drawUncertainty(
  brush: Brush,
  row: number,
  options: { colour: string; dashed: boolean; fill: number },
): void {
  const { frame, table } = brush;
  const metres = table.number("uncertainty_m", row);
  const at = table.lonLat(row);
  if (!metres || !at) return;
  const { context } = frame;
  context.beginPath();
  if (metres < 50_000) {
    context.arc(
      worldX(at[0]) * frame.world - frame.left,
      worldY(at[1]) * frame.world - frame.top,
      groundRadius(frame, at[1], metres),
      0,
      TURN,
    );
  } else {
    for (const [lon, lat] of circle(at, metres))
      context.lineTo(worldX(lon) * frame.world - frame.left, worldY(lat) * frame.world - frame.top);
    context.closePath();
  }
  const colour = tone(options.colour, brush.theme);
  context.globalAlpha = options.fill;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 0.75;
  context.strokeStyle = colour;
  context.lineWidth = 1.1;
  context.setLineDash(options.dashed ? [5, 4] : []);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** A ring round what is chosen. */
export function drawChosen({ frame: { context }, theme }: Brush, x: number, y: number, radius: number): void {
  for (const [width, colour] of [
    [6, theme.halo],
    [3, theme.accent],
  ] as const) {
    context.beginPath();
    context.arc(x, y, radius + 5, 0, TURN);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

export function centred(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  font: string,
  colour: string,
): void {
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colour;
  context.fillText(text, x, y + 0.5);
}
