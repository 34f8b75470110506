/** Spread the marks of one point: a ring for few, a spiral for many. */

import * as marks from "./marks.ts";

export const FAN_MOST = 60;

/** Offsets in pixels from the common point, in the order of the rows. */
export function fanOffsets(n: number): [number, number][] {
  return n <= 10 ? ring(n) : spiral(n);
}

/** Draw the marks of rows round their common point, each on a line to it. */
export function drawFan(brush: marks.Brush, rows: number[], centre: { x: number; y: number }): marks.Item[] {
  const { context } = brush.frame;
  const ends = fanOffsets(rows.length).map(([dx, dy]) => [centre.x + dx, centre.y + dy]);
  context.strokeStyle = brush.theme.ink;
  context.lineWidth = 1;
  context.globalAlpha = 0.6;
  for (const [x, y] of ends) {
    context.beginPath();
    context.moveTo(centre.x, centre.y);
    context.lineTo(x, y);
    context.stroke();
  }
  context.globalAlpha = 1;
  return rows.map((row, at) => {
    const [x, y] = ends[at];
    return { kind: "fan", x, y, radius: marks.drawOne(brush, row, x, y), row, group: null };
  });
}

function ring(n: number): [number, number][] {
  const radius = Math.max(34, (n * 30) / (2 * Math.PI));
  return Array.from({ length: n }, (_, at) => polar(radius, -Math.PI / 2 + (at * 2 * Math.PI) / n));
}

function spiral(n: number): [number, number][] {
  const offsets: [number, number][] = [];
  let angle = -Math.PI / 2;
  for (let at = 0; at < n; at++) {
    const radius = 36 + 4.6 * (angle + Math.PI / 2);
    offsets.push(polar(radius, angle));
    angle += 29 / radius;
  }
  return offsets;
}

function polar(radius: number, angle: number): [number, number] {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
