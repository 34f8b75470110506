/** The headline of an incident: who did what to whom, where, how many, how sure. As geo/incidents/headlines/headline.py writes it. */

import type { Wording } from "./format.ts";
import { namedOnce } from "./repeats.ts";
import type { Counts, Table } from "./table.ts";

type Slots = Record<string, string | null>;
type Part = string | { slot: string } | { options: Part[][] };

/** How the slots of data/page/headlines.csv are called, and the columns that they are filled from. */
const NAMES: Record<string, string> = {
  actor: "actor1",
  target: "actor2",
  source: "attribution",
  name: "place_name",
  country: "country",
  province: "admin1",
};

/** What a headline that has to be short leaves out, in the order in which it is tried; as in headlines.py. */
const SHED = [
  ["source"],
  ["source", "series"],
  ["source", "series", "place"],
  ["source", "series", "actor"],
  ["source", "series", "place", "actor"],
  ["source", "series", "target"],
  ["source", "series", "actor", "target"],
  ["source", "series", "actor", "target", "place"],
];

const parsed = new Map<string, Part[]>();

/** Divide a template into text, {slots} and [choices|divided by bars]. */
function parse(template: string): Part[] {
  let parts = parsed.get(template);
  if (!parts) {
    parts = template
      .split(/(\[[^\]]*\]|\{\w+\})/)
      .filter((piece) => piece)
      .map((piece): Part => {
        if (piece.startsWith("[")) return { options: piece.slice(1, -1).split("|").map(parse) };
        return piece.startsWith("{") ? { slot: piece.slice(1, -1) } : piece;
      });
    parsed.set(template, parts);
  }
  return parts;
}

/** Fill a template; null where a slot outside brackets is not known. */
export function fillTemplate(template: string, slots: Slots): string | null {
  return filled(parse(template), slots);
}

function filled(parts: Part[], slots: Slots): string | null {
  let text = "";
  for (const part of parts) {
    const piece =
      typeof part === "string" ? part : "slot" in part ? (slots[part.slot] ?? null) : firstOf(part.options, slots);
    if (piece === null) return null;
    text += piece;
  }
  return text;
}

function firstOf(options: Part[][], slots: Slots): string {
  for (const option of options) {
    const text = filled(option, slots);
    if (text !== null) return text;
  }
  return "";
}

/**
 * Write the headline of a row; what the page does not hold is not said.
 *
 * @param fits Whether there is room for a text: a headline too long leaves out what matters least, one part after another.
 */
export function headline(
  table: Table,
  number: (n: number) => string,
  row: number,
  fits: (text: string) => boolean = () => true,
): string {
  const parts = table.meta.headlines;
  if (!parts) return "";
  const slots: Slots = {};
  for (const [slot, column] of Object.entries(NAMES)) slots[slot] = table.label(column, row);
  const whole = write("place", table.term("geo_precision", row));
  nameOnce();
  const forms = { killed: table.counts("killed", row), wounded: table.counts("wounded", row) };
  const [killed, wounded] = [formOf(forms.killed), formOf(forms.wounded)];
  slots.killed = killed && !(killed === "none" && wounded) ? toll("killed", killed, forms.killed) : null;
  slots.wounded = wounded && !(wounded === "none" && killed) ? toll("wounded", wounded, forms.wounded) : null;
  slots.toll = write("toll", killed === "none" && wounded === "none" ? "none" : "some");
  const series = table.number("event_count_min", row);
  slots.series = series === null ? null : number(series);
  const template = deed(parts.what ?? [], table, row);
  let text = line(slots);
  for (const names of SHED) {
    if (fits(text)) break;
    // Without the target that names the place, the place is named.
    const place = names.includes("target") ? whole : slots.place;
    text = line({ ...slots, place, ...Object.fromEntries(names.map((name) => [name, null])) });
  }
  return text;

  function nameOnce(): void {
    const { actor, target, name, province } = slots;
    const precision = table.term("geo_precision", row);
    const pattern = parts?.repeat?.find(([term]) => term === "tail")?.[2] ?? "";
    const written = table.text("place_name", row);
    const named = namedOnce({ actor, target, name, written, province, precision }, expression(pattern, ""));
    [slots.actor, slots.target] = [named.actor, named.target];
    slots.place = named.where === "whole" ? whole : named.where === "province" ? write("repeat", "province") : null;
  }

  function write(part: string, term: string | null, filling: Slots = slots): string | null {
    const rows = parts?.[part] ?? [];
    const [, , template] = rows.find(([wanted]) => wanted === (term ?? "")) ?? rows.find(([wanted]) => !wanted) ?? [];
    return template === undefined ? null : fillTemplate(template, filling) || null;
  }

  function line(known: Slots): string {
    const filling = { ...known, what: fillTemplate(template, known) };
    let text = write("status", table.term("status", row) ?? "reported", filling) ?? "";
    for (const [pattern, , joined] of parts?.joined ?? [])
      if (joined) text = text.replace(expression(pattern), joined.replace(/\\(\d)/g, "$$$1"));
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  function toll(what: string, form: string, { min, max }: Counts): string | null {
    slots.least = min === null ? null : number(min);
    slots.most = max === null ? null : number(max);
    return write(what, form);
  }
}

const expressions = new Map<string, RegExp>();

function expression(pattern: string, flags = "g"): RegExp {
  const made = expressions.get(pattern) ?? new RegExp(pattern, flags);
  expressions.set(pattern, made);
  return made;
}

/** The template for what was done: by sub-event type and weapon, then by event type. */
function deed(rows: Wording[], table: Table, row: number): string {
  const kinds = [table.text("sub_event_type", row), table.eventType(row), ""];
  const weapon = (table.text("weapon", row) ?? "").toLowerCase();
  const found = rows.find(
    ([term, weapons]) => kinds.includes(term) && (weapons.length === 0 || weapons.some((word) => weapon.includes(word))),
  );
  return found?.[2] ?? "";
}

/** In which form a count is written; null when it is not. */
export function formOf({ min, max }: Counts): string | null {
  const least = min ?? 0;
  if (max === null) return least > 0 ? "least" : null;
  if (least === max) return max === 0 ? "none" : max === 1 ? "one" : "exact";
  return least === 0 ? "most" : "range";
}
