/** The page: keeps map, panel, time and address in step with what the reader chooses. */

import type { Archive } from "../data/archive.ts";
import type { Basemap } from "../data/format.ts";
import type { Table } from "../data/table.ts";
import { BasemapLayer } from "../draw/basemap.ts";
import { FAN_MOST } from "../draw/fan.ts";
import { LabelLayer } from "../draw/labels.ts";
import { IncidentLayer } from "../draw/incident_layer.ts";
import { colourOf, type Item } from "../draw/marks.ts";
import { readTheme } from "../draw/theme.ts";
import { aboutDialog } from "./about.ts";
import { telling, type Context } from "./context.ts";
import { detailView } from "./detail.ts";
import { button, clean, fill, h } from "./dom.ts";
import { downloadMenu } from "./download.ts";
import { FiltersView } from "./filters_view.ts";
import { readFragment, writeFragment } from "./fragment.ts";
import { Highlighter } from "./highlight.ts";
import { layersView, legendView } from "./legend.ts";
import { layOut, tabs, type Layout } from "./layout.ts";
import { IncidentList } from "./list.ts";
import { listContent, popupContent } from "./popup.ts";
import { printView } from "./printing.ts";
import { Somewhere } from "./somewhere.ts";
import { Store } from "./store.ts";
import { Timeline } from "./timeline.ts";
import { tileLayer } from "./tiles.ts";
import { Words } from "./words.ts";

const NARROW = "(max-width: 720px)";

export class Page {
  readonly #map: L.Map;
  readonly #context: Context;
  readonly #layout: Layout;
  readonly #basemap: BasemapLayer | null;
  readonly #labels: LabelLayer | null;
  readonly #layer: IncidentLayer;
  readonly #answered = new Map<number, number[]>();
  readonly #answers = new Map<number, number[]>();
  readonly #popup = L.popup({ maxWidth: 340, minWidth: 230, autoPanPadding: L.point(20, 20), className: "geo-leaflet-popup" });
  readonly #state = readFragment(location.hash);
  #list: IncidentList | null = null;
  #showTab: (at: number) => void = () => undefined;
  #browse = h("div", { class: "geo-browse" });
  #detail = h("div", { class: "geo-detail-box", hidden: true });
  #tiles: L.TileLayer | null = null;
  #writing = 0;
  #steady = false;

