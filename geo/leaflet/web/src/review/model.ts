/** What the review holds: incidents as the contract has them, and what a person decided of each. */

export interface Span {
  report_id: string | null;
  start: number | null;
  end: number | null;
  text: string;
}

export type Point = [lon: number, lat: number];
export type Cell = string | number | null | string[] | Span[] | Point;
/** The columns of the incident table by name; `geometry` is longitude and latitude in degrees, EPSG:4326. */
export type Incident = Record<string, Cell>;

export type Verdict = "confirmed" | "rejected" | "changed" | "added" | "merged" | "split";

/** What the page says of its review. */
export interface ReviewMeta {
  /** Hash of what the page holds. */
  key: string;
  sub_event_types: Record<string, string[]>;
  reports: string[];
  place_rows: number;
}

export interface Entry {
  incident: Incident;
  reviewed: Verdict | null;
  fields: string[];
  by: string | null;
  at: string | null;
  note: string | null;
  merged_into: string | null;
  /** Columns of the user's own layer. */
  own: Record<string, string | number | boolean | null>;
}

/** The contract's columns in their order; the geometry has no property of its own in a file. */
export const COLUMNS = (
  "incident_id report_ids event_type sub_event_type date_start date_end date_precision place_name place_id place_text country " +
  "country_code admin1 geo_precision uncertainty_m geometry actor1 actor2 killed_min killed_max wounded_min wounded_max " +
  "event_count_min weapon status attribution in_response_to evidence confidence"
).split(" ");

const OF_THE_MACHINE = new Set(["incident_id", "report_ids", "evidence", "confidence"]);
export const DECIDABLE = COLUMNS.filter((name) => !OF_THE_MACHINE.has(name));

/** An incident that is not drawn: rejected, or found to be the same as another. */
export function isOut(entry: Entry): boolean {
  return entry.reviewed === "rejected" || entry.merged_into !== null;
}

export function same(one: Cell | undefined, other: Cell | undefined): boolean {
  return one === other || JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** The columns in which a person's version differs from the page's. */
export function differing(now: Incident, base: Incident): string[] {
  return DECIDABLE.filter((name) => !same(now[name], base[name]));
}

/** The id of an incident that a person made, as `geo` knows one. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return `u${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** An incident of which nothing is known yet. */
export function blankIncident(): Incident {
  const nothing = Object.fromEntries(COLUMNS.map((name) => [name, null])) as Incident;
  const lists = { report_ids: [], in_response_to: [], evidence: [] };
  return { ...nothing, ...lists, status: "reported", date_precision: "unknown", geo_precision: "unknown" };
}
