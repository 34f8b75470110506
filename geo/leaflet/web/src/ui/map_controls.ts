/** The controls in the corners of the map: zoom, home, all places, scale, attribution. */

import type { Bounds } from "../data/format.ts";
import type { Context } from "./context.ts";
import { button, clean } from "./dom.ts";

export interface Sights {
  /** Look at what the page shows first. */
  home: () => void;
  fit: (bounds: Bounds) => void;
}

/** Add the controls, in the reader's language; what the map has of its own stays. */
export function addControls(map: L.Map, { words, meta }: Context, { home, fit }: Sights): void {
  const [zoomInTitle, zoomOutTitle] = [words.say("zoom_in"), words.say("zoom_out")];
  if (!map.zoomControl) L.control.zoom({ position: "topleft", zoomInTitle, zoomOutTitle }).addTo(map);
  const title = words.say("home");
  addButton(map, button("⌂", { class: "geo-icon-button geo-home", "aria-label": title, title }, home));
  // The first view leaves out what lies far away: a way to see that too.
  const all = meta.all_bounds;
  if (all) addButton(map, button(words.say("show_all_places"), { class: "geo-chip geo-show-all" }, () => fit(all)));
  const attribution = map.attributionControl ?? L.control.attribution({ prefix: false }).addTo(map);
  attribution.setPrefix(false);
  scaleBar(words).addTo(map);
  for (const { text } of meta.attributions ?? [])
    attribution.addAttribution(escaped(clean(text).replace(/\s*\([^)]*\)/g, "")));
}

/** Leaflet's scale bar, its distance in the words of the page. */
function scaleBar(words: Context["words"]): L.Control.Scale {
  const Bar = L.Control.Scale.extend({
    _updateMetric(this: { _getRoundNum(n: number): number; _mScale: HTMLElement; _updateScale(...parts: unknown[]): void }, most: number) {
      const metres = this._getRoundNum(most);
      const text = metres < 1000 ? words.say("distance.m", { n: metres }) : words.say("distance.km", { n: metres / 1000 });
      this._updateScale(this._mScale, text, metres / most);
    },
  });
  return new (Bar as unknown as typeof L.Control.Scale)({ imperial: false, position: "bottomright", maxWidth: 110 });
}

function addButton(map: L.Map, element: HTMLElement): void {
  const control = new L.Control({ position: "topleft" });
  control.onAdd = () => element;
  L.DomEvent.disableClickPropagation(element);
  control.addTo(map);
}

/** Leaflet's attribution takes markup; this makes text of it. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
