/** Which part of the world the map shows. */

import type { Bounds } from "../data/format.ts";
import { nearestTurn } from "../draw/worlds.ts";
import type { Context } from "./context.ts";
import type { State } from "./fragment.ts";

const EDGE = 48; // pixels round the first view
const WHOLE_WORLD: [number, number] = [20, 0];

export class Viewpoint {
  /** Pixels of the lower edge that the first view leaves free. */
  spare = 0;
  /** Whether the reader has taken hold of the map. */
  isMoved = false;
  readonly #map: L.Map;
  readonly #context: Context;

  constructor(map: L.Map, context: Context) {
    this.#map = map;
    this.#context = context;
  }

  /** Look at a view, or at all incidents. */
  show(view: State["view"]): void {
    this.#map.invalidateSize({ animate: false, pan: false });
    if (view) this.#map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else this.home();
  }

  /** Look at what the page shows first. */
  home(): void {
    const { bounds } = this.#context.meta;
    if (bounds) this.fit(bounds);
    else this.#map.setView(WHOLE_WORLD, 2, { animate: false });
  }

  fit([west, south, east, north]: Bounds): void {
    const corners = L.latLngBounds([south, west], [north, east]);
    const paddingBottomRight: [number, number] = [EDGE, EDGE + this.spare];
    this.#map.fitBounds(corners, { paddingTopLeft: [EDGE, EDGE], paddingBottomRight, maxZoom: 8, animate: false });
  }

  /** Know when the reader takes hold of the map. */
  watch(): void {
    for (const event of ["pointerdown", "wheel", "keydown"])
      this.#map
        .getContainer()
        .addEventListener(event, () => (this.isMoved = true), { once: true, passive: true });
  }

  /** Where a row is drawn; null for one that is only listed. */
  placeOf(row: number): L.LatLng | null {
    return this.#context.table.term("geo_precision", row) === "country" ? null : this.countryOf(row);
  }

  /** Where a row lies, or the country of one that is not drawn. */
  countryOf(row: number): L.LatLng | null {
    const at = this.#context.table.lonLat(row);
    return at && this.turned(at);
  }

  /** Look at a place that is out of view, or below what a sheet leaves free of the map. */
  bringIn(at: L.LatLng, sight: L.Point = this.#map.getSize()): void {
    const { x, y } = this.#map.latLngToContainerPoint(at);
    const edge = 24;
    if (x > edge && y > edge && x < sight.x - edge && y < sight.y - edge) return;
    this.#map.panBy(L.point(x - sight.x / 2, y - sight.y / 2), { animate: false });
  }

  /**
   * Longitude first everywhere, but Leaflet wants latitude first: here they are turned round. A place beyond 180 degrees is
   * meant where it is nearest to the view.
   */
  turned([lon, lat]: [number, number]): L.LatLng {
    return L.latLng(lat, nearestTurn(lon, this.#map.getCenter().lng));
  }
}
