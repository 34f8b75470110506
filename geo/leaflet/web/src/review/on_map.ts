/** Incidents under review, on the map. */

import { nearestTurn } from "../draw/worlds.ts";
import type { Review } from "./session.ts";

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
