/** Decide on several incidents in one step. */

import * as decide from "./decisions.ts";
import type { Entry } from "./model.ts";
import { placeCells } from "./place_view.ts";
import type { Review } from "./session.ts";

export type Bulk = "confirm" | "reject" | "place";

/** Decide on the incidents `ids` as on `entry`, whose place all of them get; how many were changed. */
export async function decideOnAll(review: Review, entry: Entry, ids: string[], what: Bulk): Promise<number> {
  await review.source.load(ids);
  const now = review.entry(entry.incident.incident_id as string);
  const changes = {
    confirm: () => decide.confirm(review, ids),
    reject: () => decide.reject(review, ids),
    place: () => decide.correct(review, ids, placeCells(now.incident)),
  }[what]();
  review.ledger.do(`step.all_${what}`, changes);
  return changes.length;
}
