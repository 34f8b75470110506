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

type Box = [left: number, top: number, right: number, bottom: number];

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif';
const CITY_SIZES = [13, 12.5, 12, 11.5, 11];

export class LabelLayer extends CanvasLayer {
  readonly #labels: Label[];
  theme: Theme;
  obstacles: Obstacle[] = [];

  constructor(basemap: Basemap, theme: Theme) {
    super("geo-labels", "geo-labels");
    this.theme = theme;
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
    frame.context.lineJoin = "round";
    for (const copy of copies(frame)) this.#drawWorld(copy, taken);
    frame.context.globalAlpha = 1;
  }

  #drawWorld({ context, width, height, left, top, world, zoom, sight }: Frame, taken: Box[]): void {
    for (const label of this.#labels) {
      if (label.minZoom > zoom || (label.kind === "country" && zoom > 7)) continue;
      const x = label.x * world - left;
      const y = label.y * world - top;
      if (x < -60 || y < -20 || x > width + 60 || y > height + 20) continue;
      const under = this.obstacles.find((mark) => Math.hypot(mark.x - x, mark.y - y) < mark.radius);
      drawLabel(
        context,
        label,
        under ? { x: under.x + under.radius - 3, y: under.y, hidden: true } : { x, y, hidden: false },
        taken,
        this.theme,
        sight,
      );
    }
  }
}

const widths = new Map<string, number>();

function widthOf(context: CanvasRenderingContext2D, name: string): number {
  const key = `${context.font}/${name}`;
  let wide = widths.get(key);
  if (wide === undefined) widths.set(key, (wide = context.measureText(name).width));
  return wide;
}

/** `hidden`: a mark covers the town's dot, and the name stands beside the mark. */
function drawLabel(
  context: CanvasRenderingContext2D,
  label: Label,
  { x, y, hidden }: { x: number; y: number; hidden: boolean },
  taken: Box[],
  theme: Theme,
  sight: Frame["sight"],
): void {
  const city = label.kind === "city";
  const size = city ? (CITY_SIZES[label.rank] ?? 11) : label.kind === "country" ? 14 : 11;
  context.font = `${city && label.rank > 0 ? 400 : 600} ${size}px ${FONT}`;
  const name = label.kind === "country" && /^[\x20-\x7e]+$/.test(label.name) ? label.name.toUpperCase() : label.name;
  if ("letterSpacing" in context) context.letterSpacing = label.kind === "country" ? "2px" : "0px";
  const wide = widthOf(context, name);
  const shift = city ? 7 : -wide / 2;
  const box: Box = [x + shift - (hidden ? 1 : 3), y - size * 0.7, x + shift + wide + 3, y + size * 0.7];
  // A name that the edge of the map would cut through is left out, unless it lies outside altogether.
  const [left, top, right, bottom] = box;
  const outside = right < sight.left || left > sight.right || bottom < sight.top || top > sight.bottom;
  const inside = left >= sight.left && right <= sight.right && top >= sight.top && bottom <= sight.bottom;
  if (!inside && !outside) return;
  if (taken.some((other) => overlaps(box, other))) return;
  taken.push(box);
  context.globalAlpha = city ? 1 : 0.75;
  if (city && !hidden) drawDot(context, label.rank, x, y, theme);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.direction = "ltr"; // placement only: the letters of a name run as their script does
  context.strokeStyle = theme.halo;
  context.lineWidth = 3;
  context.strokeText(name, x + shift, y);
  context.fillStyle = theme.label;
  context.fillText(name, x + shift, y);
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

function overlaps(one: Box, other: Box): boolean {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}

function readLabels(basemap: Basemap): Label[] {
  const plain = (labels: PlainLabel[] | undefined, kind: Label["kind"]): Label[] =>
    (labels ?? []).map(({ name, lon, lat, min_zoom }) => ({
      name,
      x: worldX(lon),
      y: worldY(lat),
      kind,
      rank: 0,
      minZoom: min_zoom,
    }));
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
  return [...plain(basemap.country_labels, "country"), ...cities, ...plain(basemap.admin1_labels, "admin1")];
}
