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
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 110 }).addTo(map);
  for (const { text } of meta.attributions ?? [])
    attribution.addAttribution(escaped(clean(text).replace(/\s*\([^)]*\)/g, "")));
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
