/** What is known only as an area: provinces and countries with their plates, and circles of uncertainty. */

import type { ClusterIndex, Group, View } from "../data/clusters.ts";
import type { Frame } from "./canvas_layer.ts";
import * as marks from "./marks.ts";
import { pixelOf } from "./views.ts";

const APART = 60; // pixels: plates closer than this are one
const CIRCLES_MOST = 250; // more circles than this would be a grey carpet

/** Outlines of the basemap, where it has them. */
export interface Outlines {
  /** The outline in a frame of the province that a row is known by, null where only a circle is known. */
  outlineOf: (frame: Frame, row: number) => Path2D | null;
  /** The outline of a country in a frame, null where the basemap has none. */
  landOf: (frame: Frame, code: string) => Path2D | null;
}

/** What of the layer the areas are drawn by. */
interface Areas extends Outlines {
  areas: ClusterIndex;
  showCircles: boolean;
}

/** Draw the areas of a view with their plates, which can be pointed at. */
export function drawAreas(
  brush: marks.Brush,
  layer: Areas,
  view: View,
  plate: (rows: number[], n: number) => string,
): marks.Item[] {
  const { table } = brush;
  const groups = layer.areas.groups(view, APART, 0, 0);
  const colourOf = (group: Group) => marks.colourOf(table, group.types.indexOf(Math.max(...group.types)));
  for (const group of groups) {
    const [x, y] = pixelOf(brush.frame, group);
    const lat = table.lonLat(group.first)?.[1] ?? 0;
    const reach = marks.groundRadius(brush.frame, lat, table.number("uncertainty_m", group.first) ?? 0);
    const asCircle = group.together && groups.length <= CIRCLES_MOST && reach > 16 && layer.showCircles;
    if (asCircle) drawArea(brush, layer, group.first, { colour: colourOf(group), fill: 0.09 });
    else marks.drawBlur(brush, colourOf(group), x, y, 26);
  }
  return groups.map((group) => {
    const [x, y] = pixelOf(brush.frame, group);
    const rows = group.together || group.n <= 20 ? layer.areas.rowsOf(group) : [group.first];
    const size = marks.drawPlate(brush, plate(rows, group.n), colourOf(group), x, y);
    return { kind: "area", x, y, ...size, row: group.first, group };
  });
}

/** A province has its own outline; "northern Iraq" is that part of Iraq: its circle ends at the border. */
export function drawArea(
  brush: marks.Brush,
  { outlineOf, landOf }: Outlines,
  row: number,
  { colour, fill }: { colour: string; fill: number },
): void {
  const { context } = brush.frame;
  const outline = outlineOf(brush.frame, row);
  if (outline) return marks.drawOutline(brush, outline, { colour, fill });
  const code = brush.table.text("country_code", row);
  const land = code ? landOf(brush.frame, code) : null;
  context.save();
  if (land) context.clip(land, "evenodd");
  marks.drawUncertainty(brush, row, { colour, dashed: true, fill });
  context.restore();
}

/** Draw the circles of uncertainty of groups at one place, unless they are too many. */
export function drawCircles(brush: marks.Brush, groups: Group[]): void {
  const { table } = brush;
  const circles = new Map<string, { row: number; colour: string }>();
  for (const group of groups) {
    if (!group.together) continue;
    const row = group.first;
    const at = table.lonLat(row);
    const metres = table.number("uncertainty_m", row);
    if (!at || !metres || marks.groundRadius(brush.frame, at[1], metres) < 9) continue;
    circles.set(`${at}/${metres}`, { row, colour: marks.colourOf(table, table.typeCode(row)) });
  }
  if (circles.size > CIRCLES_MOST) return;
  for (const { row, colour } of circles.values()) {
    const dashed = table.term("geo_precision", row) === "near";
    marks.drawUncertainty(brush, row, { colour, dashed, fill: 0.06 });
  }
}
