/**
 * Group the marks that would overlap at a zoom level.
 *
 * Points lie in the order of a Z curve, so that a square of the screen is a run of them
 * (morton.ts). Runs are counted under the present filter and remembered until it changes.
 */

import { BITS, weave } from "./morton.ts";
import type { Curve } from "./protocol.ts";

export const WORLD = 4294967296; // world units per axis, as in Core.x and Core.y
const CELL_BITS = 2; // a cell is a quarter of a 256 px tile: 64 px

/** Marks that are drawn as one. */
export interface Group {
  /** Centre in world units. */
  x: number;
  y: number;
  n: number;
  /** Incidents by type code. */
  types: Uint32Array;
  /** Runs of the curve that the group is made of, as pairs of first and last+1. */
  runs: number[];
  /** Row of the first member. */
  first: number;
  /** Whether all members lie at one point. */
  together: boolean;
}

export interface View {
  zoom: number;
  /** In world units. */
  west: number;
  north: number;
  east: number;
  south: number;
}

export class ClusterIndex {
  readonly curve: Curve;
  readonly #x: Uint32Array;
  readonly #y: Uint32Array;
  readonly #nTypes: number;
  /** By position on the curve, so that counting a cell reads memory in a row: place and type, and what the filter shows. */
  readonly #xAt: Uint32Array;
  readonly #yAt: Uint32Array;
  readonly #typeAt: Uint8Array;
  readonly #shownAt: Uint8Array;
  #shown: Uint8Array;
  #cells = new Map<number, Group | null>();
  #level = -1;

  constructor(curve: Curve, x: Uint32Array, y: Uint32Array, typeOf: (row: number) => number, nTypes: number) {
    this.curve = curve;
    this.#x = x;
    this.#y = y;
    this.#nTypes = nTypes;
    const { order } = curve;
    this.#xAt = new Uint32Array(order.length);
    this.#yAt = new Uint32Array(order.length);
    this.#typeAt = new Uint8Array(order.length);
    this.#shownAt = new Uint8Array(order.length);
    for (let at = 0; at < order.length; at++) {
      const row = order[at];
      this.#xAt[at] = x[row];
      this.#yAt[at] = y[row];
      this.#typeAt[at] = typeOf(row);
    }
    this.#shown = new Uint8Array(0);
  }

