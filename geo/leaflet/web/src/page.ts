/** The entry: `geoPage.mount(map)` lays the interface round a Folium map. */

import markerIcon from "leaflet/dist/images/marker-icon.png";
import markerIconRetina from "leaflet/dist/images/marker-icon-2x.png";
import markerShadow from "leaflet/dist/images/marker-shadow.png";
import { Archive } from "./data/archive.ts";
import type { Basemap, Dictionaries, Meta, Outlines } from "./data/format.ts";
import { Table } from "./data/table.ts";
import type { layer as StreetLayer } from "./streets/streets.ts";
import type { Extension } from "./ui/extension.ts";
import { holdLoad } from "./ui/loading.ts";
import { Page } from "./ui/page.ts";

// Leaflet looks for its pins beside its style sheet; in this page they are inside.
L.Icon.Default.imagePath = "";
L.Icon.Default.mergeOptions({ iconUrl: markerIcon, iconRetinaUrl: markerIconRetina, shadowUrl: markerShadow });

let finish!: { resolve: () => void; reject: (reason: unknown) => void };

/** Resolves when everything in the page can be used. */
export const ready: Promise<void> = new Promise((resolve, reject) => (finish = { resolve, reject }));
ready.catch(() => undefined); // `mount` says it on the page

/**
 * Read the blocks of the document (FORMAT.md) and show them on a map.
 *
 * @param map The Leaflet map that Folium made.
 */
export async function mount(map: L.Map): Promise<void> {
  const container = map.getContainer();
  const release = holdLoad();
  try {
    await load(map, release);
    finish.resolve();
  } catch (error) {
    fail(container, error);
    release();
    finish.reject(error);
  }
  return ready;
}

let page: Page | null = null;
let extension: Extension | null = null;

/** Let another bundle take part; before `mount`. */
export function extend(added: Extension): void {
  extension = added;
}

let streetLayer: typeof StreetLayer | null = null;

/** Let the bundle that draws vector tiles take part; before `mount`. */
export function drawStreets(bundle: { layer: typeof StreetLayer }): void {
  streetLayer = bundle.layer;
}

/** What is drawn: kind, place in pixels of the map's container, row and number of incidents. */
export function drawn(): ReturnType<Page["drawn"]> {
  return page?.drawn() ?? [];
}

/** The headline of a row, in the page's row order. */
export function headlineOf(row: number, most?: number): string {
  return page?.headlineOf(row, most) ?? "";
}

async function load(map: L.Map, onDrawn: () => void): Promise<void> {
  const meta = JSON.parse(document.getElementById("geo-meta")?.textContent ?? "null") as Meta | null;
  if (meta?.schema !== 1) throw new Error("the page holds no data that this version of it can read.");
  const archive = new Archive(meta);
  const [core, dictionaries, links, basemap, outlines] = await Promise.all([
    archive.core(),
    archive.json<Dictionaries>("dictionaries"),
    archive.links(),
    archive.json<Basemap>("basemap"),
    archive.json<Outlines>("outlines"),
  ]);
  const texts = dictionaries ?? {};
  extension?.prepare(meta, core, texts);
  page = new Page(map, new Table(meta, core, texts), archive, links, basemap, outlines);
  await painted();
  document.documentElement.dataset.geoState = "painted";
  performance.mark("geo-painted");
  page.furnish();
  await painted();
  onDrawn();
  await parsed();
  await showStreets(page, archive, meta);
  await archive.storeAll();
  await page.restoreChosen();
  await extension?.furnish(page.parts);
  document.documentElement.dataset.geoState = "ready";
}

/** Draw the vector tiles that the page may carry. */
async function showStreets(page: Page, archive: Archive, { streets, lang }: Meta): Promise<void> {
  const make = streetLayer;
  const bytes = make && streets ? await archive.streets() : null;
  if (make && streets && bytes) page.addStreets((theme) => make(bytes, streets, theme, lang));
}

/** After the browser has shown what was drawn. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function parsed(): Promise<void> {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", () => resolve(), { once: true }));
}

function fail(container: HTMLElement, error: unknown): void {
  document.documentElement.dataset.geoState = "failed";
  const notice = document.createElement("p");
  notice.className = "geo-failed";
  notice.setAttribute("role", "alert");
  notice.textContent = `This map cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
  container.prepend(notice);
}
