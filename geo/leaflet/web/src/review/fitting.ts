/**
 * Know incidents again in another version of the page, as `geo.incidents.review.matching` does: by id,
 * by the place of their sentences, by the words of their sentences, by most of those words.
 */

import type { Entry, Incident, Span } from "./model.ts";

const MOSTLY = 0.7;
const FEWEST_WORDS = 4;
const MADE_BY_A_PERSON = /^u[0-9a-f]{12}$/;

/** Give for each id of the decisions the id here, null where there is none; what a person made is new everywhere. */
export function fit(decided: Entry[], here: Incident[]): Map<string, string | null> {
  const found = new Map<string, string | null>();
  const ids = new Set(here.map((incident) => incident.incident_id as string));
  const taken = new Set<string>();
  const open: Entry[] = [];
  for (const entry of decided) {
    const id = entry.incident.incident_id as string;
    if (ids.has(id)) {
      found.set(id, id);
      taken.add(id);
    } else if (!MADE_BY_A_PERSON.test(id)) open.push(entry);
  }
  for (const keys of [places, sentences]) byKeys(open, here, keys, found, taken);
  byWords(open, here, found, taken);
  for (const { incident } of open) if (!found.has(incident.incident_id as string)) found.set(incident.incident_id as string, null);
  return found;
}

const places = (span: Span) => (span.start === null ? null : `${span.report_id}\u0000${span.start}`);
const sentences = (span: Span) => (span.text ? `${span.report_id}\u0000${span.text.replace(/\s+/g, " ").trim()}` : null);

function byKeys(
  open: Entry[],
  here: Incident[],
  keyOf: (span: Span) => string | null,
  found: Map<string, string | null>,
  taken: Set<string>,
): void {
  const byKey = new Map<string, Incident[]>();
  for (const incident of here) {
    for (const span of incident.evidence as Span[]) {
      const key = keyOf(span);
      if (key !== null) byKey.set(key, [...(byKey.get(key) ?? []), incident]);
    }
  }
  for (const { incident } of open) {
    const id = incident.incident_id as string;
    if (found.has(id)) continue;
    const votes = new Map<Incident, number>();
    for (const span of incident.evidence as Span[]) {
      for (const other of byKey.get(keyOf(span) ?? "") ?? []) {
        if (!taken.has(other.incident_id as string)) votes.set(other, (votes.get(other) ?? 0) + 1);
      }
    }
    const likeness = (other: Incident) =>
      10 * (votes.get(other) ?? 0) +
      ["sub_event_type", "place_id", "date_start"].filter((name) => other[name] !== null && other[name] === incident[name])
        .length;
    const best = [...votes.keys()].sort((one, other) => likeness(other) - likeness(one))[0];
    if (best) take(id, best, found, taken);
  }
}

function byWords(open: Entry[], here: Incident[], found: Map<string, string | null>, taken: Set<string>): void {
  const left = open.filter(({ incident }) => !found.has(incident.incident_id as string));
  if (left.length === 0) return;
  const candidates = here.flatMap((incident) =>
    (incident.evidence as Span[]).map((span) => ({ incident, report: span.report_id, words: wordsOf(span.text) })),
  );
  for (const { incident } of left) {
    let [best, share]: [Incident | null, number] = [null, MOSTLY];
    for (const span of incident.evidence as Span[]) {
      const words = wordsOf(span.text);
      if (words.size < FEWEST_WORDS) continue;
      for (const other of candidates) {
        if (other.report !== span.report_id || taken.has(other.incident.incident_id as string)) continue;
        if (!isAlike(other.incident, incident)) continue;
        const common = [...words].filter((word) => other.words.has(word)).length;
        const now = common / (words.size + other.words.size - common);
        if (now >= share) [best, share] = [other.incident, now];
      }
    }
    if (best) take(incident.incident_id as string, best, found, taken);
  }
}

/** Nothing but numbers and days may differ. */
function isAlike(one: Incident, other: Incident): boolean {
  return ["sub_event_type", "place_id"].every(
    (name) => one[name] === null || other[name] === null || one[name] === other[name],
  );
}

function take(id: string, best: Incident, found: Map<string, string | null>, taken: Set<string>): void {
  found.set(id, best.incident_id as string);
  taken.add(best.incident_id as string);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []);
}

/** A decision on an incident of this page: confirmed as a whole, or in the cells that a person changed. */
export function fitted(entry: Entry, id: string, base: Entry | null, name: (id: string) => string): Entry {
  const links = (entry.incident.in_response_to as string[]).map(name);
  const cells: Incident = { ...entry.incident, incident_id: id, in_response_to: links };
  let incident = cells;
  if (base) {
    const machine = { evidence: base.incident.evidence, report_ids: base.incident.report_ids, confidence: base.incident.confidence };
    const whole = entry.reviewed === "confirmed" || entry.reviewed === "merged" || entry.reviewed === "split";
    const changed = Object.fromEntries(entry.fields.map((field) => [field, cells[field]]));
    incident = whole ? { ...cells, ...(entry.reviewed === "merged" ? {} : machine) } : { ...base.incident, ...changed };
  }
  const into = entry.merged_into === null ? null : name(entry.merged_into);
  return { ...entry, incident, merged_into: into };
}
