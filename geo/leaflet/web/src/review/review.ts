/** The entry: a panel in which a person goes through the incidents, decides, and takes the decisions home. */

import type { Dictionaries, Meta } from "../data/format.ts";
import type { Core } from "../data/protocol.ts";
import type { Parts } from "../ui/extension.ts";
import { widen } from "./live_table.ts";
import type { ReviewMeta } from "./model.ts";
import { Review } from "./session.ts";
import { ReviewPanel } from "./panel.ts";

export function prepare(meta: Meta, core: Core, _dictionaries: Dictionaries): void {
  widen(meta, core);
}

export async function furnish(parts: Parts): Promise<void> {
  const about = (parts.context.meta as Meta & { review: ReviewMeta }).review;
  const review = new Review(parts, about);
  const panel = new ReviewPanel(review);
  await review.open();
  await panel.open();
  document.documentElement.dataset.geoReview = "ready";
}
