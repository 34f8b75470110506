/** What lies below the incidents: the map within the page with its names, the user's own tiles, online maps. */

import type { Basemap } from "../data/format.ts";
import { BasemapLayer } from "../draw/basemap.ts";
import type { Frame } from "../draw/canvas_layer.ts";
import { LabelLayer } from "../draw/labels.ts";
import { colourOf } from "../draw/marks.ts";
import { readTheme, type Theme } from "../draw/theme.ts";
import type { Context } from "./context.ts";
import { coversOf } from "./covers.ts";
import { paintTiles, tileLayer } from "./tiles.ts";

const DEEPEST = 19;
const DEEPEST_ALONE = 14; // a mark's place is not known more closely, nor is anything drawn there

export class Backdrop {
  readonly basemap: BasemapLayer | null;
  readonly labels: LabelLayer | null;
  readonly #map: L.Map;
  readonly #context: Context;
  #tiles: L.TileLayer | null = null;
  #makeStreets: ((theme: Theme) => L.GridLayer) | null = null;
  #streets: L.GridLayer | null = null;
  #onPaper = false;

  constructor(map: L.Map, context: Context, basemap: Basemap | null) {
    this.#map = map;
    this.#context = context;
    const theme = readTheme(context.root);
    this.basemap = basemap ? new BasemapLayer(basemap, theme) : null;
    this.labels = basemap ? new LabelLayer(basemap, theme) : null;
    if (this.labels) this.labels.covers = () => (this.#onPaper ? [] : coversOf(map));
  }

  /** Take the colours of the style sheet anew. */
  repaint(theme: Theme): void {
    if (this.labels) this.labels.theme = theme;
    if (!this.basemap) return;
    this.basemap.theme = theme;
    this.basemap.reset();
    if (this.#streets) this.showStreets(true);
  }

  /** Place the names anew round what is drawn over them. */
  nameAround(obstacles: LabelLayer["obstacles"]): void {
    if (!this.labels) return;
    this.labels.obstacles = obstacles;
    this.labels.reset();
  }

  /** Take the vector tiles that the page carries; they are drawn in the colours of the theme. */
  addStreets(make: (theme: Theme) => L.GridLayer): void {
    this.#makeStreets = make;
    this.showStreets(true);
  }

  showStreets(on: boolean): void {
    this.#streets?.remove();
    this.#streets = (on && this.#makeStreets?.(readTheme(this.#context.root))) || null;
    this.#streets?.addTo(this.#map);
    this.capZoom();
  }

  /** Show an online map, or with -1 the one within the page. */
  setTiles(index: number): void {
    this.#tiles?.remove();
    this.#tiles = index < 0 ? null : tileLayer((this.#context.meta.tiles ?? [])[index]);
    this.capZoom();
    this.#tiles?.addTo(this.#map);
  }

  /** Closer than this the map within the page shows nothing more; other maps do. */
  capZoom(): void {
    let others = this.#tiles !== null || this.#streets !== null;
    this.#map.eachLayer((layer) => (others ||= layer instanceof L.TileLayer));
    this.#map.setMaxZoom(others ? DEEPEST : DEEPEST_ALONE);
  }

  /** Fill the country of a row that is known no closer; -1 for none. */
  highlight(row: number): void {
    if (!this.basemap) return;
    const { table } = this.#context;
    const code = row >= 0 && table.term("geo_precision", row) === "country" ? table.text("country_code", row) : null;
    const before = this.basemap.highlighted?.code ?? null;
    this.basemap.highlighted = code ? { code, colour: colourOf(table, table.typeCode(row)) } : null;
    if (before !== code) this.basemap.redraw();
  }

  /** Paint it for print, and over it what `incidents` paints. */
  paintAround(frame: Frame, incidents: () => void): void {
    this.#onPaper = true;
    this.basemap?.paint(frame);
    if (this.#streets) paintTiles(this.#streets, frame);
    incidents();
    this.labels?.paint(frame);
    this.#onPaper = false;
  }
}
