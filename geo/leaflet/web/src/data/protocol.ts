/** What the page and its worker say to each other. */

import type { ColumnSpec } from "./format.ts";
import type { Values } from "./columns.ts";

/** The core as the page keeps it: columns by name, and the points in curve order. */
export interface Core {
  rows: number;
  columns: Record<string, Values>;
  /** World coordinates of all rows in 1/2^32 of the Web Mercator world; 0 where there is no point. */
  x: Uint32Array;
  y: Uint32Array;
  points: Curve;
  areas: Curve;
}

/** Rows in the order of the Z curve, with their keys. */
export interface Curve {
  order: Uint32Array;
  keys: Uint32Array;
}

export interface CoreTask {
  kind: "core";
  text: string;
  columns: ColumnSpec[];
  rows: number;
  /** Codes of `geo_precision` that are drawn as areas, and those that are listed only. */
  areaCodes: number[];
  listedCodes: number[];
}

export type Task =
  | CoreTask
  | { kind: "json"; text: string }
  | { kind: "ints"; text: string }
  | { kind: "bytes"; text: string }
  | { kind: "store"; name: string; part: number; text: string }
  | { kind: "part"; name: string; part: number }
  | { kind: "textPart"; name: string; part: number }
  | { kind: "index" }
  | { kind: "search"; query: string; rows: number }
  | { kind: "quotes"; rows: number[]; detailRows: number; reportRows: number };

export type Answer =
  { task: number; value: unknown } | { task: number; progress: number } | { task: number; error: string };
