/** The world repeats to the east and to the west: which of its copies a view shows. */

import type { Frame } from "./canvas_layer.ts";

/** The frame as seen from the copy of the world that begins `at` worlds further east. */
function from(frame: Frame, at: number): Frame {
  return { ...frame, left: frame.left - at * frame.world };
}

/** A frame for each copy of the world that lies in it, the westernmost first. */
export function copies(frame: Frame): Frame[] {
  const first = Math.floor(frame.left / frame.world);
  const last = Math.ceil((frame.left + frame.width) / frame.world) - 1;
  return Array.from({ length: last - first + 1 }, (_, at) => from(frame, first + at));
}

/** One part of the world round the middle of a view: what lies from `west` to `east`, in 0..1. */
export interface Part {
  frame: Frame;
  west: number;
  east: number;
}

/**
 * The one world round the middle of a view, so that each place stands once, where it is nearest to that: cut half a
 * turn away from the middle, at a whole step of 1/`steps`.
 */
export function around(frame: Frame, steps: number): [Part, Part] {
  const cut = Math.round(((frame.left + frame.width / 2) / frame.world - 0.5) * steps) / steps;
  const first = Math.floor(cut);
  return [
    { frame: from(frame, first), west: cut - first, east: 1 },
    { frame: from(frame, first + 1), west: 0, east: cut - first },
  ];
}

/** A longitude, a whole turn further where that is nearer to `middle`: 185 for -175, seen from Fiji. */
export function nearestTurn(lon: number, middle: number): number {
  return lon + 360 * Math.round((middle - lon) / 360);
}
