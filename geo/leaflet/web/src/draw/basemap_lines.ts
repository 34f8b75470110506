/** The geometry of the basemap: undo the differences and project. */

import type { BasemapLevel } from "../data/format.ts";
import { worldX, worldY } from "../data/morton.ts";
import type { Frame } from "./canvas_layer.ts";

/** A ring or line in world units (0..1), with its bounds for a quick look whether it is in sight. */
export interface Line {
  points: Float64Array;
  west: number;
  east: number;
  north: number;
  south: number;
}

export interface Level {
  minZoom: number;
  bounds: [number, number, number, number];
  countries: { code: string; rings: Line[] }[];
  borders: Line[];
  admin1: Line[];
  lakes: Line[];
  rivers: Line[];
}

export function readLevel(level: BasemapLevel): Level {
  const lines = (coded: number[][] | undefined) => (coded ?? []).map((line) => readLine(line, level.scale));
  return {
    minZoom: level.min_zoom,
    bounds: level.bbox,
    countries: level.countries.map(({ code, rings }) => ({ code, rings: lines(rings) })),
    borders: lines(level.borders),
    admin1: lines(level.admin1),
    lakes: lines(level.lakes),
    rivers: lines(level.rivers),
  };
}

/** Undo the differences and project. */
export function readLine(coded: number[], scale: number): Line {
  const points = new Float64Array(coded.length);
  const line = { points, west: Infinity, east: -Infinity, north: Infinity, south: -Infinity };
  let lon = 0;
  let lat = 0;
  for (let at = 0; at < coded.length; at += 2) {
    lon += coded[at];
    lat += coded[at + 1];
    const x = (points[at] = worldX(lon / scale));
    const y = (points[at + 1] = worldY(lat / scale));
    line.west = Math.min(line.west, x);
    line.east = Math.max(line.east, x);
    line.north = Math.min(line.north, y);
    line.south = Math.max(line.south, y);
  }
  return line;
}

/** Add a line to the path, leaving out points that fall on the same half pixel. */
export function trace(frame: Frame, line: Line, closed: boolean, path: CanvasPath = frame.context): boolean {
  const { left, top, width, height, world } = frame;
  if (line.east * world < left || line.west * world > left + width) return false;
  if (line.south * world < top || line.north * world > top + height) return false;
  const { points } = line;
  let lastX = NaN;
  let lastY = NaN;
  for (let at = 0; at < points.length; at += 2) {
    const x = points[at] * world - left;
    const y = points[at + 1] * world - top;
    if (at === 0) path.moveTo(x, y);
    else if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.6 && at < points.length - 2) continue;
    else path.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
  if (closed) path.closePath();
  return true;
}
