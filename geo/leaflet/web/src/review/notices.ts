/** Say what was taken over from another version of the page, and what does not fit any more. */

import { h, isolated } from "../ui/dom.ts";
import { dialogOf } from "./incident_view.ts";
import type { Span } from "./model.ts";
import type { Review, Taken } from "./session.ts";

export function takenDialog(review: Review, { fitting, left }: Taken): void {
  const { words, root } = review.parts.context;
  const entries = left.map(({ incident, reviewed, note }) => {
    const quote = (incident.evidence as Span[])[0]?.text ?? "";
    const name = [incident.sub_event_type, incident.place_name, incident.date_start].filter((each) => each !== null).join(" · ");
    return h("li", {}, [
      h("strong", {}, reviewed ? words.term("reviewed", reviewed) : ""),
      " ",
      isolated(name),
      h("span", { class: "geo-sureness" }, isolated(quote.slice(0, 300))),
      note ? h("span", { class: "geo-sureness" }, isolated(note)) : null,
    ]);
  });
  const dialog = dialogOf(review, "review.taken", [
    h("p", {}, words.say("review.taken_n", { n: fitting })),
    left.length ? h("p", {}, words.say("review.left_n", { n: left.length })) : null,
    h("ul", { class: "geo-review-left" }, entries),
  ]);
  root.append(dialog);
  dialog.showModal();
}
