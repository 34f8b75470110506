/** The geometry of the basemap: undo the differences and project. */

import type { BasemapLevel } from "../data/format.ts";
import { worldX, worldY } from "../data/morton.ts";

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
