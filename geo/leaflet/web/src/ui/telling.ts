/** Say in words what the table holds of one incident. */

import { fold } from "../data/fold.ts";
import type { Table } from "../data/table.ts";
import { h, told, type Child } from "./dom.ts";
import type { Words } from "./words.ts";

const EXACT_M = 1000; // what is called exact lies within so much

export function titleOf(table: Table, words: Words, row: number): string {
  const sub = table.text("sub_event_type", row);
  if (sub) return words.term("sub_event_type", sub);
  const type = table.eventType(row);
  return type ? words.term("event_type", type) : words.say("what.unknown");
}

/** The name of the place, or "somewhere in Iraq" when only the country is known. */
export function placeOf(table: Table, words: Words, row: number): string {
  const name = table.text("place_name", row);
  const country = table.text("country", row);
  if (table.term("geo_precision", row) === "country" || (!name && country)) {
    return words.say("where.somewhere", { country: country ?? name ?? "" });
  }
  return name ?? words.say("where.unknown");
}

/** What all rows can be said to lie in: one place, one country, two countries by name; null for anything else. */
export function commonPlace(table: Table, words: Words, rows: number[]): string | null {
  const countries = new Set(rows.map((row) => table.text("country", row)));
  const places = new Set(rows.map((row) => placeOf(table, words, row)));
  if (places.size === 1 && countries.size === 1) return placeOf(table, words, rows[0]);
  const named = [...countries].filter((country): country is string => !!country);
  return named.length === countries.size && named.length <= 2 ? words.list(named) : null;
}

/** How far off the place can be, in words. */
export function surenessOf(table: Table, words: Words, row: number): string {
  const metres = table.number("uncertainty_m", row);
  const within =
    table.lonLat(row) && metres !== null ? words.say("where.within", { distance: words.distance(metres) }) : "";
  if (!table.has("geo_precision")) return within; // left out of the page
  const precision = table.term("geo_precision", row) ?? "unknown";
  const exact = precision === "site" && metres !== null && metres <= EXACT_M;
  const kind = words.say(exact ? "precision.exact_site" : `precision.${precision}`);
  return within ? words.say("sureness", { kind, within }) : kind;
}

/** The place for a list, with how far off it can be. */
export function placeShort(table: Table, words: Words, row: number): Child[] {
  const metres = table.number("uncertainty_m", row);
  const place = placeOf(table, words, row);
  const drawn = table.lonLat(row) && metres !== null && table.term("geo_precision", row) !== "country";
  return [told(place), drawn ? ` ± ${words.distance(metres)}` : null];
}

/** Killed and wounded in few words, null when nobody says. */
export function casualtiesOf(table: Table, words: Words, row: number): string | null {
  const parts = (["killed", "wounded"] as const).flatMap((what) => {
    const count = words.count(table.counts(what, row));
    return count === null ? [] : [words.say(`casualties.${what}`, { count })];
  });
  return parts.length ? words.list(parts) : null;
}

/** A label for whatever is not simply reported. */
export function statusBadge(table: Table, words: Words, row: number): HTMLElement | null {
  const status = table.term("status", row);
  if (!status || status === "reported") return null;
  return h("span", { class: `geo-badge geo-badge-${status}` }, words.term("status", status));
}

/** Icon, title and what is not plain about it. */
export function headOf(icon: Element, table: Table, words: Words, row: number): Child[] {
  return [icon, h("span", {}, [titleOf(table, words, row), " ", statusBadge(table, words, row)])];
}

/** The facts that fit a popup. */
export function briefOf(table: Table, words: Words, row: number): [string, Child | Child[]][] {
  const facts: [string, Child | Child[]][] = [
    [words.say("field.when"), words.when(table, row)],
    [words.say("field.where"), whereOf(table, words, row)],
  ];
  for (const [key, name] of [
    ["field.who", "actor1"],
    ["field.whom", "actor2"],
    ["field.attribution", "attribution"],
    ["field.dataset", "dataset"],
  ] as const) {
    const text = table.text(name, row);
    if (text) facts.push([words.say(key), told(text.length > 90 ? `${text.slice(0, 90)} …` : text)]);
  }
  const casualties = casualtiesOf(table, words, row);
  if (casualties) facts.splice(2, 0, [words.say("field.casualties"), casualties]);
  return facts.filter(([, value]) => value !== "");
}

/** Name and value pairs of the facts, leaving out what is not known or was left out of the page. */
export function factsOf(table: Table, words: Words, row: number): [string, Child | Child[]][] {
  const facts: [string, Child | Child[]][] = [];
  const add = (key: string, value: Child | Child[]) => {
    if (value) facts.push([words.say(key), value]);
  };
  const text = (name: string) => {
    const value = table.text(name, row);
    return value ? told(value) : null;
  };
  add("field.when", words.when(table, row));
  add("field.where", whereOf(table, words, row));
  add("field.who", text("actor1"));
  add("field.whom", text("actor2"));
  add("field.killed", words.count(table.counts("killed", row)));
  add("field.wounded", words.count(table.counts("wounded", row)));
  const series = table.number("event_count_min", row);
  if (series !== null) add("field.series", words.say("count.least", { n: series }));
  add("field.weapon", text("weapon"));
  const status = table.term("status", row);
  if (status) add("field.status", words.say(`status_words.${status}`));
  add("field.attribution", text("attribution"));
  add("field.dataset", text("dataset"));
  const confidence = table.number("confidence", row);
  if (confidence !== null) {
    const said = words.say("confidence", { percent: Math.round(confidence * 100) });
    add("field.confidence", [said, h("span", { class: "geo-sureness" }, words.say("confidence.explained"))]);
  }
  return facts;
}

function whereOf(table: Table, words: Words, row: number): Child[] {
  const country = table.text("place_name", row) ? table.text("country", row) : null; // else the place says it
  const around = [table.text("admin1", row), country].filter((name): name is string => !!name);
  const place = placeOf(table, words, row);
  const beside =
    table.term("geo_precision", row) === "country" ? [] : around.filter((name) => fold(name) !== fold(place));
  return [told(words.list([place, ...beside])), h("span", { class: "geo-sureness" }, surenessOf(table, words, row))];
}
