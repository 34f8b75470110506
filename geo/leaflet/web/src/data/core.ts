/** Decode the columns of all incidents and put their points in order. */

import { readColumn, type Values } from "./columns.ts";
import { DEGREE, NULL_INT, type Meta } from "./format.ts";
import { radixOrder, weave, worldX, worldY } from "./morton.ts";
import type { Core, CoreTask, Curve } from "./protocol.ts";

const WORLD = 4294967296;
const WIDE_M = 30_000;
const LISTED = 0;
const POINT = 1;
const AREA = 2;
/** Precisions of place that are drawn as areas, and those that are listed only. */
export const AREAS = ["admin", "region", "unknown"];
export const LISTED_ONLY = ["country"];

export function decodeCore(bytes: Uint8Array, task: CoreTask): Core {
  const { rows } = task;
  const columns: Record<string, Values> = {};
  for (const spec of task.columns) columns[spec.name] = readColumn(bytes, spec, rows);
  const scales = { lon: scaleOf(task, "lon"), lat: scaleOf(task, "lat") };
  return { rows, columns, ...curves(columns, rows, scales, task.areaCodes, task.listedCodes) };
}

/** Put the points of a core in order again after its columns were changed. */
export function drawnCurves(core: Core, { geo_precisions }: Pick<Meta, "geo_precisions">, scale: number) {
  const areaCodes = codesOf(geo_precisions, AREAS);
  return curves(core.columns, core.rows, { lon: scale, lat: scale }, areaCodes, codesOf(geo_precisions, LISTED_ONLY));
}

export function codesOf(terms: string[], wanted: string[]): number[] {
  return wanted.map((term) => terms.indexOf(term)).filter((code) => code >= 0);
}

function curves(
  columns: Record<string, Values>,
  rows: number,
  scales: { lon: number; lat: number },
  areaCodes: number[],
  listedCodes: number[],
) {
  const { x, y, placed } = project(columns, rows, scales.lon, scales.lat);
  const precision = columns.geo_precision;
  const isArea = memberTable(areaCodes);
  const isListed = memberTable(listedCodes);
  const kindOf = (row: number): number => {
    if (!placed[row]) return LISTED;
    // A page without the precision goes by how far off the place can be.
    if (!precision) return columns.uncertainty_m?.[row] > WIDE_M ? AREA : POINT;
    return isListed[precision[row]] ? LISTED : isArea[precision[row]] ? AREA : POINT;
  };
  return { x, y, points: curveOf(POINT, rows, kindOf, x, y), areas: curveOf(AREA, rows, kindOf, x, y) };
}

function scaleOf({ columns }: CoreTask, name: string): number {
  return columns.find((spec) => spec.name === name)?.scale ?? DEGREE;
}

function memberTable(codes: number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const code of codes) table[code] = 1;
  return table;
}

/** Degrees to whole numbers of the Web Mercator world, once, so that drawing needs no logarithms. */
function project(columns: Record<string, Values>, rows: number, lonScale: number, latScale: number) {
  const { lon, lat } = columns;
  const x = new Uint32Array(rows);
  const y = new Uint32Array(rows);
  const placed = new Uint8Array(rows);
  if (!lon || !lat) return { x, y, placed };
  for (let row = 0; row < rows; row++) {
    if (lon[row] === NULL_INT || lat[row] === NULL_INT) continue;
    placed[row] = 1;
    x[row] = Math.min(WORLD - 1, worldX(lon[row] * lonScale) * WORLD);
    y[row] = Math.min(WORLD - 1, worldY(lat[row] * latScale) * WORLD);
  }
  return { x, y, placed };
}

function curveOf(kind: number, rows: number, kindOf: (row: number) => number, x: Uint32Array, y: Uint32Array): Curve {
  const members = new Uint32Array(rows);
  let n = 0;
  for (let row = 0; row < rows; row++) if (kindOf(row) === kind) members[n++] = row;
  const unsorted = new Uint32Array(n);
  for (let at = 0; at < n; at++) unsorted[at] = weave(x[members[at]] >>> 16, y[members[at]] >>> 16);
  const positions = radixOrder(unsorted);
  const order = new Uint32Array(n);
  const keys = new Uint32Array(n);
  for (let at = 0; at < n; at++) {
    order[at] = members[positions[at]];
    keys[at] = unsorted[positions[at]];
  }
  return { order, keys };
}
