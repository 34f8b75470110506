/** The state in the address's fragment, so that a link shows the same thing. */

import { isoDay, parseDay } from "../data/dates.ts";
import { everything, FACETS, type Filter } from "../data/filters.ts";

export interface State {
  view: { lat: number; lon: number; zoom: number } | null;
  filter: Filter;
  /** Id of the chosen incident. */
  chosen: string | null;
  heat: boolean;
  /** Step of the story, from 0; -1 when none is shown. */
  story?: number;
}

export function writeFragment({ view, filter, chosen, heat, story = -1 }: State): string {
  const parts: string[] = [];
  const add = (name: string, value: string) =>
    parts.push(`${name}=${encodeURIComponent(value).replaceAll("%20", "+").replaceAll("%2C", ",")}`);
  if (view) add("map", `${round(view.zoom, 2)},${round(view.lat, 5)},${round(view.lon, 5)}`);
  if (filter.window) add("days", filter.window.map(isoDay).join(","));
  if (filter.query) add("find", filter.query);
  for (const facet of FACETS) for (const value of filter.chosen[facet]) add(facet, value);
  if (filter.casualties > 0) add("casualties", String(filter.casualties));
  if (filter.confidence > 0) add("confidence", String(filter.confidence));
  if (story >= 0) add("story", String(story + 1));
  if (!filter.undated) add("undated", "no");
  if (heat) add("show", "heat");
  if (chosen) add("incident", chosen);
  return parts.join("&");
}

/** Read a fragment; whatever is not understood is left out. */
export function readFragment(fragment: string): State {
  const values = new URLSearchParams(fragment.replace(/^#/, ""));
  const filter = everything();
  for (const facet of FACETS) filter.chosen[facet] = new Set(values.getAll(facet).slice(0, 200));
  filter.query = (values.get("find") ?? "").slice(0, 300);
  filter.casualties = Math.max(0, Math.floor(Number(values.get("casualties")) || 0));
  filter.confidence = Math.min(1, Math.max(0, Number(values.get("confidence")) || 0));
  filter.undated = values.get("undated") !== "no";
  const [from, to] = (values.get("days") ?? "").split(",").map(parseDay);
  if (from !== null && from !== undefined && to !== null && to !== undefined)
    filter.window = [Math.min(from, to), Math.max(from, to)];
  const story = Math.floor(Number(values.get("story")) || 0);
  return {
    view: readView(values.get("map")),
    filter,
    chosen: values.get("incident"),
    heat: values.get("show") === "heat",
    ...(story > 0 ? { story: story - 1 } : {}),
  };
}

function readView(text: string | null): State["view"] {
  const numbers = (text ?? "").split(",").map(Number);
  if (numbers.length !== 3 || numbers.some((value) => !Number.isFinite(value))) return null;
  const [zoom, lat, lon] = numbers;
  if (Math.abs(lat) > 90 || Math.abs(lon) > 540 || zoom < 0 || zoom > 24) return null;
  return { zoom, lat, lon };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
