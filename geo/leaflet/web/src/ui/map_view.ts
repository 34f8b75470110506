/** The map: its layers, popups and what a click on it means. */

import type { Basemap, Bounds, Outlines } from "../data/format.ts";
import { WORLD } from "../data/clusters.ts";
import { BasemapLayer } from "../draw/basemap.ts";
import { FAN_MOST } from "../draw/fan.ts";
import { IncidentLayer } from "../draw/incident_layer.ts";
import { LabelLayer } from "../draw/labels.ts";
import { colourOf, type Item } from "../draw/marks.ts";
import { Provinces } from "../draw/provinces.ts";
import { readTheme, type Theme } from "../draw/theme.ts";
import { paintTiles, tileLayer } from "./tiles.ts";
import { telling, type Context } from "./context.ts";
import { coversOf } from "./covers.ts";
import type { State } from "./fragment.ts";
import { Hover } from "./hover.ts";
import { layerWords } from "./layer_words.ts";
import { addControls } from "./map_controls.ts";
import type { Painted } from "./printed_map.ts";
import { nearestTurn } from "../draw/worlds.ts";

const STILL = "(prefers-reduced-motion: reduce)";
const DEEPEST = 19;
const DEEPEST_ALONE = 14; // a mark's place is not known more closely, nor is anything drawn there
const SMALL = 640; // pixels of a map whose credits take its whole width
const ZOOM_STEP = 0.25; // the first view fills the map
const EDGE = 48; // pixels round the first view
const FEW = 8; // a group of so few that lie close together is spread, not looked at closer

export class MapView {
  readonly map: L.Map;
  readonly layer: IncidentLayer;
  readonly #context: Context;
  readonly #basemap: BasemapLayer | null;
  readonly #labels: LabelLayer | null;
  readonly #hover = new Hover();
  #tiles: L.TileLayer | null = null;
  #makeStreets: ((theme: Theme) => L.GridLayer) | null = null;
  #streets: L.GridLayer | null = null;
  #onPaper = false;
  /** Pixels of the lower edge that the first view leaves free. */
  spare = 0;
  /** Whether the reader has taken hold of the map. */
  isMoved = false;
  /** Told the incidents of a spot that the map cannot set apart. */
  onMany: (rows: number[]) => void = () => undefined;

