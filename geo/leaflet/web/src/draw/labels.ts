/** Names of towns and countries: the most important first, none over another or over a mark. */

import type { Basemap, PlainLabel } from "../data/format.ts";
import { worldX, worldY } from "../data/morton.ts";
import { CanvasLayer, type Frame } from "./canvas_layer.ts";
import type { Theme } from "./theme.ts";
import { copies } from "./worlds.ts";

export interface Label {
  name: string;
  /** World units, 0..1. */
  x: number;
  y: number;
  /** Where else the name of a country may stand, the better spots first. */
  further?: { x: number; y: number }[];
  kind: "country" | "city" | "admin1";
  /** 0 for a capital, up to 4 for a small town. */
  rank: number;
  minZoom: number;
}

/** A mark that names keep clear of, in canvas pixels. */
export interface Obstacle {
  x: number;
  y: number;
  radius: number;
  halfWidth?: number;
}

export type Box = [left: number, top: number, right: number, bottom: number];

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif';
const APART = [20, 20, 34, 44, 44]; // pixels by rank within which another town has a name already: a lesser one goes without
const CITY_SIZES = [13, 12.5, 12, 11.5, 11];
const COUNTRIES_FIRST = 7; // zoom up to which countries are named before towns; from there on only where these leave room
const COUNTRIES_UNTIL = 9;

export class LabelLayer extends CanvasLayer {
  readonly #countries: Label[];
  readonly #labels: Label[];
  theme: Theme;
  obstacles: Obstacle[] = [];
  /** What lies over the map in its corners, in pixels of its container. */
  covers: () => Box[] = () => [];

  constructor(basemap: Basemap, theme: Theme) {
    super("geo-labels", "geo-labels");
    this.theme = theme;
    this.#countries = plainLabels(basemap.country_labels, "country");
    this.#labels = readLabels(basemap);
  }

  /** The layer of incidents says when to draw, since names make way for marks. */
  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    const { zoom, zoomanim } = super.getEvents();
    return { zoom, zoomanim };
  }

  protected override draw(frame: Frame): void {
    const taken = this.obstacles.map(({ x, y, radius, halfWidth = radius }): Box => [
      x - halfWidth,
      y - radius,
      x + halfWidth,
      y + radius,
    ]);
    const { left, top } = frame.sight;
    for (const cover of this.covers()) taken.push([cover[0] + left, cover[1] + top, cover[2] + left, cover[3] + top]);
    frame.context.lineJoin = "round";
    for (const copy of copies(frame)) this.#drawWorld(copy, taken);
    frame.context.globalAlpha = 1;
    if ("letterSpacing" in frame.context) frame.context.letterSpacing = "0px"; // on paper numbers follow
  }

  #drawWorld({ context, width, height, left, top, world, zoom, sight }: Frame, taken: Box[]): void {
    const named: { x: number; y: number }[] = [];
    const spotOf = ({ x, y }: { x: number; y: number }): Spot => ({ x: x * world - left, y: y * world - top });
    const isSeen = ({ x, y }: Spot): boolean => x > -60 && y > -20 && x < width + 60 && y < height + 20;
    const isInSight = ({ x, y }: Spot): boolean => x > sight.left && y > sight.top && x < sight.right && y < sight.bottom;
    const country = (label: Label): void => {
      if (label.minZoom > zoom) return;
      const spots = [label, ...(label.further ?? [])].map(spotOf).filter(isInSight);
      if (spots.length > 0) drawLabel(context, label, spots, taken, this.theme, sight);
    };
    if (zoom <= COUNTRIES_FIRST) this.#countries.forEach(country);
    for (const label of this.#labels) {
      if (label.minZoom > zoom) continue;
      const spot = spotOf(label);
      if (!isSeen(spot)) continue;
      const { x, y } = spot;
      // A suburb has no name until its city lies apart from it.
      if (label.kind === "city" && named.some((city) => Math.hypot(city.x - x, city.y - y) < (APART[label.rank] ?? 44))) continue;
      const under = this.obstacles.find((mark) => Math.hypot(mark.x - x, mark.y - y) < mark.radius);
      const drawn = drawLabel(context, label, [{ x, y, under }], taken, this.theme, sight);
      if (drawn && label.kind === "city") named.push({ x, y });
    }
    if (zoom > COUNTRIES_FIRST && zoom < COUNTRIES_UNTIL) this.#countries.forEach(country);
  }
}

const widths = new Map<string, number>();

function widthOf(context: CanvasRenderingContext2D, name: string): number {
  const key = `${context.font}/${name}`;
  let wide = widths.get(key);
  if (wide === undefined) widths.set(key, (wide = context.measureText(name).width));
  return wide;
}

interface Spot {
  x: number;
  y: number;
  /** The mark that covers the town's dot: the name stands beside the mark. */
  under?: Obstacle | undefined;
}

