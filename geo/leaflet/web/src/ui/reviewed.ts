/** Say that a person looked at an incident: what was decided, by whom, when, and the note. */

import { h, joined, isolated, type Child } from "./dom.ts";
import type { Words } from "./words.ts";

/** Columns of the details that the line holds. */
export const REVIEW_COLUMNS = ["reviewed_fields", "reviewed_by", "reviewed_at", "note"];

export function reviewLine(words: Words, verdict: string | null, plain: Record<string, unknown>): Child {
  if (!verdict) return null;
  const text = (name: string) => (typeof plain[name] === "string" && plain[name] ? (plain[name] as string) : null);
  const [fields, by, at, note] = REVIEW_COLUMNS.map(text);
  const named = fields?.split(", ").map((name) => words.term("column", name));
  return h("p", { class: "geo-reviewed" }, [
    ...joined(
      [
        h("strong", {}, words.term("reviewed", verdict)),
        named ? isolated(words.list(named)) : null,
        by ? isolated(by) : null,
        at ? words.dayOf(at) : null,
      ],
      " · ",
    ),
    note ? h("span", { class: "geo-sureness" }, isolated(note)) : null,
  ]);
}
