/** Land and borders under the incidents, from the geometry that the page carries. */

import type { Basemap } from "../data/format.ts";
import { worldX, worldY } from "../data/morton.ts";
import { readLevel, trace, type Level, type Line } from "./basemap_lines.ts";
import { CanvasLayer, type Frame } from "./canvas_layer.ts";
import { drawFading, type Rectangle } from "./fading.ts";
import type { Theme } from "./theme.ts";
import { copies } from "./worlds.ts";

export class BasemapLayer extends CanvasLayer {
  readonly #levels: Level[];
  theme: Theme;
  /** Country code whose area is laid over with colour, of an incident known by country alone. */
  highlighted: { code: string; colour: string } | null = null;

  /** Lines that fade into those of another scale cost a quarter of the first picture: they come after it. */
  #isFirst = true;

  constructor(basemap: Basemap, theme: Theme) {
    super("geo-basemap", "geo-basemap");
    this.theme = theme;
    this.#levels = basemap.levels.map(readLevel).sort((one, other) => one.minZoom - other.minZoom);
  }

  /** Land looks the same wherever it is in the view: a move within the canvas draws nothing. */
  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    const { moveend, ...events } = super.getEvents();
    return events;
  }

  /** Draw, from the next frame on, what the first picture does without. */
  complete(): void {
    this.#isFirst = false;
    this.redraw();
  }

  /** Whether the basemap can show the area of a country. */
  hasCountry(code: string): boolean {
    return this.#levels.some((level) => level.countries.some((country) => country.code === code));
  }

  /** The outline of a country in a frame; null where the basemap has none. */
  landOf(frame: Frame, code: string): Path2D | null {
    const levels = this.#levels.filter((level) => level.minZoom <= Math.max(frame.zoom, 0));
    for (const level of levels.reverse()) {
      // Of the levels that hold the whole country, the finest: in a box, part of it would be missing.
      const whole = level.bounds[0] <= -180 || levels.length === 1 || this.#isWhole(level, code);
      const rings = level.countries.filter((country) => country.code === code).flatMap((country) => country.rings);
      if (!whole || rings.length === 0) continue;
      const path = new Path2D();
      for (const ring of rings) trace(frame, ring, true, path);
      return path;
    }
    return null;
  }

  /** Whether a country lies within a level's box, not cut off by it. */
  #isWhole({ bounds: [west, south, east, north] }: Level, code: string): boolean {
    const rings = this.#levels[0].countries.filter((country) => country.code === code).flatMap(({ rings }) => rings);
    if (rings.length === 0) return false;
    const [left, right, top, bottom] = [worldX(west), worldX(east), worldY(north), worldY(south)];
    return rings.every((ring) => ring.west > left && ring.east < right && ring.north > top && ring.south < bottom);
  }

  protected override draw(frame: Frame): void {
    const { context, width, height } = frame;
    context.fillStyle = this.theme.water;
    context.fillRect(0, 0, width, height);
    for (const copy of copies(frame)) this.#drawWorld(copy);
  }

  #drawWorld(frame: Frame): void {
    const groups = this.#groups(frame);
    // A finer level need not cover the world: it is drawn inside its boxes, over the coarser one.
    for (const level of groups.flat()) this.#drawLand(frame, level);
    groups.forEach((levels, at) => this.#drawLines(frame, levels, groups.slice(at + 1).flat()));
    groups.forEach((levels, at) => this.#drawBorders(frame, levels, groups.slice(at + 1).flat()));
  }

  /** The levels of the frame's zoom, those of one scale together, without those that a finer one hides. */
  #groups(frame: Frame): Level[][] {
    const levels = this.#levels.filter((level) => level.minZoom <= frame.zoom);
    const seen = levels.slice(Math.max(0, levels.findLastIndex((level) => covers(level.bounds, frame))));
    const zooms = [...new Set(seen.map(({ minZoom }) => minZoom))];
    return zooms.map((zoom) => seen.filter(({ minZoom }) => minZoom === zoom));
  }

  #drawLand(frame: Frame, level: Level): void {
    const { context } = frame;
    context.save();
    context.beginPath();
    context.rect(...sides(boxOf(frame, level.bounds)));
    context.clip();
    context.fillStyle = this.theme.water;
    context.fill();
    context.lineJoin = "round";
    for (const { code, rings } of level.countries) {
      context.beginPath();
      let any = false;
      for (const ring of rings) any = trace(frame, ring, true) || any;
      if (!any) continue;
      context.fillStyle = this.theme.land;
      context.fill("evenodd");
      context.strokeStyle = this.theme.land; // closes the hair between boxes that meet within a pixel
      context.lineWidth = 1;
      context.stroke();
      if (this.highlighted?.code !== code) continue;
      context.globalAlpha = 0.22;
      context.fillStyle = this.highlighted.colour;
      context.fill("evenodd");
      context.globalAlpha = 1;
    }
    this.#fill(frame, level.lakes);
    context.restore();
  }

  /** Rivers and the lines between provinces: where a box ends within the view, one scale fades into the other. */
  #drawLines(frame: Frame, levels: Level[], finer: Level[]): void {
    if (frame.zoom < 4) return;
    const paint = (into: Frame) => {
      for (const { rivers } of levels) this.#stroke(into, rivers, this.theme.river, Math.min(0.4 + frame.zoom * 0.1, 2), []);
      for (const { admin1 } of levels) if (frame.zoom >= 5) this.#stroke(into, admin1, this.theme.admin, 0.8, [3, 3]);
    };
    const whole = levels.some(({ bounds }) => covers(bounds, frame));
    const [within, without] = [whole ? [] : levels, finer].map((some) => some.map(({ bounds }) => boxOf(frame, bounds)));
    if (!within.length && !without.length) paint(frame);
    else if (!this.#isFirst) drawFading(frame, within, without, paint);
  }

  #drawBorders(frame: Frame, levels: Level[], finer: Level[]): void {
    const { context } = frame;
    context.save();
    for (const { bounds } of finer) {
      context.beginPath();
      context.rect(0, 0, frame.width, frame.height);
      context.rect(...sides(boxOf(frame, bounds)));
      context.clip("evenodd");
    }
    context.lineJoin = "round";
    for (const { borders } of levels) this.#stroke(frame, borders, this.theme.border, frame.zoom < 4 ? 0.8 : 1.3, []);
    context.restore();
  }

  #fill(frame: Frame, rings: Line[]): void {
    frame.context.beginPath();
    for (const ring of rings) trace(frame, ring, true);
    frame.context.fillStyle = this.theme.water;
    frame.context.fill("evenodd");
  }

  #stroke(frame: Frame, lines: Line[], colour: string, width: number, dash: number[]): void {
    const { context } = frame;
    context.beginPath();
    for (const line of lines) trace(frame, line, false);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  }
}

/** Where a box of degrees lies in a frame, in whole pixels. */
function boxOf(frame: Frame, [west, south, east, north]: Level["bounds"]): Rectangle {
  const [left, right] = [west, east].map((lon) => Math.round(worldX(lon) * frame.world - frame.left));
  const [top, bottom] = [north, south].map((lat) => Math.round(worldY(lat) * frame.world - frame.top));
  return [left, top, right, bottom];
}

/** As a canvas takes a rectangle. */
function sides([left, top, right, bottom]: Rectangle): Rectangle {
  return [left, top, right - left, bottom - top];
}

function covers([west, south, east, north]: Level["bounds"], frame: Frame): boolean {
  const { left, top, width, height, world } = frame;
  return (
    worldX(west) * world <= left &&
    worldX(east) * world >= left + width &&
    worldY(north) * world <= top &&
    worldY(south) * world >= top + height
  );
}
