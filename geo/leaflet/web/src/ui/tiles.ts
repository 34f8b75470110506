/** Online maps: listed, and asked for only when the reader switches one on. */

import type { TileSource } from "../data/format.ts";

export function tileLayer({ url, attribution, max_zoom, subdomains }: TileSource): L.TileLayer {
  const text = attribution.replace(/<[^>]*>/g, "").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return L.tileLayer(url, {
    attribution: text,
    maxZoom: 22,
    maxNativeZoom: max_zoom ?? 19,
    subdomains: subdomains ?? "abc",
  });
}
