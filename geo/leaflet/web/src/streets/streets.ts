/** The entry: a layer of the vector tiles that the page carries, drawn without asking anybody. */

import { leafletLayer } from "protomaps-leaflet";
import { PMTiles, type RangeResponse, type Source } from "pmtiles";
import type { Streets } from "../data/format.ts";
import type { Theme } from "../draw/theme.ts";
import { labelRules, paintRules } from "./rules.ts";

/** An archive that lies in memory. */
class Held implements Source {
  readonly #bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
  }

  getKey(): string {
    return "page";
  }

  getBytes(offset: number, length: number): Promise<RangeResponse> {
    return Promise.resolve({ data: this.#bytes.slice(offset, offset + length).buffer });
  }
}

/**
 * Make the layer.
 *
 * @param bytes The PMTiles archive.
 */
export function layer(bytes: Uint8Array<ArrayBuffer>, streets: Streets, theme: Theme, lang: string): L.GridLayer {
  const [west, south, east, north] = streets.bounds;
  return leafletLayer({
    url: new PMTiles(new Held(bytes)),
    paintRules: paintRules(streets.rules, theme),
    labelRules: labelRules(streets.rules, theme, lang),
    maxDataZoom: streets.max_zoom,
    minZoom: streets.min_zoom,
    maxZoom: 22,
    bounds: [
      [south, west],
      [north, east],
    ],
    lang,
    attribution: "", // the page's own list of sources names it
    pane: "geo-streets",
  }) as unknown as L.GridLayer;
}
