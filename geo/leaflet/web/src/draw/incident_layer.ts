/** The layer of all incidents: which marks are drawn, and what lies under the pointer. */

import { ClusterIndex, WORLD, type Group, type View } from "../data/clusters.ts";
import type { Table } from "../data/table.ts";
import { drawArea, drawAreas, drawCircles, type Outlines } from "./areas.ts";
import { drawArrows, type Pair } from "./arrows.ts";
import { CanvasLayer, type Frame } from "./canvas_layer.ts";
import { drawFan, FAN_MOST } from "./fan.ts";
import { drawHeat } from "./heat.ts";
import type { Obstacle } from "./labels.ts";
import * as marks from "./marks.ts";
import { RingLayer } from "./ring_layer.ts";
import type { Theme } from "./theme.ts";
import { isIn, partsOf, pixelOf, viewOf } from "./views.ts";
import type { Part } from "./worlds.ts";

const REACH = 46; // pixels: groups closer than this are one
const FEW = 500; // in one view: that many incidents are drawn one by one
const TOUCH = 17; // pixels: marks closer than this cover each other
const MARK = 11; // pixels: half a mark of usual size
const CROWD = 1000; // so many points: how they crowd is drawn under their groups
const CROWD_MOST = 100_000; // counting more for each picture would hold up the map; the heat map shows them

export interface LayerWords {
  compact: (n: number) => string;
  /** What stands on the plate of an area: its name, or how many incidents lie in such areas. */
  plate: (rows: number[], n: number) => string;
  arrow: (pair: Pair) => string;
}

export class IncidentLayer extends CanvasLayer implements Outlines {
  readonly table: Table;
  points!: ClusterIndex;
  areas!: ClusterIndex;
  readonly #words: LayerWords;
  #pairs: Pair[] = [];
  #isPoint = new Uint8Array(0);
  #shown: Uint8Array;
  #visiblePairs: Pair[] = [];
  #points = 0; // points that are shown
  #items: marks.Item[] = [];
  #written: Obstacle[] = [];
  readonly #ring = new RingLayer((frame) => this.#drawChosen(frame));
  theme: Theme;
  mode: "marks" | "heat" = "marks";
  showArrows = true;
  /** Rows that a story has reached so far; null outside a story. */
  reached: Set<number> | null = null;
  showCircles = true;
  /** Whether the last drawing has any arrow. */
  hasArrows = false;
  chosen = -1;
  /** Called after each drawing with what stands where, in canvas pixels. */
  onDrawn: (obstacles: Obstacle[]) => void = () => undefined;
  outlineOf: Outlines["outlineOf"] = () => null;
  landOf: Outlines["landOf"] = () => null;
  /** Rows spread from one point, and where that is. */
  fan: { rows: number[]; at: L.LatLng } | null = null;

  constructor(table: Table, links: Int32Array, words: LayerWords, theme: Theme) {
    super("geo-incidents", "geo-incidents");
    this.table = table;
    this.theme = theme;
    this.#words = words;
    this.#shown = new Uint8Array(table.rows).fill(1);
    this.reindex(links);
  }

