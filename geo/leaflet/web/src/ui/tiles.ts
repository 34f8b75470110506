/** Maps below the incidents: those of servers, asked only when the reader switches one on, and those of the page. */

import type { TileSource } from "../data/format.ts";
import type { Frame } from "../draw/canvas_layer.ts";

export function tileLayer({ url, attribution, max_zoom, subdomains }: TileSource): L.TileLayer {
  const text = attribution.replace(/<[^>]*>/g, "").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return L.tileLayer(url, {
    attribution: text,
    maxZoom: 22,
    maxNativeZoom: max_zoom ?? 19,
    subdomains: subdomains ?? "abc",
  });
}

interface Tile {
  el: HTMLCanvasElement;
  coords: L.Coords;
  current: boolean;
}

/** Draw the canvases of a layer of tiles, as far as they are on the map, into a frame. */
export function paintTiles(layer: L.GridLayer, { context, left, top, world }: Frame): void {
  const tiles = (layer as unknown as { _tiles?: Record<string, Tile> })._tiles ?? {};
  for (const { el, coords, current } of Object.values(tiles)) {
    if (!current || !el.width) continue;
    const size = world / 2 ** coords.z;
    context.drawImage(el, coords.x * size - left, coords.y * size - top, size, size);
  }
}