  constructor(map: L.Map, table: Table, archive: Archive, links: Int32Array, basemap: Basemap | null) {
    const { meta } = table;
    const words = new Words(meta);
    this.#map = map;
    this.#layout = layOut(map.getContainer(), clean(meta.title), words, meta.lang, meta.dir);
    const { root } = this.#layout;
    const store = new Store(table, archive);
    this.#context = { root, meta, words, table, archive, store, highlighter: new Highlighter(meta.highlights) };
    for (let at = 0; at + 1 < links.length; at += 2) {
      push(this.#answered, links[at], links[at + 1]);
      push(this.#answers, links[at + 1], links[at]);
    }
    this.#preparePanes();
    const theme = readTheme(root);
    this.#basemap = basemap ? new BasemapLayer(basemap, theme) : null;
    this.#labels = basemap ? new LabelLayer(basemap, theme) : null;
    this.#layer = new IncidentLayer(table, links, this.#layerWords(), theme);
    // What takes room beside the map comes first: the view is made for the room that is left.
    this.#fillHeader();
    this.#layout.time.append(new Timeline(this.#context).element);
    if (matchMedia(NARROW).matches) this.#layout.togglePanel(false);
    map.invalidateSize({ animate: false, pan: false });
    this.#setView();
    this.#basemap?.addTo(map);
    this.#labels?.addTo(map);
    this.#layer.onDrawn = (obstacles) => {
      if (!this.#labels) return;
      this.#labels.obstacles = obstacles;
      this.#labels.reset();
    };
    this.#layer.addTo(map);
    this.#sayCount();
  }

  /** What is drawn on the map, in pixels of its container. */
  drawn(): ReturnType<IncidentLayer["drawn"]> {
    return this.#layer.drawn();
  }

  /** Everything beside the first picture: panel, time, listeners. */
  furnish(): void {
    const { store } = this.#context;
    const hasLinks = this.#answers.size > 0;
    this.#fillPanel(hasLinks);
    const somewhere = new Somewhere(this.#context, (rows, country) => this.#openSomewhere(rows, country));
    this.#layout.mapBox.append(somewhere.element);
    this.#addControls();
    store.listen((change) => {
      if (change === "chosen") this.#onChosen();
      else if (change !== "searching") this.#onFiltered();
      this.#sayCount();
      this.#writeState();
    });
    this.#listenToMap();
    this.#listenToTheme();
    addEventListener("beforeprint", () => {
      this.#setPrinting(true);
      printView(this.#context, this.#layout.print, hasLinks);
    });
    addEventListener("afterprint", () => this.#setPrinting(false));
    addEventListener("hashchange", () => this.#followFragment());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !(event.target as HTMLElement).closest("dialog, details, input")) this.#close();
    });
    store.replace(this.#state.filter);
    if (this.#state.heat) this.#setHeat(true);
  }

  /** Choose the incident that the address names. */
  async restoreChosen(id: string | null = this.#state.chosen): Promise<void> {
    if (!id) return;
    const row = (await this.#context.archive.ids()).indexOf(id);
    if (row < 0) return;
    this.#steady = this.#state.view !== null; // a link that says the view is not moved by its popup
    this.#context.store.choose(row);
    this.#steady = false;
  }

  #preparePanes(): void {
    for (const [name, order] of [["geo-basemap", "150"], ["geo-incidents", "450"], ["geo-labels", "460"]]) {
      const pane = this.#map.getPane(name) ?? this.#map.createPane(name);
      pane.style.zIndex = order;
      pane.style.pointerEvents = "none";
    }
  }

  #layerWords() {
    const { table, words } = this.#context;
    return {
      compact: (n: number) => words.compact(n),
      plate: (rows: number[], n: number) => {
        const name = telling.placeOf(table, words, rows[0]);
        const one = rows.every((row) => table.text("place_name", row) === table.text("place_name", rows[0]));
        const text = one && rows.length === n ? `≈ ${clean(name).slice(0, 28)}` : "≈";
        return n === 1 ? text : `${text} · ${words.compact(n)}`;
      },
      arrow: (pair: readonly [number, number]) => {
        const [from, to] = pair.map((row) => table.day("date_start", row));
        if (from === null || to === null) return "";
        return from === to ? words.shortDay(from) : `${words.shortDay(from)} → ${words.shortDay(to)}`;
      },
    };
  }

  #setView(): void {
    const { view } = this.#state;
    const { bounds } = this.#context.meta;
    if (view) this.#map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else if (bounds) {
      const [west, south, east, north] = bounds;
      this.#map.fitBounds([[south, west], [north, east]], { padding: [48, 48], maxZoom: 8, animate: false });
    } else this.#map.setView([20, 0], 2, { animate: false });
  }

  #fillPanel(hasLinks: boolean): void {
    const { words } = this.#context;
    this.#list = new IncidentList(this.#context);
    const filters = new FiltersView(this.#context);
    const choice = {
      heat: (on: boolean) => this.#setHeat(on),
      arrows: (on: boolean) => this.#set({ showArrows: on }),
      circles: (on: boolean) => this.#set({ showCircles: on }),
      tiles: (index: number) => this.#setTiles(index),
    };
    const legend = h("div", { class: "geo-legend" }, [h("h2", { class: "geo-unseen" }, words.say("legend")), legendView(this.#context, hasLinks), layersView(this.#context, choice, hasLinks)]);
    const { element, show } = tabs(words.say("panel"), [
      { name: words.say("list"), view: this.#list.element },
      { name: words.say("filters"), view: filters.element, onShow: () => filters.refill() },
      { name: words.say("legend"), view: legend },
    ]);
    this.#showTab = show;
    this.#browse.append(element);
    this.#layout.panel.append(this.#browse, this.#detail);
  }

  #fillHeader(): void {
    const { words, store } = this.#context;
    let typing = 0;
    const search = h("input", { type: "search", placeholder: words.say("search"), "aria-label": words.say("search"), autocomplete: "off", value: this.#state.filter.query }, [], {
      input: () => {
        window.clearTimeout(typing);
        typing = window.setTimeout(() => store.search(search.value), 220);
      },
    });
    store.listen((change) => {
      if (change === "filter" && document.activeElement !== search) search.value = store.filter.query;
    });
    const about = aboutDialog(this.#context);
    this.#context.root.append(about);
    this.#layout.header.append(
      h("div", { class: "geo-search", role: "search" }, search),
      downloadMenu(this.#context, this.#answered),
      button(words.say("about_short"), { class: "geo-button" }, () => about.showModal()),
    );
  }

  #listenToMap(): void {
    const map = this.#map;
    map.on("click", (event) => this.#onClick(event as L.LeafletMouseEvent));
    map.on("mousemove", (event) => {
      const over = this.#layer.itemAt((event as L.LeafletMouseEvent).containerPoint);
      map.getContainer().classList.toggle("geo-pointing", over !== null);
    });
    map.on("moveend", () => this.#writeState());
    map.on("zoomstart", () => {
      this.#layer.fan = null;
    });
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  }

  #listenToTheme(): void {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#repaint());
  }

  /** Take the colours of the style sheet anew. */
  #repaint(): void {
    const theme = readTheme(this.#context.root);
    this.#layer.theme = theme;
    if (this.#labels) this.#labels.theme = theme;
    this.#layer.reset();
    if (!this.#basemap) return;
    this.#basemap.theme = theme;
    this.#basemap.reset();
  }

  /** Paper is white whatever the screen is. */
  #setPrinting(on: boolean): void {
    this.#context.root.classList.toggle("geo-printing", on);
    this.#repaint();
  }

  /** Zoom and attribution in the reader's language, where the map has none of its own. */
  #addControls(): void {
    const { words, meta } = this.#context;
    const [zoomInTitle, zoomOutTitle] = [words.say("zoom_in"), words.say("zoom_out")];
    if (!this.#map.zoomControl) L.control.zoom({ position: "topleft", zoomInTitle, zoomOutTitle }).addTo(this.#map);
    const attribution = this.#map.attributionControl ?? L.control.attribution({ prefix: false }).addTo(this.#map);
    attribution.setPrefix(false);
    for (const { text } of meta.attributions ?? []) attribution.addAttribution(escaped(clean(text).replace(/\s*\([^)]*\)/g, "")));
  }

  #onClick({ containerPoint, latlng }: L.LeafletMouseEvent): void {
    const item = this.#layer.itemAt(containerPoint, matchMedia("(pointer: coarse)").matches ? 10 : 3);
    if (!item) {
      this.#layer.fan = null;
      this.#layer.redraw();
      return;
    }
    if (item.kind === "mark" || item.kind === "fan") this.#context.store.choose(item.row);
    else this.#openGroup(item, latlng);
  }

  /** One place: fan out or list. Several places: look closer. */
  #openGroup(item: Item, latlng: L.LatLng): void {
    const rows = this.#layer.rowsOf(item);
    if (rows.length === 1) return this.#context.store.choose(rows[0]);
    if (item.kind === "area") return this.#listAt(rows, latlng);
    const together = item.group?.together ?? false;
    if (!together && this.#map.getZoom() < this.#map.getMaxZoom() - 1 && rows.length > 8) {
      const bounds = L.latLngBounds(rows.map((row) => turned(this.#context.table.lonLat(row))));
      const zoom = Math.max(this.#map.getZoom() + 1, this.#map.getBoundsZoom(bounds, false, L.point(60, 60)));
      this.#map.setView(bounds.getCenter(), Math.min(zoom, this.#map.getMaxZoom()));
      return;
    }
    if (rows.length > FAN_MOST) return this.#listAt(rows, latlng);
    this.#layer.fan = { rows, at: this.#map.containerPointToLatLng(this.#map.latLngToContainerPoint(turned(this.#context.table.lonLat(rows[0])))) };
    this.#layer.redraw();
  }

  #listAt(rows: number[], latlng: L.LatLng): void {
    this.#popup.options.offset = L.point(0, 0);
    this.#popup.setLatLng(latlng).setContent(listContent(this.#context, rows, (row) => this.#context.store.choose(row))).openOn(this.#map);
  }

  #openSomewhere(rows: number[], country: string | null): void {
    void country;
    if (rows.length === 1) return this.#context.store.choose(rows[0]);
    this.#listAt(rows, this.#map.getCenter());
  }

  #onChosen(): void {
    const { store, table } = this.#context;
    const row = store.chosen;
    this.#layer.chosen = row;
    this.#layer.redraw();
    this.#highlightCountry(row);
    this.#showDetail(row);
    this.#list?.reveal(row);
    if (row < 0) return;
    const at = table.lonLat(row);
    const narrow = matchMedia(NARROW).matches;
    const placed = at && table.term("geo_precision", row) !== "country";
    if (placed && !(narrow && this.#layout.isPanelOpen())) return this.#openPopup(row, turned(at));
    this.#popup.remove();
    if (narrow) this.#layout.togglePanel(true);
    if (placed) this.#panAbove(turned(at));
  }

  /** Bring a place into the part of the map that the sheet leaves free. */
  #panAbove(at: L.LatLng): void {
    const { y } = this.#map.getSize();
    const point = this.#map.latLngToContainerPoint(at);
    this.#map.panBy(point.subtract(L.point(this.#map.getSize().x / 2, y * 0.14)), { animate: false });
  }

  #openPopup(row: number, at: L.LatLng): void {
    const fanned = this.#layer.fan?.rows.includes(row) ?? false;
    if (!fanned) this.#layer.fan = null;
    if (!this.#steady && !this.#map.getBounds().pad(-0.02).contains(at)) this.#map.panTo(at, { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
    this.#popup.options.autoPan = !this.#steady;
    const content = popupContent(this.#context, row, () => this.#openPanel(), () => this.#popup.update());
    this.#popup.options.offset = L.point(0, -this.#layer.heightOf(row));
    this.#popup.setLatLng(at).setContent(content).openOn(this.#map);
  }

  #openPanel(): void {
    this.#layout.togglePanel(true);
    this.#detail.querySelector<HTMLElement>("h2")?.focus();
  }

  #showDetail(row: number): void {
    // Who chose in the list reads on in the detail, and who leaves the detail is back in the list.
    const [fromList, fromDetail] = [this.#browse, this.#detail].map((box) => box.contains(document.activeElement));
    this.#browse.hidden = row >= 0;
    this.#detail.hidden = row < 0;
    if (row < 0) {
      fill(this.#detail, []);
      if (fromDetail) this.#list?.focus();
      return;
    }
    const { words, store } = this.#context;
    const back = button(words.say("back"), { class: "geo-link geo-back" }, () => {
      this.#popup.remove();
      this.#showTab(0);
      store.choose(-1);
    });
    const links = { earlier: this.#answered.get(row) ?? [], answers: this.#answers.get(row) ?? [] };
    fill(this.#detail, [back, detailView(this.#context, row, links)]);
    this.#detail.scrollTop = 0;
    if (fromList || fromDetail) this.#detail.querySelector<HTMLElement>("h2")?.focus();
  }

  /** Only the country is known: its whole area is laid over with the colour of the kind. */
  #highlightCountry(row: number): void {
    if (!this.#basemap) return;
    const { table } = this.#context;
    const code = row >= 0 && table.term("geo_precision", row) === "country" ? table.text("country_code", row) : null;
    const before = this.#basemap.highlighted?.code ?? null;
    this.#basemap.highlighted = code ? { code, colour: colourOf(table, table.typeCode(row)) } : null;
    if (before !== code) this.#basemap.redraw();
  }

  #close(): void {
    this.#popup.remove();
    this.#layer.fan = null;
    if (this.#context.store.chosen >= 0) this.#context.store.choose(-1);
    else this.#layer.redraw();
  }

  #onFiltered(): void {
    this.#layer.filter(this.#context.store.shown);
    this.#list?.show(this.#context.store.rows);
  }

  #sayCount(): void {
    const { store, words, table } = this.#context;
    const text = words.say("count_shown", { n: store.rows.length, total: table.rows });
    const searching = store.searched < 1 ? ` ${words.say("searching", { percent: Math.round(store.searched * 100) })}` : "";
    if (this.#layout.count.textContent !== text + searching) this.#layout.count.textContent = text + searching;
  }

  #setHeat(on: boolean): void {
    this.#set({ mode: on ? "heat" : "marks" });
    this.#writeState();
  }

  #set(change: Partial<Pick<IncidentLayer, "mode" | "showArrows" | "showCircles">>): void {
    Object.assign(this.#layer, change);
    this.#layer.redraw();
  }

  #setTiles(index: number): void {
    this.#tiles?.remove();
    this.#tiles = index < 0 ? null : tileLayer((this.#context.meta.tiles ?? [])[index]);
    this.#tiles?.addTo(this.#map);
  }

  #writeState(): void {
    window.clearTimeout(this.#writing);
    this.#writing = window.setTimeout(() => void this.#writeNow(), 300);
  }

  async #writeNow(): Promise<void> {
    const { store, archive } = this.#context;
    const { lat, lng } = this.#map.getCenter();
    const chosen = store.chosen < 0 ? null : ((await archive.ids())[store.chosen] ?? null);
    const view = { lat, lon: lng, zoom: this.#map.getZoom() };
    const fragment = `#${writeFragment({ view, filter: store.filter, chosen, heat: this.#layer.mode === "heat" })}`;
    try {
      history.replaceState(null, "", fragment);
    } catch {
      // A notebook shows the page in a frame without an address of its own.
    }
  }

  #followFragment(): void {
    const state = readFragment(location.hash);
    const { store } = this.#context;
    if (state.view) this.#map.setView([state.view.lat, state.view.lon], state.view.zoom);
    store.replace(state.filter);
    this.#set({ mode: state.heat ? "heat" : "marks" });
    if (state.chosen) void this.restoreChosen(state.chosen);
    else if (store.chosen >= 0) store.choose(-1);
  }
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** Longitude first everywhere, but Leaflet wants latitude first: here, and only here, they are turned round. */
function turned(lonLat: [number, number] | null): L.LatLng {
  return L.latLng(lonLat?.[1] ?? 0, lonLat?.[0] ?? 0);
}

/** Leaflet's attribution takes markup; this makes text of it. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