  /** Take the points of the table and the links as they are now. */
  reindex(links: Int32Array): void {
    const { x, y, points, areas } = this.table.core;
    const nTypes = this.table.meta.legend.length + 1;
    const typeOf = (row: number) => this.table.typeCode(row);
    this.points = new ClusterIndex(points, x, y, typeOf, nTypes);
    this.areas = new ClusterIndex(areas, x, y, typeOf, nTypes);
    this.#isPoint = new Uint8Array(this.table.rows);
    for (const row of points.order) this.#isPoint[row] = 1;
    // A link runs from the answer to what it answers; an arrow runs with time.
    this.#pairs = Array.from({ length: links.length >> 1 }, (_, at): Pair => [links[2 * at + 1], links[2 * at]]);
    this.filter(this.#shown);
  }

  filter(shown: Uint8Array): void {
    this.#shown = shown;
    this.#points = this.points.filter(shown);
    this.areas.filter(shown);
    this.#visiblePairs = this.#pairs.filter(([earlier, answer]) => shown[earlier] && shown[answer]);
    if (this.fan) {
      const rows = this.fan.rows.filter((row) => shown[row]);
      this.fan = rows.length > 1 ? { ...this.fan, rows } : null;
    }
    this.redraw();
  }

  /** Rows of a group that are shown. */
  rowsOf(item: marks.Item): number[] {
    if (!item.group) return [item.row];
    return (item.kind === "area" ? this.areas : this.points).rowsOf(item.group);
  }

  /** Whether a row is drawn as a mark, not as an area. */
  hasMark(row: number): boolean {
    return this.#isPoint[row] === 1;
  }

  /** Corners, in world units, of the box round a group's members. */
  cornersOf(item: marks.Item): [number, number][] {
    return item.group ? this.points.cornersOf(item.group) : [];
  }

  /** The zoom from which on a row has a mark of its own, or the rows that lie with it at one place at every zoom. */
  apart(row: number, from: number, to: number, size: L.Point): { zoom: number; rows: number[] } {
    const [x, y] = this.table.world(row).map((share) => share * WORLD);
    for (let zoom = from; ; zoom++) {
      const unit = WORLD / (256 * 2 ** zoom);
      const [dx, dy] = [(size.x / 2) * unit, (size.y / 2) * unit];
      const view = { zoom, west: x - dx, north: y - dy, east: x + dx, south: y + dy };
      const group = this.#groupsOf(view).find((each) => this.points.rowsOf(each).includes(row));
      const rows = group ? this.points.rowsOf(group) : [row];
      if (rows.length === 1 || zoom >= to || (group?.together && rows.length <= FAN_MOST)) return { zoom, rows };
    }
  }

  /** What lies under a point of the map's container, the topmost first. */
  itemAt(point: L.Point, slack = 3): marks.Item | null {
    if (!this._map) return null;
    const { x, y } = this.toCanvas(point);
    for (let at = this.#items.length - 1; at >= 0; at--) {
      const item = this.#items[at];
      const across = Math.abs(item.x - x) <= (item.halfWidth ?? item.radius) + slack;
      if (across && Math.abs(item.y - y) <= item.radius + slack) return item;
    }
    return null;
  }

  /** Mark another row; only arrows look different for it. */
  choose(row: number): void {
    const answers = this.#visiblePairs.some((pair) => pair.includes(row) || pair.includes(this.chosen));
    this.chosen = row;
    if (answers) this.redraw();
    else this.#ring.redraw();
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map);
    this.#ring.addTo(map);
    return this;
  }

  override onRemove(): this {
    this.#ring.remove();
    return super.onRemove();
  }

  override paint(frame: Frame): void {
    super.paint(frame);
    this.#drawChosen(frame);
  }

  #brush(frame: Frame): marks.Brush {
    return { frame, table: this.table, theme: this.theme, compact: this.#words.compact };
  }

  protected override draw(frame: Frame): void {
    const brush = this.#brush(frame);
    this.#items = [];
    this.#written = [];
    this.hasArrows = false;
    const parts = partsOf(frame);
    if (this.mode === "heat" || this.#isCrowded()) this.#drawDensity(brush, parts);
    if (this.mode !== "heat") for (const part of parts) this.#drawPart({ ...brush, frame: part.frame }, part);
    if (this.fan) {
      const centre = this._map.project(this.fan.at, frame.zoom).subtract(L.point(frame.left, frame.top));
      this.#items.push(...drawFan(brush, this.fan.rows.slice(0, FAN_MOST), centre));
    }
    this.#ring.reset();
    this.onDrawn([...this.#items, ...this.#written]);
  }

  /** Whether there are too many points to see from rings and numbers where it is bad. */
  #isCrowded(): boolean {
    return this.#points >= CROWD && this.#points <= CROWD_MOST;
  }

  /** Where the incidents crowd; quiet when marks and groups stand on it. */
  #drawDensity({ frame: { context } }: marks.Brush, parts: [Part, Part]): void {
    context.globalAlpha = this.mode === "heat" ? 1 : 0.8;
    drawHeat(parts, this.points.points, marks.isDark(this.theme.land));
    context.globalAlpha = 1;
  }

  #groupsOf(view: View): Group[] {
    return this.points.groups(view, REACH, FEW, TOUCH, marks.groupRadius);
  }

