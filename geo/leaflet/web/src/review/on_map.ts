/** Incidents under review, on the map. */

import { nearestTurn } from "../draw/worlds.ts";
import type { Change } from "./ledger.ts";
import type { Entry } from "./model.ts";
import type { Review } from "./session.ts";

/** What decides where and how an incident is drawn. */
const ON_MAP = ["geometry", "geo_precision", "event_type", "uncertainty_m", "in_response_to"];
const NEAR_EDGE = 0.15; // of the map: an incident nearer to its edge is brought in

/**
 * Mark the incident on the map, and bring it into the view. The table suffices for that: nothing is waited for, so that
 * a decision and the next mark are one picture.
 */
export function markOnMap(review: Review, id: string): void {
  const { map, layer, context } = review.parts;
  const row = review.rowOf(id);
  const at = row < 0 ? null : context.table.lonLat(row);
  const there = at && L.latLng(at[1], nearestTurn(at[0], map.getCenter().lng));
  if (there) map.panInside(there, { padding: map.getSize().multiplyBy(NEAR_EDGE), animate: false });
  layer.choose(row);
}

/** Whether a change puts a mark or an arrow elsewhere, or gives a mark another look; `base` is the page's own entry. */
export function isMoved({ before, after }: Change, base: Entry | null): boolean {
  const [was, is] = [(before ?? base)?.incident, (after ?? base)?.incident];
  return !was || !is || (was !== is && ON_MAP.some((name) => String(was[name]) !== String(is[name])));
}