/** Where a name may begin, best first: a town's right of its dot or left of it, round a mark also above or below; others' in the middle. */
function begins({ kind }: Label, { x, y, under }: Spot, wide: number, size: number): [number, number][] {
  if (kind !== "city") return [[x - wide / 2, y]];
  const [cx, cy] = under ? [under.x, under.y] : [x, y];
  const beside = under ? under.radius + 4 : 7;
  const over = (under?.radius ?? 0) + size * 0.7 + 1;
  const sides: [number, number][] = [
    [cx + beside, cy],
    [cx - beside - wide, cy],
  ];
  if (under)
    sides.push([cx - wide / 2, cy - over], [cx - wide / 2, cy + over]);
  return sides;
}

/** Draw a name at the first of some spots where it has room; false where none has. */
function drawLabel(
  context: CanvasRenderingContext2D,
  label: Label,
  spots: Spot[],
  taken: Box[],
  theme: Theme,
  sight: Frame["sight"],
): boolean {
  const city = label.kind === "city";
  const size = city ? (CITY_SIZES[label.rank] ?? 11) : label.kind === "country" ? 14 : 11;
  context.font = `${city && label.rank > 0 ? 400 : 600} ${size}px ${FONT}`;
  const name = label.kind === "country" && /^[\x20-\x7e]+$/.test(label.name) ? label.name.toUpperCase() : label.name;
  if ("letterSpacing" in context) context.letterSpacing = label.kind === "country" ? "2px" : "0px";
  const wide = widthOf(context, name);
  const isFree = ([x, y]: [number, number]): boolean => {
    const box: Box = [x - 2, y - size * 0.7, x + wide + 3, y + size * 0.7];
    if (isCut(box, sight) || taken.some((other) => overlaps(box, other))) return false;
    taken.push(box);
    return true;
  };
  let [spot, begin]: [Spot, [number, number] | undefined] = [spots[0], undefined];
  for (spot of spots) if ((begin = begins(label, spot, wide, size).find(isFree))) break;
  if (!begin) return false;
  const [x, y] = begin;
  context.globalAlpha = city ? 1 : 0.75;
  if (city && !spot.under) {
    taken.push([spot.x - 3, spot.y - 3, spot.x + 3, spot.y + 3]);
    drawDot(context, label.rank, spot.x, spot.y, theme);
  }
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.direction = "ltr"; // placement only: the letters of a name run as their script does
  context.strokeStyle = theme.halo;
  context.lineWidth = 3;
  context.strokeText(name, x, y);
  context.fillStyle = theme.label;
  context.fillText(name, x, y);
  return true;
}

function drawDot(context: CanvasRenderingContext2D, rank: number, x: number, y: number, theme: Theme): void {
  context.beginPath();
  if (rank === 0) context.rect(x - 2.5, y - 2.5, 5, 5);
  else context.arc(x, y, rank < 3 ? 2 : 1.5, 0, 2 * Math.PI);
  context.fillStyle = theme.halo;
  context.fill();
  context.strokeStyle = theme.label;
  context.lineWidth = 1.1;
  context.stroke();
}

/** Whether the edge of the map would cut through a name: it neither lies within nor outside altogether. */
function isCut([left, top, right, bottom]: Box, sight: Frame["sight"]): boolean {
  const outside = right < sight.left || left > sight.right || bottom < sight.top || top > sight.bottom;
  const inside = left >= sight.left && right <= sight.right && top >= sight.top && bottom <= sight.bottom;
  return !inside && !outside;
}

function overlaps(one: Box, other: Box): boolean {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}

function plainLabels(labels: PlainLabel[] | undefined, kind: Label["kind"]): Label[] {
  return (labels ?? []).map(({ name, lon, lat, min_zoom, further = [] }) => ({
    name,
    x: worldX(lon),
    y: worldY(lat),
    further: Array.from({ length: further.length / 2 }, (_, at) => ({
      x: worldX(further[2 * at]),
      y: worldY(further[2 * at + 1]),
    })),
    kind,
    rank: 0,
    minZoom: min_zoom,
  }));
}

/** Towns, the most important first, and provinces. */
function readLabels(basemap: Basemap): Label[] {
  const cities: Label[] = [];
  const coded = basemap.labels;
  let lon = 0;
  let lat = 0;
  coded?.name.forEach((name, at) => {
    lon += coded.lon[at];
    lat += coded.lat[at];
    const [x, y] = [worldX(lon / coded.scale), worldY(lat / coded.scale)];
    cities.push({ name, x, y, kind: "city", rank: coded.rank[at], minZoom: coded.min_zoom[at] });
  });
  return [...cities, ...plainLabels(basemap.admin1_labels, "admin1")];
}