  #drawPart(brush: marks.Brush, part: Part): void {
    const view = viewOf(part);
    if (view.west >= view.east) return;
    this.#items.push(...drawAreas(brush, this, view, this.#words.plate));
    const groups = this.#groupsOf(view);
    if (this.showCircles) drawCircles(brush, groups);
    if (this.showArrows) {
      const begun = this.#arrows.filter(([earlier]) => isIn(part, this.table.world(earlier)));
      const spots = groups.map((group) => {
        const [x, y] = pixelOf(brush.frame, group);
        return { x, y, radius: group.n > 1 ? marks.groupRadius(group) : MARK };
      });
      const drawn = drawArrows(brush, begun, this.chosen, this.#words.arrow, spots);
      this.#written.push(...drawn.words);
      this.hasArrows ||= drawn.n > 0;
    }
    this.#drawGroups(brush, groups);
  }

  /** What was drawn last, with its place on that canvas. */
  get items(): marks.Item[] {
    return this.#items;
  }

  /** What is drawn, with its place in the map's container: for tests and for people's own scripts. */
  drawn(): { kind: string; x: number; y: number; row: number; n: number }[] {
    const origin = this.toCanvas(L.point(0, 0));
    return this.#items.map(({ kind, x, y, row, group }) => ({
      kind,
      x: x - origin.x,
      y: y - origin.y,
      row,
      n: group?.n ?? 1,
    }));
  }

  /** Arrows between what is shown; while a story is shown, between what it has reached. */
  get #arrows(): Pair[] {
    const { reached } = this;
    return reached ? this.#visiblePairs.filter((pair) => pair.every((row) => reached.has(row))) : this.#visiblePairs;
  }

  #drawGroups(brush: marks.Brush, groups: Group[]): void {
    const size = (group: Group) => (group.n > 1 ? 1e9 + group.n : this.table.casualties(group.first));
    for (const group of [...groups].sort((one, other) => size(other) - size(one))) {
      const [x, y] = pixelOf(brush.frame, group);
      if (group.n === 1) {
        const radius = marks.drawOne(brush, group.first, x, y);
        this.#items.push({ kind: "mark", x, y, radius, row: group.first, group });
      } else {
        const radius = marks.drawGroup(brush, group, x, y, this.#isCrowded());
        this.#items.push({ kind: "group", x, y, radius, row: group.first, group });
      }
    }
  }

  #drawChosen(frame: Frame): void {
    const row = this.chosen;
    if (row < 0 || !this.#shown[row] || !this.table.lonLat(row)) return;
    const parts = partsOf(frame);
    const part = parts.find((each) => isIn(each, this.table.world(row))) ?? parts[0];
    const brush = this.#brush(part.frame);
    const inFan = this.#items.findLast((item) => item.kind === "fan" && item.row === row);
    const colour = marks.colourOf(this.table, this.table.typeCode(row));
    const dashed = this.table.term("geo_precision", row) !== "settlement";
    if (!this.#isPoint[row]) {
      if (this.table.term("geo_precision", row) !== "country") drawArea(brush, this, row, { colour, fill: 0.14 });
      return;
    }
    marks.drawUncertainty(brush, row, { colour, dashed, fill: 0.1 });
    const [x, y] = this.table.world(row);
    const at =
      inFan ?? this.#itemNear(x * brush.frame.world - brush.frame.left, y * brush.frame.world - brush.frame.top, row);
    if (at) marks.drawChosen(brush, at.x, at.y, at.radius);
  }

  /** The mark or group that stands for a row. */
  #itemNear(x: number, y: number, row: number): { x: number; y: number; radius: number } | null {
    let best: marks.Item | null = null;
    let distance = REACH;
    for (const item of this.#items) {
      if (item.kind === "area") continue;
      const away = item.row === row ? 0 : item.kind === "group" ? Math.hypot(item.x - x, item.y - y) : Infinity;
      if (away < distance) [best, distance] = [item, away];
    }
    return best ?? { x, y, radius: 8 };
  }
}
