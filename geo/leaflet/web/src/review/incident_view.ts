/** One incident as it stands: what it says, what speaks for and against it, and what can be decided. */

import { wording } from "../ui/context.ts";
import { button, fill, h, isolated, type Child } from "../ui/dom.ts";
import { reviewLine } from "../ui/reviewed.ts";
import type { Entry } from "./model.ts";
import { reasonsOf } from "./reasons.ts";
import type { Review } from "./session.ts";
import type { Toponym } from "./source.ts";

export interface Acts {
  confirm: () => void;
  reject: () => void;
  edit: () => void;
  place: () => void;
  split: () => void;
  merge: () => void;
  reopen: () => void;
  note: (text: string | null) => void;
  unlink: (target: string) => void;
  choose: (id: string) => void;
  all: (what: "confirm" | "reject" | "place") => void;
}

/** What the view gets beside the incident itself. */
export interface Around {
  named: Toponym | null;
  reread: Record<string, unknown> | null;
  /** Incidents with the same words for the place, this one among them. */
  samePlace: string[];
}

export function incidentView(review: Review, entry: Entry, around: Around, acts: Acts): HTMLElement {
  const { context } = review.parts;
  const { words, table } = context;
  const id = entry.incident.incident_id as string;
  const row = review.rowOf(id);
  const facts = wording.factsOf(table, words, row).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]);
  return h("article", { class: "geo-review-incident" }, [
    h("h2", { tabindex: "-1" }, wording.headOf(wording.icon(table, row), table, words, row)),
    reviewLine(words, entry.merged_into ? "merged" : entry.reviewed, {
      reviewed_fields: entry.fields.join(", "),
      reviewed_by: entry.by,
      reviewed_at: entry.at,
    }),
    buttons(review, entry, acts),
    changedSince(review, around.reread),
    h("dl", {}, facts),
    reasons(review, entry, around.named),
    chain(review, entry, acts),
    noteBox(review, entry, acts),
    bulkView(review, entry, around.samePlace, acts),
  ]);
}

function act(review: Review, name: string, key: string, onClick: () => void, main = false): HTMLButtonElement {
  const { words } = review.parts.context;
  const attributes = { class: main ? "geo-button geo-review-main" : "geo-button", "data-act": name };
  return button([words.say(`review.${name}`), " ", h("kbd", { "aria-hidden": "true" }, key)], attributes, onClick);
}

function buttons(review: Review, entry: Entry, acts: Acts): HTMLElement {
  return h("div", { class: "geo-review-buttons" }, [
    act(review, "confirm", "c", acts.confirm, true),
    act(review, "reject", "r", acts.reject),
    act(review, "edit", "e", acts.edit),
    act(review, "place", "l", acts.place),
    act(review, "split", "s", acts.split),
    act(review, "merge", "m", acts.merge),
    entry.reviewed !== null && review.base(entry.incident.incident_id as string) ? act(review, "reopen", "o", acts.reopen) : null,
  ]);
}

/** Where the reports now say something else than when it was decided. */
function changedSince(review: Review, reread: Record<string, unknown> | null): Child {
  if (!reread) return null;
  const { words } = review.parts.context;
  const lines = Object.entries(reread).map(([name, now]) =>
    h("li", {}, [words.term("column", name), ": ", isolated(now === null ? "–" : Array.isArray(now) ? now.join(", ") : String(now))]),
  );
  return h("section", { class: "geo-review-reread" }, [h("h3", {}, words.say("review.reread")), h("ul", {}, lines)]);
}

function reasons(review: Review, entry: Entry, named: Toponym | null): HTMLElement {
  const { words } = review.parts.context;
  const found = reasonsOf(entry, named);
  const list = (speaksFor: boolean) =>
    h(
      "ul",
      {},
      found.filter((reason) => reason.speaksFor === speaksFor).map(({ key, slots }) => h("li", {}, isolated(words.say(`review.${key}`, slots)))),
    );
  return h("div", { class: "geo-review-reasons" }, [
    h("section", {}, [h("h3", {}, words.say("review.for")), list(true)]),
    h("section", {}, [h("h3", {}, words.say("review.against")), list(false)]),
  ]);
}

