/** What a person can decide, each as the changes that it makes. Nothing here knows of the page. */

import type { Change } from "./ledger.ts";
import { differing, newId, same, type Entry, type Incident, type Span, type Verdict } from "./model.ts";

export interface Desk {
  /** The entry as it stands now; of an incident that the page has, it must have been read. */
  entry(id: string): Entry;
  /** The entry as the page has it, null of one that a person made. */
  base(id: string): Entry | null;
  /** What the ledger holds of it, null when it is as the page has it. */
  kept(id: string): Entry | null;
  reviewer(): string | null;
  now(): string;
}

function change(desk: Desk, id: string, after: Entry | null): Change {
  return { id, before: desk.kept(id), after };
}

function stamped(desk: Desk, entry: Entry, reviewed: Verdict | null): Entry {
  return { ...entry, reviewed, by: desk.reviewer() ?? null, at: desk.now() };
}

/** Columns that a person changed: before this page was made, and in it. */
function fieldsOf(desk: Desk, id: string, incident: Incident): string[] {
  const base = desk.base(id);
  if (!base) return [];
  return [...new Set([...base.fields, ...differing(incident, base.incident)])];
}

/** The verdict on an incident that is kept. */
function keptVerdict(entry: Entry, fields: string[]): Verdict {
  if (entry.reviewed === "added" || entry.reviewed === "merged" || entry.reviewed === "split") return entry.reviewed;
  return fields.length ? "changed" : "confirmed";
}

export function confirm(desk: Desk, ids: string[]): Change[] {
  return ids.map((id) => {
    const entry = { ...desk.entry(id), merged_into: null };
    const fields = fieldsOf(desk, id, entry.incident);
    const verdict = entry.reviewed === "merged" && desk.entry(id).merged_into ? "confirmed" : keptVerdict(entry, fields);
    return change(desk, id, { ...stamped(desk, entry, verdict), fields });
  });
}

/** Reject incidents; what a person added is taken away again. */
export function reject(desk: Desk, ids: string[]): Change[] {
  return ids.map((id) => {
    const made = desk.base(id) === null;
    return change(desk, id, made ? null : { ...stamped(desk, desk.entry(id), "rejected"), merged_into: null });
  });
}

/** Take a decision back: the incident is as the reports have it, and undecided. */
export function reopen(desk: Desk, ids: string[]): Change[] {
  return ids.flatMap((id) => {
    const base = desk.base(id);
    if (!base) return [];
    const open = { ...base, reviewed: null, fields: [], by: null, at: null, note: null, merged_into: null };
    return [change(desk, id, base.reviewed ? open : null)];
  });
}

/** Correct cells of one or several incidents. */
export function correct(desk: Desk, ids: string[], cells: Incident): Change[] {
  return ids.flatMap((id) => {
    const entry = desk.entry(id);
    if (Object.entries(cells).every(([name, cell]) => same(entry.incident[name], cell))) return [];
    const incident = { ...entry.incident, ...cells };
    const fields = fieldsOf(desk, id, incident);
    return [change(desk, id, { ...stamped(desk, entry, keptVerdict(entry, fields)), incident, fields, merged_into: null })];
  });
}

export function annotate(desk: Desk, id: string, note: string | null): Change[] {
  const entry = desk.entry(id);
  return entry.note === note ? [] : [change(desk, id, { ...entry, note, by: desk.reviewer(), at: desk.now() })];
}

/** Add an incident that the reports describe in these words. */
export function add(desk: Desk, model: Incident, evidence: Span[]): { id: string; changes: Change[] } {
  const id = newId();
  const reports = [...new Set(evidence.map((span) => span.report_id).filter((report) => report !== null))];
  const incident = { ...model, incident_id: id, report_ids: reports, evidence, in_response_to: [], confidence: null };
  const blank: Entry = {
    incident,
    reviewed: "added",
    fields: [],
    by: null,
    at: null,
    note: null,
    merged_into: null,
    own: {},
  };
  return { id, changes: [change(desk, id, stamped(desk, blank, "added"))] };
}

/** Make two of one: the second begins as a copy, with the words that were selected or the same sentences. */
export function split(desk: Desk, id: string, evidence: Span[]): { id: string; changes: Change[] } {
  const entry = desk.entry(id);
  const made = newId();
  const incident = {
    ...entry.incident,
    incident_id: made,
    evidence: evidence.length ? evidence : entry.incident.evidence,
    in_response_to: [],
  };
  const second: Entry = { ...entry, incident, fields: [], note: null, merged_into: null, own: {} };
  const fields = fieldsOf(desk, id, entry.incident);
  return {
    id: made,
    changes: [
      change(desk, id, { ...stamped(desk, entry, "split"), fields, merged_into: null }),
      change(desk, made, stamped(desk, second, "split")),
    ],
  };
}

/** Make one of two: the other's sentences and reports go over, and the other is no longer drawn. */
export function merge(desk: Desk, id: string, other: string): Change[] {
  const [kept, gone] = [desk.entry(id), desk.entry(other)];
  const spans = [...(kept.incident.evidence as Span[]), ...(gone.incident.evidence as Span[])];
  const evidence = spans.filter((span, at) => spans.findIndex((each) => same([each], [span])) === at);
  const reports = [
    ...new Set([...(kept.incident.report_ids as string[]), ...(gone.incident.report_ids as string[])]),
  ].sort();
  const links = (kept.incident.in_response_to as string[]).filter((target) => target !== other);
  const incident = { ...kept.incident, evidence, report_ids: reports, in_response_to: links };
  const fields = fieldsOf(desk, id, incident);
  const made = desk.base(other) === null;
  return [
    change(desk, id, { ...stamped(desk, kept, "merged"), incident, fields, merged_into: null }),
    change(desk, other, made ? null : { ...stamped(desk, gone, "merged"), merged_into: id }),
  ];
}

/** Say that an incident does not answer another. */
export function unlink(desk: Desk, id: string, target: string): Change[] {
  const links = desk.entry(id).incident.in_response_to as string[];
  return correct(desk, [id], { in_response_to: links.filter((other) => other !== target) });
}
