/** The page: keeps map, panel, time and address in step with what the reader chooses. */

import type { Archive } from "../data/archive.ts";
import type { Basemap, Outlines } from "../data/format.ts";
import type { Table } from "../data/table.ts";
import type { IncidentLayer } from "../draw/incident_layer.ts";
import type { Theme } from "../draw/theme.ts";
import { wording, type Context } from "./context.ts";
import { button, clean, h } from "./dom.ts";
import type { Parts } from "./extension.ts";
import { flyTo } from "./flight.ts";
import { readFragment, writeFragment } from "./fragment.ts";
import { fillHeader } from "./header.ts";
import { Highlighter } from "./highlight.ts";
import { MapKey } from "./key.ts";
import { layOut, type Layout } from "./layout.ts";
import { Links } from "./links.ts";
import { MapView } from "./map_view.ts";
import { Panel } from "./panel.ts";
import { PrintedTexts, printView } from "./printing.ts";
import { Somewhere } from "./somewhere.ts";
import { Store } from "./store.ts";
import { Story } from "./story.ts";
import { Timeline } from "./timeline.ts";
import { Words } from "./words.ts";

const NARROW = "(max-width: 720px)";
const SHEET = 0.6; // of the map that the sheet of a phone covers, as in narrow.css
const CARD = 240; // pixels of the card of a story, whose sentence comes a moment later
const PAUSE_MS = 300; // between the last change and writing the address

export class Page {
  readonly #context: Context;
  readonly #layout: Layout;
  readonly #links: Links;
  readonly #view: MapView;
  readonly #state = readFragment(location.hash);
  readonly #printed: PrintedTexts;
  #panel: Panel | null = null;
  #story: Story | null = null;
  #key: MapKey | null = null;
  #writing = 0;
  #steady = false;

  constructor(map: L.Map, table: Table, archive: Archive, links: Int32Array, basemap: Basemap | null, outlines: Outlines | null) {
    const { meta } = table;
    const words = new Words(meta);
    this.#layout = layOut(map.getContainer(), clean(meta.title), words, meta.lang, meta.dir);
    const { root } = this.#layout;
    this.#context = {
      root,
      meta,
      words,
      table,
      archive,
      store: new Store(table, archive),
      highlighter: new Highlighter(meta.highlights),
    };
    const { store } = this.#context;
    store.sayDay = (day) => words.searchedDay(day);
    store.sayTerm = (vocabulary, term) => words.term(vocabulary, term);
    this.#links = new Links(links);
    this.#printed = new PrintedTexts(this.#context);
    this.#view = new MapView(map, this.#context, links, basemap, outlines);
    // What takes room beside the map comes first: the view is made for the room that is left.
    fillHeader(this.#layout.header, this.#context, this.#links, this.#state.filter.query);
    this.#layout.time.append(new Timeline(this.#context).element);
    const asked = new URLSearchParams(location.search);
    const embedded = asked.has("embed");
    root.classList.toggle("geo-still", asked.has("still")); // a picture of the page: nobody can press its buttons
    root.classList.toggle("geo-embed", embedded);
    // A search engine is to find the article round the frame, or the whole page.
    if (embedded) document.head.append(Object.assign(h("meta"), { name: "robots", content: "noindex" }));
    if (embedded || matchMedia(NARROW).matches) this.#layout.togglePanel(false);
    this.#view.show(this.#state.view);
    this.#layout.trust.textContent = wording.trustOf(meta, words);
    this.#sayCount();
  }

  /** What is drawn on the map, in pixels of its container. */
  drawn(): ReturnType<IncidentLayer["drawn"]> {
    return this.#view.layer.drawn();
  }

  addStreets(make: (theme: Theme) => L.GridLayer): void {
    this.#view.backdrop.addStreets(make);
  }