  /** By position on the curve: places, and 1 where the filter shows the point. */
  get points(): { x: Uint32Array; y: Uint32Array; shown: Uint8Array } {
    return { x: this.#xAt, y: this.#yAt, shown: this.#shownAt };
  }

  /** Take a new filter: one byte per row, 0 hides it. Gives how many points it shows. */
  filter(shown: Uint8Array): number {
    this.#shown = shown;
    const [{ order }, shownAt] = [this.curve, this.#shownAt];
    let n = 0;
    for (let at = 0; at < order.length; at++) n += shownAt[at] = shown[order[at]];
    this.#cells.clear();
    return n;
  }

  /**
   * The groups of a view.
   *
   * @param reach Distance in pixels below which groups are joined.
   * @param few When the view shows at most this many incidents, each is a mark of its own unless
   *     it touches another (closer than `touch` pixels).
   * @param radiusOf Half the width of a group in pixels: it takes in what it would cover.
   */
  groups(view: View, reach: number, few: number, touch: number, radiusOf: (group: Group) => number = () => 0): Group[] {
    const cells = this.#cellsOf(view);
    const total = cells.reduce((sum, cell) => sum + cell.n, 0);
    const perPixel = WORLD / (256 * 2 ** view.zoom);
    if (total > few) return this.#join(cells, reach * perPixel);
    const touching = this.#join(
      cells.flatMap((cell) => this.#singles(cell)),
      touch * perPixel,
    );
    return uncovered(touching, (group) => radiusOf(group) * perPixel);
  }

  /** All rows of a group that the filter shows, in row order. */
  rowsOf(group: Group): number[] {
    const rows: number[] = [];
    for (let run = 0; run < group.runs.length; run += 2) {
      for (let at = group.runs[run]; at < group.runs[run + 1]; at++) {
        const row = this.curve.order[at];
        if (this.#shown[row]) rows.push(row);
      }
    }
    return rows.sort((one, other) => one - other);
  }

  /** North-west and south-east corner, in world units, of the box round a group's shown members. */
  cornersOf(group: Group): [number, number][] {
    let [west, north, east, south] = [WORLD, WORLD, 0, 0];
    for (let run = 0; run < group.runs.length; run += 2) {
      for (let at = group.runs[run]; at < group.runs[run + 1]; at++) {
        const row = this.curve.order[at];
        if (!this.#shown[row]) continue;
        west = Math.min(west, this.#x[row]);
        east = Math.max(east, this.#x[row]);
        north = Math.min(north, this.#y[row]);
        south = Math.max(south, this.#y[row]);
      }
    }
    return [
      [west, north],
      [east, south],
    ];
  }

  /** Into how many halves of halves of the world a zoom is cut. */
  static levelOf(zoom: number): number {
    return Math.max(0, Math.min(BITS, Math.round(zoom) + CELL_BITS));
  }

  #cellsOf(view: View): Group[] {
    const level = ClusterIndex.levelOf(view.zoom);
    if (level !== this.#level) this.#cells.clear();
    this.#level = level;
    const side = 2 ** level;
    const first = (edge: number) => Math.max(0, Math.floor((edge / WORLD) * side));
    const last = (edge: number) => Math.min(side - 1, Math.floor((edge / WORLD) * side));
    const found: Group[] = [];
    for (let row = first(view.north); row <= last(view.south); row++) {
      for (let column = first(view.west); column <= last(view.east); column++) {
        const cell = this.#cell(weave(column, row), level);
        if (cell) found.push(cell);
      }
    }
    return found;
  }

  #cell(prefix: number, level: number): Group | null {
    const known = this.#cells.get(prefix);
    if (known !== undefined) return known;
    const span = 4 ** (BITS - level);
    const from = lowerBound(this.curve.keys, prefix * span);
    const to = lowerBound(this.curve.keys, (prefix + 1) * span);
    const cell = from < to ? this.#count(from, to) : null;
    this.#cells.set(prefix, cell);
    return cell;
  }

  #count(from: number, to: number): Group | null {
    const types = new Uint32Array(this.#nTypes);
    const [xs, ys, typeAt, shownAt] = [this.#xAt, this.#yAt, this.#typeAt, this.#shownAt];
    const { order } = this.curve;
    let [n, sumX, sumY, first] = [0, 0, 0, -1];
    let together = true;
    for (let at = from; at < to; at++) {
      if (!shownAt[at]) continue;
      if (first < 0) first = at;
      else if (xs[at] !== xs[first] || ys[at] !== ys[first]) together = false;
      n++;
      sumX += xs[at];
      sumY += ys[at];
      types[typeAt[at]]++;
    }
    return n ? { x: sumX / n, y: sumY / n, n, types, runs: [from, to], first: order[first], together } : null;
  }

  #singles(cell: Group): Group[] {
    const singles: Group[] = [];
    for (let run = 0; run < cell.runs.length; run += 2) {
      for (let at = cell.runs[run]; at < cell.runs[run + 1]; at++) {
        const single = this.#shownAt[at] ? this.#count(at, at + 1) : null;
        if (single) singles.push(single);
      }
    }
    return singles;
  }

  /** Join what lies closer than `reach` world units, the fullest first. */
  #join(parts: Group[], reach: number): Group[] {
    const sorted = [...parts].sort((one, other) => other.n - one.n || one.first - other.first);
    const grid = new Map<string, Group[]>();
    const joined: Group[] = [];
    for (const part of sorted) {
      const column = Math.floor(part.x / reach);
      const row = Math.floor(part.y / reach);
      const host = nearest(grid, column, row, part, reach);
      if (host) {
        absorb(host, part);
        continue;
      }
      const group = { ...part, types: part.types.slice(), runs: [...part.runs] };
      joined.push(group);
      const key = `${column},${row}`;
      const neighbours = grid.get(key);
      if (neighbours) neighbours.push(group);
      else grid.set(key, [group]);
    }
    return joined;
  }
}

function nearest(grid: Map<string, Group[]>, column: number, row: number, part: Group, reach: number): Group | null {
  let best: Group | null = null;
  let bestDistance = reach;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      for (const group of grid.get(`${column + dx},${row + dy}`) ?? []) {
        const distance = Math.hypot(group.x - part.x, group.y - part.y);
        if (distance < bestDistance) [best, bestDistance] = [group, distance];
      }
    }
  }
  return best;
}

/** Let the larger groups take in, one after another, what lies under them. */
function uncovered(groups: Group[], radiusOf: (group: Group) => number): Group[] {
  const kept: Group[] = [];
  for (const group of [...groups].sort((one, other) => other.n - one.n)) {
    const host = kept.find((other) => {
      const reach = radiusOf(other) + (group.n > 1 ? radiusOf(group) : 0);
      return other.n > 1 && Math.hypot(other.x - group.x, other.y - group.y) < reach;
    });
    if (host) absorb(host, group);
    else kept.push(group);
  }
  return kept;
}

/** The host keeps its place, which is where most of it lies, so that marks stay where they were. */
function absorb(host: Group, part: Group): void {
  host.together &&= part.together && host.x === part.x && host.y === part.y;
  host.n += part.n;
  host.first = Math.min(host.first, part.first);
  part.types.forEach((n, type) => (host.types[type] += n));
  host.runs.push(...part.runs);
}

function lowerBound(keys: Uint32Array, wanted: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
