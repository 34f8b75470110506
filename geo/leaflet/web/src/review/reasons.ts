/** What speaks for an incident as it stands, and what against it: keys of texts with their slots. */

import type { Entry } from "./model.ts";
import type { Place, Toponym } from "./source.ts";

export interface Reason {
  key: string;
  slots: Record<string, string | number>;
  speaksFor: boolean;
}

const EXACT = ["site", "near", "settlement"];
const DOUBTFUL = ["alleged", "denied", "planned", "threatened", "claimed"];
const SURE = 0.75;
const UNSURE = 0.5;
const CLEAR = 0.8;

export function reasonsOf(entry: Entry, named: Toponym | null): Reason[] {
  const { incident } = entry;
  const reasons: Reason[] = [];
  const say = (speaksFor: boolean, key: string, slots: Reason["slots"] = {}) => reasons.push({ key, slots, speaksFor });
  const reports = (incident.report_ids as string[]).length;
  say(reports > 1, reports > 1 ? "why.reports" : "why.one_report", { n: reports });
  const sure = incident.confidence as number | null;
  if (sure !== null && (sure >= SURE || sure < UNSURE)) {
    say(sure >= SURE, sure >= SURE ? "why.sure" : "why.unsure", { percent: Math.round(sure * 100) });
  }
  const status = String(incident.status ?? "");
  if (DOUBTFUL.includes(status)) say(false, `why.status.${status}`);
  if (incident.date_start === null) say(false, "why.no_day");
  else say(incident.date_precision === "day", incident.date_precision === "day" ? "why.day" : "why.span");
  if (incident.geometry === null) say(false, "why.no_place");
  else {
    const exact = EXACT.includes(String(incident.geo_precision));
    say(exact, exact ? "why.place" : "why.area");
  }
  const other = rivalOf(named, incident.place_id as string | null);
  if (other) say(false, "why.namesake", { place: [other.name, other.admin1, other.country].filter(Boolean).join(", ") });
  if (incident.actor1 === null && incident.actor2 === null) say(false, "why.nobody");
  if (incident.attribution !== null) say(true, "why.attribution", { source: String(incident.attribution) });
  return reasons;
}

/** The place that a name may mean as well, where that is not far-fetched. */
function rivalOf(named: Toponym | null, placeId: string | null): Place | null {
  if (!named || named.candidates.length < 2) return null;
  const chosen = named.candidates.find(({ place }) => place.id === placeId);
  if (!chosen || chosen.score >= CLEAR) return null;
  return named.candidates.find(({ place }) => place.id !== placeId)?.place ?? null;
}
