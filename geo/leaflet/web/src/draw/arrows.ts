/** Arrows from an incident to what was done in answer, along great circles. */

import { worldX, worldY } from "../data/morton.ts";
import { greatCircle, type LonLat } from "./geodesy.ts";
import type { Obstacle } from "./labels.ts";
import { FONT, type Brush } from "./marks.ts";

const MOST = 14; // in one view; beyond that, arrows would hide the map, and only those of the chosen incident are drawn
const NEAR = 14; // pixels between two marks that touch

type Pixel = [x: number, y: number];

/** One arrow: rows of the earlier incident and of the answer. */
export type Pair = readonly [earlier: number, answer: number];

/**
 * Draw the arrows whose two ends are shown.
 *
 * @param label The days in words, "3 → 8 Jan", written along arrows that are long enough.
 * @param marks Where marks stand: words keep clear of them, and of each other.
 * @returns Where those words stand, so that names of towns keep clear of them, and how many arrows were drawn.
 */
export function drawArrows(
  brush: Brush,
  pairs: Pair[],
  chosen: number,
  label: (pair: Pair) => string,
  marks: Obstacle[],
): { words: Obstacle[]; n: number } {
  const written: Obstacle[] = [];
  let n = 0;
  const inSight = pairs.filter((pair) => begins(brush, pair));
  const drawn = inSight.length > MOST ? inSight.filter((pair) => pair.includes(chosen)) : inSight;
  for (const pair of drawn) {
    const [from, to] = pair.map((row) => brush.table.lonLat(row)) as [LonLat, LonLat];
    const emphasis = pair.includes(chosen);
    const path = pathOf(brush, from, to);
    if (!path.length) continue;
    drawArrow(brush, path, emphasis);
    n++;
    written.push(...drawLabel(brush, path, label(pair), [...marks, ...written]));
  }
  return { words: written, n };
}

/** Whether both ends have a point and one of them is in the frame: a line between two places out of sight says nothing. */
function begins({ frame, table }: Brush, pair: Pair): boolean {
  if (!pair.every((row) => table.lonLat(row))) return false;
  return pair.some((row) => {
    const [x, y] = table.world(row);
    const [left, top] = [x * frame.world - frame.left, y * frame.world - frame.top];
    return left > 0 && left < frame.width && top > 0 && top < frame.height;
  });
}

/** The way between two marks; empty where they touch or stand at one place, and an arrow would say nothing. */
function pathOf({ frame }: Brush, from: LonLat, to: LonLat): Pixel[] {
  const line = greatCircle(from, to).map(([lon, lat]): Pixel => [
    worldX(lon) * frame.world - frame.left,
    worldY(lat) * frame.world - frame.top,
  ]);
  return lengthOf(line) < NEAR ? [] : trim(line, 12, 17);
}

function lengthOf(line: Pixel[]): number {
  let length = 0;
  for (let at = 1; at < line.length; at++)
    length += Math.hypot(line[at][0] - line[at - 1][0], line[at][1] - line[at - 1][1]);
  return length;
}

/** Cut a line so that it does not run under the marks at its ends. */
function trim(line: Pixel[], atStart: number, atEnd: number): Pixel[] {
  const length = lengthOf(line);
  const [from, to] = length > 40 ? [atStart, length - atEnd] : [length * 0.25, length * 0.75];
  const kept: Pixel[] = [pointAt(line, from)];
  let walked = 0;
  for (let at = 1; at < line.length; at++) {
    walked += Math.hypot(line[at][0] - line[at - 1][0], line[at][1] - line[at - 1][1]);
    if (walked > from && walked < to) kept.push(line[at]);
  }
  kept.push(pointAt(line, to));
  return kept;
}

function pointAt(line: Pixel[], wanted: number): Pixel {
  let walked = 0;
  for (let at = 1; at < line.length; at++) {
    const [a, b] = [line[at - 1], line[at]];
    const step = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (walked + step >= wanted && step > 0) {
      const share = (wanted - walked) / step;
      return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    }
    walked += step;
  }
  return line[line.length - 1];
}

/** A ribbon that widens in the direction of time, and a head where the answer lies. */
function drawArrow({ frame: { context }, theme }: Brush, path: Pixel[], emphasis: boolean): void {
  const [tip, before] = [path[path.length - 1], pointAt(path, Math.max(0, lengthOf(path) - 9))];
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const ink = emphasis ? theme.accent : theme.ink;
  context.lineCap = "round";
  for (const [casing, colour] of [
    [2.4, theme.halo],
    [0, ink],
  ] as const) {
    context.strokeStyle = colour;
    context.fillStyle = colour;
    for (let at = 1; at < path.length; at++) {
      const share = at / (path.length - 1);
      context.beginPath();
      context.moveTo(...path[at - 1]);
      context.lineTo(...path[at]);
      context.lineWidth = (emphasis ? 1.4 : 0.9) + 1.5 * share + casing;
      context.stroke();
    }
    const size = (emphasis ? 14 : 12) + casing / 2;
    context.beginPath();
    context.moveTo(tip[0] + (casing / 2) * Math.cos(angle), tip[1] + (casing / 2) * Math.sin(angle));
    for (const side of [2.68, -2.68])
      context.lineTo(tip[0] + size * Math.cos(angle + side), tip[1] + size * Math.sin(angle + side));
    context.fill();
  }
}

const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7]; // shares of an arrow where its words may stand, the best first

/** Write words along an arrow where they keep clear of what stands there; nowhere, when there is no such place. */
function drawLabel({ frame: { context }, theme }: Brush, path: Pixel[], text: string, taken: Obstacle[]): Obstacle[] {
  const length = lengthOf(path);
  context.font = `500 11px ${FONT}`;
  const wide = context.measureText(text).width;
  if (!text || length < wide + 36) return [];
  for (const share of ALONG) {
    const middle = length * share;
    if (middle < wide / 2 + 8 || length - middle < wide / 2 + 16) continue;
    const [x, y] = pointAt(path, middle);
    const [from, to] = [pointAt(path, middle - 6), pointAt(path, middle + 6)];
    let angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    if (Math.abs(angle) > Math.PI / 2) angle += Math.PI; // never upside down
    const n = Math.ceil(wide / 10);
    const room = Array.from({ length: n + 1 }, (_, at) => {
      const along = (at / n - 0.5) * wide;
      return {
        x: x + along * Math.cos(angle) + 9 * Math.sin(angle),
        y: y + along * Math.sin(angle) - 9 * Math.cos(angle),
        radius: 8,
      };
    });
    if (room.some((spot) => taken.some((other) => meet(spot, other)))) continue;
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.lineJoin = "round";
    context.strokeStyle = theme.halo;
    context.lineWidth = 3.5;
    context.strokeText(text, 0, -4);
    context.fillStyle = theme.ink;
    context.fillText(text, 0, -4);
    context.restore();
    return room;
  }
  return [];
}

function meet(one: Obstacle, other: Obstacle): boolean {
  return Math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius - 2;
}