  get parts(): Parts {
    const { map, layer } = this.#view;
    return { context: this.#context, map, layer, links: this.#links, layout: this.#layout, refit: () => this.refit() };
  }

  headlineOf(row: number, most = Infinity): string {
    return wording.headlineOf(this.#context.table, this.#context.words, row, (text) => [...text].length <= most);
  }

  /** Everything beside the first picture: panel, listeners. */
  furnish(): void {
    const { store } = this.#context;
    const view = this.#view;
    this.#panel = new Panel(this.#layout.panel, this.#context, this.#links, {
      heat: (on) => this.#setHeat(on),
      arrows: (on) => view.set({ showArrows: on }),
      circles: (on) => view.set({ showCircles: on }),
      tiles: (index) => view.backdrop.setTiles(index),
      streets: (on) => view.backdrop.showStreets(on),
      startsWithHeat: this.#state.heat,
    });
    const panel = this.#panel;
    this.#story = new Story(this.#context, this.#links, (row, reached) => this.#onStep(row, reached));
    this.#key = new MapKey(this.#context, () => view.relabel());
    this.#layout.mapBox.append(this.#story.element, this.#key.element);
    if (this.#story.any) this.#offerStory(this.#story);
    view.onMany = (rows) => {
      this.#layout.togglePanel(true);
      panel.showMany(rows);
    };
    panel.onClose = () => matchMedia(NARROW).matches && this.#layout.togglePanel(false);
    const somewhere = new Somewhere(this.#context, (rows) => view.listAt(rows));
    this.#layout.mapBox.append(somewhere.element);
    view.furnish(() => this.#writeState());
    store.listen((change) => {
      if (change === "chosen") this.#onChosen();
      else if (change !== "searching") this.#onFiltered();
      this.#sayCount();
      this.#writeState();
    });
    this.#listenToWindow();
    store.replace(this.#state.filter);
    if (this.#state.heat) this.#setHeat(true);
    this.#settle();
  }

  /** What lies over the map makes way for the marks, and names of places for it. */
  #settle(): void {
    const { map, layer } = this.#view;
    this.#key?.place(map.getSize(), layer.drawn());
    const spare = this.#key?.strip ?? 0;
    if (spare !== this.#view.viewpoint.spare) {
      this.#view.viewpoint.spare = spare;
      if (!this.#state.view && !this.#view.viewpoint.isMoved) this.#view.viewpoint.home();
    }
    this.#view.relabel();
  }

  /** Fit the first view to a map that has become smaller or larger, unless the address or the reader chose another. */
  refit(): void {
    const { map } = this.#view;
    map.invalidateSize({ animate: false, pan: false });
    if (!this.#state.view && !this.#view.viewpoint.isMoved) this.#view.viewpoint.home();
    this.#settle();
  }

  /** Choose the incident that the address names. */
  async restoreChosen(id: string | null = this.#state.chosen): Promise<void> {
    this.#printed.prepare();
    if (this.#state.story !== undefined && this.#state.story >= 0) this.#story?.go(this.#state.story);
    if (!id) return;
    const row = (await this.#context.archive.ids()).indexOf(id);
    if (row < 0) return;
    this.#steady = this.#state.view !== null; // a link that says the view is not moved by its popup
    this.#context.store.choose(row);
    this.#steady = false;
  }

  #listenToWindow(): void {
    const view = this.#view;
    addEventListener("beforeprint", () => {
      this.#setPrinting(true);
      printView(this.#context, this.#layout.print, () => view.layer.hasArrows, this.#printed, (canvas, width) =>
        view.paint(canvas, width),
      );
    });
    addEventListener("afterprint", () => this.#setPrinting(false));
    this.#context.store.listenLater(() => this.#printed.prepare());
    addEventListener("hashchange", () => this.#followFragment());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !(event.target as HTMLElement).closest("dialog, details, input")) this.#close();
    });
  }

  /** Paper is white whatever the screen is. */
  #setPrinting(on: boolean): void {
    this.#context.root.classList.toggle("geo-printing", on);
    this.#view.repaint();
  }

  #offerStory(story: Story): void {
    const { words } = this.#context;
    this.#layout.header.append(
      button(words.say("story.start"), { class: "geo-button geo-start-story" }, () => {
        story.go(0);
        story.element.querySelector<HTMLElement>("button:not([disabled])")?.focus();
      }),
    );
    document.addEventListener("keydown", (event) => {
      if (story.at < 0 || (event.target as HTMLElement).closest("input, select, dialog, [role=slider]")) return;
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      const step = story.at + (this.#context.meta.dir === "rtl" ? -by : by);
      if (step >= 0 && step < story.rows.length) story.go(step);
    });
  }

  #onStep(row: number, reached: number[]): void {
    const { layer } = this.#view;
    layer.reached = reached.length ? new Set(reached) : null;
    this.#steady = true;
    this.#view.mark(row);
    this.#context.root.classList.toggle("geo-in-story", row >= 0);
    const earlier = this.#links.of(row).earlier.filter((each) => reached.includes(each));
    if (row >= 0) flyTo(this.#view, row, earlier, Math.max(CARD, this.#story?.element.offsetHeight ?? 0));
    else this.#view.relabel();
    this.#steady = false;
    this.#writeState();
  }

  #onChosen(): void {
    const row = this.#context.store.chosen;
    this.#view.mark(row);
    this.#panel?.show(row);
    if (row < 0) return;
    this.#layout.togglePanel(true);
    if (!this.#steady) this.#view.reveal(row, this.#sight);
  }

  /** The part of the map that the panel leaves free: all of it, but for the sheet of a phone. */
  get #sight(): L.Point {
    const size = this.#view.map.getSize();
    return matchMedia(NARROW).matches ? L.point(size.x, size.y * (1 - SHEET)) : size;
  }

  #close(): void {
    this.#view.closeFan();
    if (this.#story && this.#story.at >= 0) return this.#story.go(-1);
    if (this.#context.store.chosen >= 0) this.#context.store.choose(-1);
    else if (matchMedia(NARROW).matches) this.#layout.togglePanel(false);
  }

  #onFiltered(): void {
    this.#view.layer.filter(this.#context.store.shown);
    this.#panel?.list.show(this.#context.store.rows);
  }

  #sayCount(): void {
    const { store, words } = this.#context;
    const text = words.say("count_shown", { n: store.rows.length, total: store.total });
    const searching =
      store.searched < 1 ? ` ${words.say("searching", { percent: Math.round(store.searched * 100) })}` : "";
    if (this.#layout.count.textContent !== text + searching) this.#layout.count.textContent = text + searching;
  }

  #setHeat(on: boolean): void {
    this.#view.set({ mode: on ? "heat" : "marks" });
    this.#writeState();
  }

  #writeState(): void {
    window.clearTimeout(this.#writing);
    this.#writing = window.setTimeout(() => void this.#writeNow(), PAUSE_MS);
  }

  async #writeNow(): Promise<void> {
    const { store, archive } = this.#context;
    const { map, layer } = this.#view;
    const { lat, lng } = map.getCenter();
    const chosen = store.chosen < 0 ? null : ((await archive.ids())[store.chosen] ?? null);
    const view = { lat, lon: lng, zoom: map.getZoom() };
    try {
      history.replaceState(
        null,
        "",
        `#${writeFragment({ view, filter: store.filter, chosen, heat: layer.mode === "heat", story: this.#story?.at ?? -1 })}`,
      );
    } catch {
      // A notebook shows the page in a frame without an address of its own.
    }
  }

  #followFragment(): void {
    const state = readFragment(location.hash);
    const { store } = this.#context;
    this.#view.viewpoint.isMoved = true;
    if (state.view) this.#view.map.setView([state.view.lat, state.view.lon], state.view.zoom);
    store.replace(state.filter);
    this.#view.set({ mode: state.heat ? "heat" : "marks" });
    if (state.chosen) void this.restoreChosen(state.chosen);
    else if (store.chosen >= 0) store.choose(-1);
  }
}