  constructor(map: L.Map, context: Context, links: Int32Array, basemap: Basemap | null, outlines: Outlines | null) {
    this.map = map;
    this.#context = context;
    if (matchMedia(STILL).matches) map.options.inertia = false;
    map.options.zoomSnap = ZOOM_STEP;
    map.setMinZoom(map.options.minZoom ?? 0); // else a layer that begins at zoom 11 would move the map there
    for (const [name, order] of [
      ["geo-basemap", "150"],
      ["geo-streets", "210"],
      ["geo-incidents", "450"],
      ["geo-labels", "460"],
    ]) {
      const pane = map.getPane(name) ?? map.createPane(name);
      pane.style.zIndex = order;
      pane.style.pointerEvents = "none";
    }
    const theme = readTheme(context.root);
    this.#basemap = basemap ? new BasemapLayer(basemap, theme) : null;
    this.#labels = basemap ? new LabelLayer(basemap, theme) : null;
    if (this.#labels) this.#labels.covers = () => (this.#onPaper ? [] : coversOf(map));
    this.layer = new IncidentLayer(context.table, links, layerWords(context), theme);
    const provinces = outlines ? new Provinces(outlines) : null;
    this.layer.outlineOf = (frame, row) => provinces?.outlineOf(frame, row) ?? null;
    this.layer.landOf = (frame, code) => this.#basemap?.landOf(frame, code) ?? null;
    this.layer.onDrawn = (obstacles) => {
      if (!this.#labels) return;
      this.#labels.obstacles = obstacles;
      this.#labels.reset();
    };
  }

  /** Look at a view, or at all incidents, and draw. */
  show(view: State["view"]): void {
    const { map } = this;
    const { bounds } = this.#context.meta;
    map.invalidateSize({ animate: false, pan: false });
    if (view) map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else if (bounds) this.#fit(bounds);
    else map.setView([20, 0], 2, { animate: false });
    for (const layer of [this.#basemap, this.#labels, this.layer]) layer?.addTo(map);
  }

  #fit([west, south, east, north]: Bounds): void {
    const corners = L.latLngBounds([south, west], [north, east]);
    const paddingBottomRight: [number, number] = [EDGE, EDGE + this.spare];
    this.map.fitBounds(corners, { paddingTopLeft: [EDGE, EDGE], paddingBottomRight, maxZoom: 8, animate: false });
  }

  /** Controls and listeners. */
  furnish(onMove: () => void): void {
    const { map } = this;
    addControls(map, this.#context, { home: () => this.home(), fit: (bounds) => this.#fit(bounds) });
    this.#capZoom();
    map.on("click", (event) => this.#onClick(event as L.LeafletMouseEvent));
    map.on("mousemove", (event) => this.#onHover((event as L.LeafletMouseEvent).containerPoint));
    map.on("mouseout movestart", () => this.#hover.show(null, L.point(0, 0)));
    map.getContainer().parentElement?.append(this.#hover.element);
    map.on("moveend", onMove);
    for (const event of ["pointerdown", "wheel", "keydown"])
      map.getContainer().addEventListener(event, () => (this.isMoved = true), { once: true, passive: true });
    map.on("zoomstart", () => {
      this.layer.fan = null;
    });
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    const showSize = () => map.getContainer().parentElement?.classList.toggle("geo-small", map.getSize().x < SMALL);
    map.on("resize", showSize);
    showSize();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  }

  /** Look at what the page shows first. */
  home(): void {
    const { bounds } = this.#context.meta;
    if (bounds) this.#fit(bounds);
    else this.map.setView([20, 0], 2, { animate: false });
  }

  /** Take the colours of the style sheet anew. */
  repaint(): void {
    const theme = readTheme(this.#context.root);
    this.layer.theme = theme;
    if (this.#labels) this.#labels.theme = theme;
    this.layer.reset();
    if (!this.#basemap) return;
    this.#basemap.theme = theme;
    this.#basemap.reset();
    if (this.#streets) this.showStreets(true);
  }

  /** Take the vector tiles that the page carries; they are drawn in the colours of the theme. */
  addStreets(make: (theme: Theme) => L.GridLayer): void {
    this.#makeStreets = make;
    this.showStreets(true);
  }

  showStreets(on: boolean): void {
    const { map } = this;
    this.#streets?.remove();
    this.#streets = (on && this.#makeStreets?.(readTheme(this.#context.root))) || null;
    this.#streets?.addTo(map);
    this.#capZoom();
  }

  /** Draw what the map shows onto a canvas for print, `width` pixels wide. */
  paint(canvas: HTMLCanvasElement, width: number): Painted | null {
    const { map } = this;
    const size = map.getSize();
    if (!size.x || !size.y) return null;
    const zoom = map.getZoom() + Math.log2(width / size.x);
    const height = Math.round((width * size.y) / size.x);
    const ratio = 2;
    [canvas.width, canvas.height] = [width * ratio, height * ratio];
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.direction = this.#context.meta.dir; // a canvas outside of the page does not know it
    const middle = map.project(map.getCenter(), zoom);
    const sight = { left: 0, top: 0, right: width, bottom: height };
    const world = 256 * 2 ** zoom;
    const frame = { context, zoom, width, height, left: middle.x - width / 2, top: middle.y - height / 2, world, sight };
    this.#onPaper = true;
    this.#basemap?.paint(frame);
    if (this.#streets) paintTiles(this.#streets, frame);
    this.layer.paint(frame);
    this.#labels?.paint(frame);
    this.#onPaper = false;
    return { context, items: this.layer.items, rowsOf: (item) => this.layer.rowsOf(item) };
  }

  /** Place the names anew: something over the map came, went, or changed its size. */
  relabel(): void {
    this.#labels?.redraw();
  }

  set(change: Partial<Pick<IncidentLayer, "mode" | "showArrows" | "showCircles">>): void {
    Object.assign(this.layer, change);
    this.layer.redraw();
  }

  /** Closer than this the map within the page shows nothing more; other maps do. */
  #capZoom(): void {
    let others = this.#tiles !== null || this.#streets !== null;
    this.map.eachLayer((layer) => (others ||= layer instanceof L.TileLayer));
    this.map.setMaxZoom(others ? DEEPEST : DEEPEST_ALONE);
  }

  /** Show an online map, or with -1 the one within the page. */
  setTiles(index: number): void {
    this.#tiles?.remove();
    this.#tiles = index < 0 ? null : tileLayer((this.#context.meta.tiles ?? [])[index]);
    this.#capZoom();
    this.#tiles?.addTo(this.map);
  }

  /** Mark the chosen row; where only the country is known, its whole area. */
  mark(row: number): void {
    const { table } = this.#context;
    this.layer.choose(row);
    if (!this.#basemap) return;
    const code = row >= 0 && table.term("geo_precision", row) === "country" ? table.text("country_code", row) : null;
    const before = this.#basemap.highlighted?.code ?? null;
    this.#basemap.highlighted = code ? { code, colour: colourOf(table, table.typeCode(row)) } : null;
    if (before !== code) this.#basemap.redraw();
  }

  /** Where a row is drawn; null for one that is only listed. */
  placeOf(row: number): L.LatLng | null {
    const { table } = this.#context;
    const at = table.lonLat(row);
    return at && table.term("geo_precision", row) !== "country" ? this.#turned(at) : null;
  }

  /** Bring a row into sight: its place, closer if it lies in a group, spread where it shares its place with others. */
  reveal(row: number, sight: L.Point): void {
    this.isMoved = true;
    const at = this.placeOf(row);
    if (!at) {
      const country = this.countryOf(row);
      if (country) this.bringIn(country);
      return;
    }
    if (this.layer.fan?.rows.includes(row)) return;
    this.layer.fan = null;
    const { map } = this;
    const isArea = this.#context.table.term("geo_precision", row) !== null && !this.layer.hasMark(row);
    if (isArea) return this.bringIn(at);
    const { zoom, rows } = this.layer.apart(row, map.getZoom(), map.getMaxZoom() - 1, map.getSize());
    if (zoom > map.getZoom()) map.setView(at, zoom, { animate: false });
    if (rows.length > 1 && rows.length <= FAN_MOST) this.layer.fan = { rows, at };
    this.bringIn(at, sight);
    this.layer.redraw();
  }

  /** Look at a place that is out of view, or below what a sheet leaves free of the map. */
  bringIn(at: L.LatLng, sight: L.Point = this.map.getSize()): void {
    const { x, y } = this.map.latLngToContainerPoint(at);
    const edge = 24;
    if (x > edge && y > edge && x < sight.x - edge && y < sight.y - edge) return;
    this.map.panBy(L.point(x - sight.x / 2, y - sight.y / 2), { animate: false });
  }

  /** Where the country lies of a row that is not drawn. */
  countryOf(row: number): L.LatLng | null {
    const at = this.#context.table.lonLat(row);
    return at && this.#turned(at);
  }

  /**
   * Longitude first everywhere, but Leaflet wants latitude first: here they are turned round. A place beyond 180 degrees is
   * meant where it is nearest to the view.
   */
  #turned(lonLat: [number, number] | null): L.LatLng {
    const [lon, lat] = lonLat ?? [0, 0];
    return L.latLng(lat, nearestTurn(lon, this.map.getCenter().lng));
  }

  /** Offer incidents of one spot to choose from. */
  listAt(rows: number[]): void {
    if (rows.length === 1) this.#context.store.choose(rows[0]);
    else this.onMany(rows);
  }

  closeFan(): void {
    this.layer.fan = null;
    this.layer.redraw();
  }

  #onHover(point: L.Point): void {
    const over = this.layer.itemAt(point);
    this.map.getContainer().classList.toggle("geo-pointing", over !== null);
    const { table, words } = this.#context;
    const many = over && over.group && over.group.n > 1 && over.kind !== "fan";
    const text = over && (many ? words.say("here", { n: over.group?.n ?? 0 }) : telling.headlineOf(table, words, over.row));
    this.#hover.show(text, point);
  }

  #onClick({ containerPoint }: L.LeafletMouseEvent): void {
    const item = this.layer.itemAt(containerPoint, matchMedia("(pointer: coarse)").matches ? 10 : 3);
    if (!item) this.closeFan();
    else if (item.kind === "mark" || item.kind === "fan") this.#context.store.choose(item.row);
    else if (item.kind === "area") this.listAt(this.layer.rowsOf(item));
    else this.#openGroup(item);
  }

  /** Several places: look closer. One place: fan out, or list what is too many for a fan. */
  #openGroup(item: Item): void {
    const group = item.group;
    if (!group) return;
    const deepest = this.map.getMaxZoom() - 1;
    if (!group.together && group.n > FEW && this.map.getZoom() < deepest) return this.#lookCloser(item);
    const rows = this.layer.rowsOf(item);
    if (rows.length > FAN_MOST) return this.listAt(rows);
    this.layer.fan = { rows, at: this.#turned(this.#context.table.lonLat(rows[0])) };
    this.layer.redraw();
  }

  #lookCloser(item: Item): void {
    const corners = this.layer
      .cornersOf(item)
      .map(([x, y]) => L.CRS.EPSG3857.pointToLatLng(L.point((x / WORLD) * 256, (y / WORLD) * 256), 0))
      .map(({ lat, lng }) => this.#turned([lng, lat]));
    const bounds = L.latLngBounds(corners);
    const zoom = Math.max(this.map.getZoom() + 1, this.map.getBoundsZoom(bounds, false, L.point(60, 60)));
    this.map.setView(bounds.getCenter(), Math.min(zoom, this.map.getMaxZoom()), {
      animate: !matchMedia(STILL).matches,
    });
  }
}