function chain(review: Review, entry: Entry, acts: Acts): Child {
  const { context } = review.parts;
  const { words, table } = context;
  const targets = entry.incident.in_response_to as string[];
  if (targets.length === 0) return null;
  const entries = targets.map((target) => {
    const row = review.rowOf(target);
    const name = row < 0 ? target : `${wording.titleOf(table, words, row)} · ${wording.placeOf(table, words, row)}`;
    return h("li", {}, [
      button(isolated(name), { class: "geo-link" }, () => acts.choose(target)),
      " ",
      button(words.say("review.unlink"), { class: "geo-button geo-review-unlink" }, () => acts.unlink(target)),
    ]);
  });
  return h("section", {}, [h("h3", {}, words.say("answers_to")), h("ul", { class: "geo-chain" }, entries)]);
}

function noteBox(review: Review, entry: Entry, acts: Acts): HTMLElement {
  const { words } = review.parts.context;
  const box = h("textarea", { id: "geo-review-note", dir: "auto" });
  box.value = entry.note ?? "";
  box.rows = 2;
  box.maxLength = 5000;
  box.addEventListener("change", () => acts.note(box.value.trim() || null));
  return h("p", { class: "geo-review-field" }, [h("label", { for: box.id }, [words.say("review.note"), " ", h("kbd", { "aria-hidden": "true" }, "t")]), box]);
}

export function bulkView(review: Review, entry: Entry, same: string[], acts: Acts): HTMLElement | null {
  if (same.length < 2) return null;
  const { words } = review.parts.context;
  const slots = { n: same.length, place: String(entry.incident.place_text) };
  const names = ["confirm", "reject", "place"] as const;
  return h("details", { class: "geo-review-bulk" }, [
    h("summary", {}, isolated(words.say("review.same_place", slots))),
    h(
      "div",
      { class: "geo-review-buttons" },
      names.map((what) => button(words.say(`review.all_${what}`, { n: same.length }), { class: "geo-button" }, () => acts.all(what))),
    ),
  ]);
}

/** Incidents that this one may be the same as, the likeliest first: near in time and place, of the same reports. */
export function mergeDialog(review: Review, entry: Entry, onChoose: (id: string) => void): HTMLDialogElement {
  const { words, table, root } = review.parts.context;
  const id = entry.incident.incident_id as string;
  const row = review.rowOf(id);
  const others = review.ids().filter((other) => other !== id && isShown(review, other));
  const likeliest = others
    .map((other) => ({ other, away: distance(review, row, review.rowOf(other)) }))
    .sort((one, two) => one.away - two.away)
    .slice(0, 60);
  const entries = likeliest.map(({ other }) => {
    const at = review.rowOf(other);
    const text: Child[] = [
      wording.icon(table, at),
      h("span", { class: "geo-entry-words" }, [
        h("span", {}, wording.titleOf(table, words, at)),
        h("span", {}, isolated(`${wording.placeOf(table, words, at)} · ${words.whenShort(table, at)}`)),
      ]),
    ];
    return h(
      "li",
      {},
      button(text, { class: "geo-entry" }, () => {
        dialog.close();
        onChoose(other);
      }),
    );
  });
  const dialog = dialogOf(review, "review.merge_with", [
    h("p", {}, words.say("review.merge_how")),
    h("ul", { class: "geo-review-list" }, entries.length ? entries : h("li", {}, words.say("nothing"))),
  ]);
  root.append(dialog);
  return dialog;
}

function isShown(review: Review, id: string): boolean {
  const entry = review.kept(id) ?? review.base(id);
  return entry?.reviewed !== "rejected" && (entry?.merged_into ?? null) === null;
}

/** Days and hundredths of degrees apart; another type counts as a week. */
function distance(review: Review, one: number, other: number): number {
  const { table } = review.parts.context;
  const [a, b] = [table.lonLat(one), table.lonLat(other)];
  const [first, second] = [table.day("date_start", one), table.day("date_start", other)];
  const days = first === null || second === null ? 5 : Math.abs(first - second);
  const degrees = a && b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0.2;
  const type = table.text("sub_event_type", one) === table.text("sub_event_type", other) ? 0 : 7;
  return days + degrees * 20 + type;
}

export function dialogOf(review: Review, title: string, children: Child[]): HTMLDialogElement {
  const { words } = review.parts.context;
  const dialog = h("dialog", { class: "geo-dialog geo-review-dialog", "aria-label": words.say(title) });
  fill(dialog, [
    h("div", { class: "geo-dialog-head" }, [
      h("h2", {}, words.say(title)),
      button("✕", { class: "geo-icon-button", "aria-label": words.say("close") }, () => dialog.close()),
    ]),
    h("div", { class: "geo-about" }, children),
  ]);
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

