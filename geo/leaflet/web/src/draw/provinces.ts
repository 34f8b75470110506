/** The outlines of provinces that incidents are known by. */

import type { Outlines } from "../data/format.ts";
import { readLine, trace, type Line } from "./basemap_lines.ts";
import type { Frame } from "./canvas_layer.ts";

export class Provinces {
  readonly #shapes: Line[][];
  readonly #shapeOf: Map<number, number>;

  constructor({ scale, shapes, rows, shape_of }: Outlines) {
    this.#shapes = shapes.map((rings) => rings.map((ring) => readLine(ring, scale)));
    this.#shapeOf = new Map(rows.map((row, at) => [row, shape_of[at]]));
  }

  /** The outline of the province of a row in a frame; null where only a circle is known. */
  outlineOf(frame: Frame, row: number): Path2D | null {
    const shape = this.#shapeOf.get(row);
    if (shape === undefined) return null;
    const path = new Path2D();
    for (const ring of this.#shapes[shape]) trace(frame, ring, true, path);
    return path;
  }
}
