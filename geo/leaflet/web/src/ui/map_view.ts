/** The map of incidents: its layers, and what a click on it means. */

import { WORLD } from "../data/clusters.ts";
import type { Basemap, Outlines } from "../data/format.ts";
import { FAN_MOST } from "../draw/fan.ts";
import { IncidentLayer } from "../draw/incident_layer.ts";
import type { Item } from "../draw/marks.ts";
import { Provinces } from "../draw/provinces.ts";
import { readTheme } from "../draw/theme.ts";
import { Backdrop } from "./backdrop.ts";
import { wording, type Context } from "./context.ts";
import type { State } from "./fragment.ts";
import { Hover } from "./hover.ts";
import { layerWords } from "./layer_words.ts";
import { addControls } from "./map_controls.ts";
import type { Painted } from "./printed_map.ts";
import { Viewpoint } from "./viewpoint.ts";

const STILL = "(prefers-reduced-motion: reduce)";
const SMALL = 640; // pixels of a map whose credits take its whole width
const ZOOM_STEP = 0.25; // the first view fills the map
const FEW = 8; // a group of so few that lie close together is spread, not looked at closer

export class MapView {
  readonly map: L.Map;
  readonly layer: IncidentLayer;
  readonly backdrop: Backdrop;
  readonly viewpoint: Viewpoint;
  readonly #context: Context;
  readonly #hover = new Hover();
  /** Called with the incidents of a spot that the map cannot set apart. */
  onMany: (rows: number[]) => void = () => undefined;

  constructor(map: L.Map, context: Context, links: Int32Array, basemap: Basemap | null, outlines: Outlines | null) {
    this.map = map;
    this.#context = context;
    this.viewpoint = new Viewpoint(map, context);
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
    this.backdrop = new Backdrop(map, context, basemap);
    this.layer = new IncidentLayer(context.table, links, layerWords(context), readTheme(context.root));
    const provinces = outlines ? new Provinces(outlines) : null;
    this.layer.outlineOf = (frame, row) => provinces?.outlineOf(frame, row) ?? null;
    this.layer.landOf = (frame, code) => this.backdrop.basemap?.landOf(frame, code) ?? null;
    this.layer.onDrawn = (obstacles) => this.backdrop.nameAround(obstacles);
  }

  /** Look at a view, or at all incidents, and draw. */
  show(view: State["view"]): void {
    this.viewpoint.show(view);
    const { basemap, labels } = this.backdrop;
    for (const layer of [basemap, labels, this.layer]) layer?.addTo(this.map);
  }

  /** Controls and listeners. */
  furnish(onMove: () => void): void {
    const { map } = this;
    addControls(map, this.#context, {
      home: () => this.viewpoint.home(),
      fit: (bounds) => this.viewpoint.fit(bounds),
    });
    this.backdrop.capZoom();
    this.backdrop.basemap?.complete();
    map.on("click", (event) => this.#onClick(event as L.LeafletMouseEvent));
    map.on("mousemove", (event) => this.#onHover((event as L.LeafletMouseEvent).containerPoint));
    map.on("mouseout movestart", () => this.#hover.show(null, L.point(0, 0)));
    map.getContainer().parentElement?.append(this.#hover.element);
    map.on("moveend", onMove);
    this.viewpoint.watch();
    map.on("zoomstart", () => {
      this.layer.fan = null;
    });
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    const showSize = () => map.getContainer().parentElement?.classList.toggle("geo-small", map.getSize().x < SMALL);
    map.on("resize", showSize);
    showSize();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  }

  /** Take the colours of the style sheet anew. */
  repaint(): void {
    const theme = readTheme(this.#context.root);
    this.layer.theme = theme;
    this.layer.reset();
    this.backdrop.repaint(theme);
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
    this.backdrop.paintAround(frame, () => this.layer.paint(frame));
    return { context, items: this.layer.items, rowsOf: (item) => this.layer.rowsOf(item) };
  }

  /** Place the names anew: something over the map came, went, or changed its size. */
  relabel(): void {
    this.backdrop.labels?.redraw();
  }

  set(change: Partial<Pick<IncidentLayer, "mode" | "showArrows" | "showCircles">>): void {
    Object.assign(this.layer, change);
    this.layer.redraw();
  }

  /** Mark the chosen row; where only the country is known, its whole area. */
  mark(row: number): void {
    this.layer.choose(row);
    this.backdrop.highlight(row);
  }

  /** Bring a row into sight: its place, closer if it lies in a group, spread where it shares its place with others. */
  reveal(row: number, sight: L.Point): void {
    const { viewpoint } = this;
    viewpoint.isMoved = true;
    const at = viewpoint.placeOf(row);
    if (!at) {
      const country = viewpoint.countryOf(row);
      if (country) viewpoint.bringIn(country);
      return;
    }
    if (this.layer.fan?.rows.includes(row)) return;
    this.layer.fan = null;
    const { map } = this;
    const isArea = this.#context.table.term("geo_precision", row) !== null && !this.layer.hasMark(row);
    if (isArea) return viewpoint.bringIn(at);
    const { zoom, rows } = this.layer.apart(row, map.getZoom(), map.getMaxZoom() - 1, map.getSize());
    if (zoom > map.getZoom()) map.setView(at, zoom, { animate: false });
    if (rows.length > 1 && rows.length <= FAN_MOST) this.layer.fan = { rows, at };
    viewpoint.bringIn(at, sight);
    this.layer.redraw();
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
    const text = over && (many ? words.say("here", { n: over.group?.n ?? 0 }) : wording.headlineOf(table, words, over.row));
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
    this.layer.fan = { rows, at: this.viewpoint.countryOf(rows[0]) as L.LatLng };
    this.layer.redraw();
  }

  #lookCloser(item: Item): void {
    const corners = this.layer
      .cornersOf(item)
      .map(([x, y]) => L.CRS.EPSG3857.pointToLatLng(L.point((x / WORLD) * 256, (y / WORLD) * 256), 0))
      .map(({ lat, lng }) => this.viewpoint.turned([lng, lat]));
    const bounds = L.latLngBounds(corners);
    const zoom = Math.max(this.map.getZoom() + 1, this.map.getBoundsZoom(bounds, false, L.point(60, 60)));
    this.map.setView(bounds.getCenter(), Math.min(zoom, this.map.getMaxZoom()), {
      animate: !matchMedia(STILL).matches,
    });
  }
}
