/** Go from step to step of a story: the map flies, or stands still for who wants no motion. */

import type { MapView } from "./map_view.ts";

const STILL = "(prefers-reduced-motion: reduce)";
const DEEPEST = 10; // closer than this a step would no more be seen in its country
const WIDEST = 7;
const OF_A_COUNTRY = 5;
const COVERED_MOST = 0.6; // of the map's height
const SIDE = 70; // pixels that are kept free beside the marks, and above them
const ABOVE = 40;
const SECONDS = 1.2;

/**
 * Go to a row, out of its group, and to what it answers if that was reached.
 *
 * @param covered Pixels at the bottom of the map that the card of the story takes.
 */
export function flyTo(view: MapView, row: number, earlier: number[], covered: number): void {
  const { map, layer, viewpoint } = view;
  const place = viewpoint.placeOf(row);
  const at = place ?? viewpoint.countryOf(row);
  viewpoint.isMoved = true;
  if (!at) return;
  layer.fan = null;
  const others = earlier.map((each) => viewpoint.placeOf(each)).filter((other) => other !== null);
  const closest = place && layer.hasMark(row) ? layer.apart(row, WIDEST, DEEPEST, map.getSize()).zoom : WIDEST;
  const options = {
    paddingTopLeft: L.point(SIDE, ABOVE),
    paddingBottomRight: L.point(SIDE, ABOVE + Math.min(covered, map.getSize().y * COVERED_MOST)),
    maxZoom: place ? closest : OF_A_COUNTRY,
  };
  const bounds = L.latLngBounds([at, ...others]);
  if (matchMedia(STILL).matches) map.fitBounds(bounds, { ...options, animate: false });
  else map.flyToBounds(bounds, { ...options, duration: SECONDS });
}
