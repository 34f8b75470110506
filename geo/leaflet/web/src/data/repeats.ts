/** Name a place once in a headline. The same steps as geo/incidents/headlines/repeats.py. */

const NO_WORD = /[^\p{L}\p{N}]+/gu;
const EXACT = new Set<string | null>(["site", "settlement"]);

/** What becomes of the place: it is written out, only its province is, or nothing is: the target names it. */
export type Where = "whole" | "province" | "nowhere";

export interface Naming {
  actor: string | null;
  target: string | null;
  /** As the headline's language calls the place. */
  name: string | null;
  /** As the column has it. */
  written: string | null;
  province: string | null;
  precision: string | null;
}

export interface Named {
  actor: string | null;
  target: string | null;
  where: Where;
}

/** The words of a text in lower case with a space round each; "" for no text. */
export function words(text: string | null): string {
  const found = (text ?? "").toLowerCase().replace(NO_WORD, " ").trim();
  return found ? ` ${found} ` : "";
}

/** How a headline names an actor, a target and a place that may name each other; `tail` finds a place at the end of a text. */
export function namedOnce({ name, written, province, precision, ...by }: Naming, tail: RegExp): Named {
  const names = [words(name), words(written)].filter((text) => text);
  const actor = withoutTail(by.actor, names, tail);
  const target = withoutTail(by.target, names, tail);
  const hit = words(target);
  if (!hit) return { actor, target, where: "whole" };
  if (EXACT.has(precision) && names.some((place) => isPart(hit, place))) return { actor, target: name, where: "nowhere" };
  const said = (place: string) => (precision === "country" ? place === hit : hit.includes(place));
  if (names.some(said)) return { actor, target, where: "nowhere" };
  const region = words(province);
  const heads = names.filter((place) => region && place !== region && place.endsWith(region));
  const beside = heads.map((place) => place.slice(0, place.length - region.length + 1));
  return { actor, target, where: beside.some((head) => isPhrase(head) && hit.includes(head)) ? "province" : "whole" };
}

/** Take a place from the end of a text ("troops in Baghdad") that is among the words of the headline's place. */
function withoutTail(text: string | null, names: string[], tail: RegExp): string | null {
  const [, before, place] = (text && tail.exec(text)) || [];
  const said = place ? words(place) : "";
  return before !== undefined && said && names.some((name) => name.includes(said)) ? before : text;
}

/** A name is called by its last words ("airport") or by several of its first ("US Embassy"). */
function isPart(hit: string, place: string): boolean {
  return place.endsWith(hit) || (place.startsWith(hit) && isPhrase(hit));
}

/** Whether there is more than one word. */
function isPhrase(text: string): boolean {
  return text.split(" ").length > 3;
}
