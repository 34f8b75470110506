/** Names on the basemap: the most important first, none over another. */

import type { Frame } from "./canvas_layer.ts";
import type { Theme } from "./theme.ts";

export interface Label {
  name: string;
  /** World units, 0..1. */
  x: number;
  y: number;
  kind: "country" | "city" | "admin1";
  /** 0 for a capital, up to 4 for a small town. */
  rank: number;
  minZoom: number;
}

type Box = [left: number, top: number, right: number, bottom: number];

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif';
const CITY_SIZES = [13, 12.5, 12, 11.5, 11];

export function drawLabels(frame: Frame, labels: Label[], theme: Theme): void {
  const { context, width, height, left, top, world, zoom } = frame;
  const taken: Box[] = [];
  context.lineJoin = "round";
  for (const label of labels) {
    if (label.minZoom > zoom) continue;
    const x = label.x * world - left;
    const y = label.y * world - top;
    if (x < -60 || y < -20 || x > width + 60 || y > height + 20) continue;
    if (label.kind === "country" && zoom > 7) continue;
    drawLabel(context, label, x, y, taken, theme);
  }
  context.globalAlpha = 1;
}

function drawLabel(context: CanvasRenderingContext2D, label: Label, x: number, y: number, taken: Box[], theme: Theme): void {
  const city = label.kind === "city";
  const size = city ? (CITY_SIZES[label.rank] ?? 11) : label.kind === "country" ? 14 : 11;
  context.font = `${city && label.rank > 0 ? 400 : 600} ${size}px ${FONT}`;
  const name = label.kind === "country" && /^[\x20-\x7e]+$/.test(label.name) ? label.name.toUpperCase() : label.name;
  if ("letterSpacing" in context) context.letterSpacing = label.kind === "country" ? "2px" : "0px";
  const wide = context.measureText(name).width;
  const shift = city ? 7 : -wide / 2;
  const box: Box = [x + shift - 3, y - size * 0.7, x + shift + wide + 3, y + size * 0.7];
  if (taken.some((other) => overlaps(box, other))) return;
  taken.push(box);
  context.globalAlpha = city ? 1 : 0.75;
  if (city) drawDot(context, label.rank, x, y, theme);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.direction = "ltr"; // placement only: the letters of a name run as their script does
  context.strokeStyle = theme.halo;
  context.lineWidth = 3;
  context.strokeText(name, x + shift, y);
  context.fillStyle = theme.label;
  context.fillText(name, x + shift, y);
}

function drawDot(context: CanvasRenderingContext2D, rank: number, x: number, y: number, theme: Theme): void {
  context.beginPath();
  if (rank === 0) context.rect(x - 2.5, y - 2.5, 5, 5);
  else context.arc(x, y, rank < 3 ? 2 : 1.5, 0, 2 * Math.PI);
  context.fillStyle = theme.halo;
  context.fill();
  context.strokeStyle = theme.label;
  context.lineWidth = 1.1;
  context.stroke();
}

function overlaps(one: Box, other: Box): boolean {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}
