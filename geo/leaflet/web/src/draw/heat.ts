/** Where incidents crowd: counts on a coarse grid, smoothed, in one colour that deepens. */

import type { Frame } from "./canvas_layer.ts";
import type { Part } from "./worlds.ts";

const CELL = 8; // pixels: drawn smoothly, no one sees the steps

/** Draw the density of the points that are shown. */
export function drawHeat(
  parts: [Part, Part],
  { x, y, shown }: { x: Uint32Array; y: Uint32Array; shown: Uint8Array },
  dark: boolean,
): void {
  const [{ frame, west }, { frame: further }] = parts;
  const columns = Math.ceil(frame.width / CELL);
  const lines = Math.ceil(frame.height / CELL);
  const counts = new Float32Array(columns * lines);
  const scale = frame.world / 4294967296 / CELL;
  const [left, top] = [frame.left / CELL, frame.top / CELL];
  const [seam, furtherLeft] = [west * 4294967296, further.left / CELL];
  for (let at = 0; at < shown.length; at++) {
    if (!shown[at]) continue;
    const column = Math.floor(x[at] * scale - (x[at] < seam ? furtherLeft : left));
    const line = Math.floor(y[at] * scale - top);
    if (column >= 0 && line >= 0 && column < columns && line < lines) counts[line * columns + column]++;
  }
  let smooth: Float32Array = counts;
  for (let pass = 0; pass < 3; pass++) smooth = blur(smooth, columns, lines, 2); // three boxes are nearly a Gaussian
  paint(frame, smooth, columns, lines, dark);
}

/** The mean over a square of `reach` cells to each side. */
export function blur(values: Float32Array, columns: number, lines: number, reach: number): Float32Array<ArrayBuffer> {
  const across = new Float32Array(values.length);
  for (let line = 0; line < lines; line++) slide(values, across, line * columns, 1, columns, reach);
  const both = new Float32Array(values.length);
  for (let column = 0; column < columns; column++) slide(across, both, column, columns, lines, reach);
  return both;
}

/** The mean over a window that slides along one line of the grid. */
function slide(from: Float32Array, to: Float32Array, start: number, stride: number, n: number, reach: number): void {
  let sum = 0;
  for (let at = 0; at < Math.min(reach, n); at++) sum += from[start + at * stride];
  for (let at = 0; at < n; at++) {
    if (at + reach < n) sum += from[start + (at + reach) * stride];
    if (at - reach - 1 >= 0) sum -= from[start + (at - reach - 1) * stride];
    to[start + at * stride] = sum / (2 * reach + 1);
  }
}

function paint({ context }: Frame, values: Float32Array, columns: number, lines: number, dark: boolean): void {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  if (most === 0) return;
  const image = new ImageData(columns, lines);
  const scale = 1 / Math.log1p(most * 40);
  for (let at = 0; at < values.length; at++) {
    const share = Math.log1p(values[at] * 40) * scale; // logarithmic, or one city would be all there is
    if (share < 0.04) continue;
    const [red, green, blue] = ramp(share, dark);
    image.data.set([red, green, blue, Math.min(225, share * 260)], at * 4);
  }
  const small = new OffscreenCanvas(columns, lines);
  (small.getContext("2d") as OffscreenCanvasRenderingContext2D).putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(small, 0, 0, columns * CELL, lines * CELL);
}

const LIGHT = [
  [254, 217, 142],
  [253, 141, 60],
  [204, 51, 17],
  [102, 0, 31],
];
const DARK = [
  [90, 40, 90],
  [200, 60, 80],
  [250, 150, 60],
  [255, 240, 180],
];

function ramp(share: number, dark: boolean): number[] {
  const stops = dark ? DARK : LIGHT;
  const at = Math.min(stops.length - 1.001, share * (stops.length - 1));
  const low = Math.floor(at);
  return stops[low].map((value, channel) => value + (stops[low + 1][channel] - value) * (at - low));
}
