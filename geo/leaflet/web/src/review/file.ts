/** The file of decisions: an incident layer (GeoJSON, RFC 7946) with the columns of a review. */

import { COLUMNS, type Cell, type Entry, type Incident, type Point, type Span, type Verdict } from "./model.ts";

const VERDICTS = ["confirmed", "rejected", "changed", "added", "merged", "split"];
const LISTS = new Set(["report_ids", "in_response_to", "evidence"]);
const NUMBERS = new Set(
  "uncertainty_m killed_min killed_max wounded_min wounded_max event_count_min confidence".split(" "),
);
const REVIEW = ["reviewed", "reviewed_fields", "reviewed_by", "reviewed_at", "note", "merged_into"];

/** Write decisions, one feature to a line. */
export function toGeoJson(entries: Entry[]): string {
  const features = entries.map((entry) => {
    const { incident } = entry;
    const properties: Record<string, unknown> = {};
    for (const name of COLUMNS) if (name !== "geometry") properties[name] = incident[name] ?? (LISTS.has(name) ? [] : null);
    Object.assign(properties, entry.own, {
      reviewed: entry.reviewed,
      reviewed_fields: entry.fields.join(", ") || null,
      reviewed_by: entry.by,
      reviewed_at: entry.at,
      note: entry.note,
      merged_into: entry.merged_into,
    });
    const at = incident.geometry as Point | null;
    const geometry = at ? { type: "Point", coordinates: at } : null;
    return JSON.stringify({ type: "Feature", id: incident.incident_id, geometry, properties });
  });
  return `{"type":"FeatureCollection","features":[\n${features.join(",\n")}\n]}\n`;
}

/**
 * Read decisions from a file that the page, `geo` or QGIS wrote.
 *
 * @throws Error If it is no such file.
 */
export function fromGeoJson(text: string): Entry[] {
  const file = JSON.parse(text) as { features?: { properties?: Record<string, unknown>; geometry?: unknown }[] };
  if (!Array.isArray(file.features)) throw new Error("no FeatureCollection");
  return file.features.map(({ properties, geometry }) => entryOf(properties ?? {}, geometry)).filter(isDecision);
}

function isDecision(entry: Entry): boolean {
  return typeof entry.incident.incident_id === "string" && (entry.reviewed !== null || entry.note !== null);
}

function entryOf(properties: Record<string, unknown>, geometry: unknown): Entry {
  const incident: Incident = {};
  for (const name of COLUMNS) incident[name] = cellOf(name, properties[name]);
  const point = geometry as { type?: string; coordinates?: number[] } | null;
  const at = point?.type === "Point" && Array.isArray(point.coordinates) ? point.coordinates.slice(0, 2) : null;
  incident.geometry = at?.every(Number.isFinite) && at.length === 2 ? (at as Point) : null;
  const text = (name: string) => (typeof properties[name] === "string" && properties[name] ? String(properties[name]) : null);
  const verdict = text("reviewed");
  const own = Object.entries(properties).filter(([name]) => !COLUMNS.includes(name) && !REVIEW.includes(name));
  return {
    incident,
    reviewed: verdict !== null && VERDICTS.includes(verdict) ? (verdict as Verdict) : null,
    fields: text("reviewed_fields")?.split(", ") ?? [],
    by: text("reviewed_by"),
    at: text("reviewed_at"),
    note: text("note"),
    merged_into: text("merged_into"),
    own: Object.fromEntries(own) as Entry["own"],
  };
}

function cellOf(name: string, value: unknown): Cell {
  if (LISTS.has(name)) {
    const list = typeof value === "string" ? parsed(value) : value; // GDAL writes lists as JSON texts
    return (Array.isArray(list) ? list : []) as string[] | Span[];
  }
  if (value === null || value === undefined || value === "") return null;
  if (!NUMBERS.has(name)) return String(value);
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}
