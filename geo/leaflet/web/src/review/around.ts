/** What the panel shows around an incident: the name that became its place, what changed since, its namesakes. */

import type { Around } from "./incident_view.ts";
import type { Entry } from "./model.ts";
import type { QueueOrder } from "./queue_order.ts";
import type { Review } from "./session.ts";
import type { Toponym } from "./source.ts";

export async function aroundOf(review: Review, order: QueueOrder, entry: Entry): Promise<Around> {
  return {
    named: await nameOf(review, entry),
    reread: await review.source.reread(entry.incident.incident_id as string),
    samePlace: order.withPlaceText(entry.incident.place_text as string | null),
  };
}

/** The name in the report that became the incident's place. */
async function nameOf({ about, source }: Review, entry: Entry): Promise<Toponym | null> {
  for (const id of entry.incident.report_ids as string[]) {
    const report = about.reports.indexOf(id);
    if (report < 0) continue;
    const names = await source.toponyms(report, about.place_rows);
    const found = names.find(({ candidates }) => candidates.some(({ place }) => place.id === entry.incident.place_id));
    if (found) return found;
  }
  return null;
}
