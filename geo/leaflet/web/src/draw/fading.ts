/** Let lines that are known in some boxes alone fade out towards the edges of these, instead of ending as if cut. */

import type { Frame } from "./canvas_layer.ts";
import { blur } from "./heat.ts";

const CELL = 16; // pixels of a step of the mask
const REACH = 3; // steps that each of three passes smooths over: together they fade over some 100 pixels

const BORDER = 3 * REACH; // the mask begins outside the frame, whose own edge is none

/** Left, top, right and bottom in pixels of the frame. */
export type Rectangle = [number, number, number, number];

/**
 * Draw into the frame what `paint` draws, fading towards the edges of boxes.
 *
 * @param within Boxes outside of which nothing is drawn; none: it is drawn everywhere.
 * @param without Boxes inside of which nothing is drawn.
 * @param paint Draws onto the frame that it is given, which has a canvas of its own.
 */
export function drawFading(
  frame: Frame,
  within: Rectangle[],
  without: Rectangle[],
  paint: (frame: Frame) => void,
): void {
  const { context, width, height } = frame;
  const ratio = context.getTransform().a;
  const canvas = new OffscreenCanvas(Math.ceil(width * ratio), Math.ceil(height * ratio));
  const own = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  own.scale(ratio, ratio);
  own.lineJoin = "round";
  paint({ ...frame, context: own as unknown as CanvasRenderingContext2D });
  own.imageSmoothingEnabled = true;
  for (const [operation, boxes] of [["destination-in", within], ["destination-out", without]] as const) {
    if (!boxes.length) continue;
    own.globalCompositeOperation = operation;
    const { mask, columns, lines } = maskOf(width, height, boxes);
    own.drawImage(mask, -BORDER * CELL, -BORDER * CELL, columns * CELL, lines * CELL);
  }
  context.drawImage(canvas, 0, 0, width, height);
}

function maskOf(width: number, height: number, boxes: Rectangle[]) {
  const [columns, lines] = [width, height].map((pixels) => Math.ceil(pixels / CELL) + 2 * BORDER);
  const inside = new Float32Array(columns * lines);
  for (const box of boxes) {
    const [left, top, right, bottom] = box.map((pixels) => Math.round(pixels / CELL) + BORDER);
    for (let line = Math.max(0, top); line < Math.min(lines, bottom); line++)
      inside.fill(1, line * columns + clamped(left, columns), line * columns + clamped(right, columns));
  }
  let smooth: Float32Array = inside;
  for (let pass = 0; pass < 3; pass++) smooth = blur(smooth, columns, lines, REACH);
  const image = new ImageData(columns, lines);
  // Half at the edge of a box: from nothing there to all of it within.
  for (let at = 0; at < smooth.length; at++) image.data[4 * at + 3] = 255 * Math.min(1, Math.max(0, 2 * smooth[at] - 1));
  const mask = new OffscreenCanvas(columns, lines);
  (mask.getContext("2d") as OffscreenCanvasRenderingContext2D).putImageData(image, 0, 0);
  return { mask, columns, lines };
}

function clamped(at: number, most: number): number {
  return Math.max(0, Math.min(most, at));
}
