/** Save decisions to a file and take them from one, and say how that went. */

import { fromGeoJson } from "./file.ts";
import { takenDialog } from "./notices.ts";
import { chooseFile, save, saveInto } from "./saving.ts";
import type { Review } from "./session.ts";

type Say = (key: string, slots?: Record<string, string | number>) => void;

/** Save; `anew` lets the person choose the file. */
export async function saveAndSay(review: Review, anew: boolean, say: Say): Promise<void> {
  try {
    const done = anew ? await saveInto(review) : await save(review);
    say(`review.saved.${done}`, { n: review.decided().length });
  } catch (error) {
    say("review.not_saved", { why: (error as Error).message });
  }
}

export async function takeAndSay(review: Review, say: Say): Promise<void> {
  const text = await chooseFile();
  if (text === null) return;
  try {
    takenDialog(review, await review.take(fromGeoJson(text)));
  } catch {
    say("review.no_decisions");
  }
}
