/** Say in words what the table holds of one incident. */

import { fold } from "../data/fold.ts";
import { headline } from "../data/headline.ts";
import type { Table } from "../data/table.ts";
import type { Meta } from "../data/format.ts";
import { clean, h, isolated, type Child } from "./dom.ts";
import type { Words } from "./words.ts";

const LIKELY = 0.5; // below it, an incident is rather misread than read rightly
const EXACT_M = 1000; // what is called exact lies within so much

/** Who did what to whom, where, how many, how sure: the one line by which an incident is called everywhere, so long that it `fits`. */
export function headlineOf(table: Table, words: Words, row: number, fits?: (text: string) => boolean): string {
  return headline(table, (n) => words.number(n), row, fits) || titleOf(table, words, row);
}

/** What was done, as a term of the vocabulary. */
export function titleOf(table: Table, words: Words, row: number): string {
  const sub = table.text("sub_event_type", row);
  if (sub) return words.term("sub_event_type", sub);
  const type = table.eventType(row);
  return type ? words.term("event_type", type) : words.say("what.unknown");
}

/** The name of the place, or "somewhere in Iraq" when only the country is known. */
export function placeOf(table: Table, words: Words, row: number): string {
  const name = table.text("place_name", row);
  const country = table.label("country", row);
  if (table.term("geo_precision", row) === "country" || (!name && country)) {
    return words.say("where.somewhere", { country: country ?? name ?? "" });
  }
  return name ?? words.say("where.unknown");
}

/** What all rows can be said to lie in: one place, one country, two countries by name; null for anything else. */
export function commonPlace(table: Table, words: Words, rows: number[]): string | null {
  const countries = new Set(rows.map((row) => table.label("country", row)));
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

/** How far off the place can be, for a list: "± 14 km"; null where no place is drawn. */
export function marginOf(table: Table, words: Words, row: number): string | null {
  const metres = table.number("uncertainty_m", row);
  const drawn = table.lonLat(row) && metres !== null && table.term("geo_precision", row) !== "country";
  return drawn ? `± ${words.distance(metres)}` : null;
}

/** How sure it is that the incident was read rightly, where that is less than likely; null otherwise. */
export function doubtOf(table: Table, words: Words, row: number): string | null {
  const confidence = table.number("confidence", row);
  if (confidence === null || confidence >= LIKELY) return null;
  return words.say("doubt", { percent: Math.round(confidence * 100) });
}

/** A label for whatever is not simply reported. */
export function statusBadge(table: Table, words: Words, row: number): HTMLElement | null {
  const status = table.term("status", row);
  if (!status || status === "reported") return null;
  return h("span", { class: `geo-badge geo-badge-${status}` }, words.term("status", status));
}

/** Icon and headline. */
export function headOf(icon: Element, table: Table, words: Words, row: number): Child[] {
  return [icon, h("span", {}, isolated(headlineOf(table, words, row)))];
}

/** Name and value pairs of the facts, leaving out what is not known or was left out of the page. */
export function factsOf(table: Table, words: Words, row: number): [string, Child | Child[]][] {
  const facts: [string, Child | Child[]][] = [];
  const add = (key: string, value: Child | Child[]) => {
    if (value) facts.push([words.say(key), value]);
  };
  const text = (name: string) => {
    const value = table.fullText(name, row);
    return value ? isolated(value) : null;
  };
  add("field.what", [titleOf(table, words, row), " ", statusBadge(table, words, row)]);
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

/** The place, with the province and the country that it lies in. */
export function placesOf(table: Table, words: Words, row: number): string[] {
  const country = table.text("place_name", row) ? table.label("country", row) : null; // else the place says it
  const around = [table.label("admin1", row), country].filter((name): name is string => !!name);
  const place = placeOf(table, words, row);
  const beside =
    table.term("geo_precision", row) === "country" ? [] : around.filter((name) => fold(name) !== fold(place));
  return [place, ...beside];
}

function whereOf(table: Table, words: Words, row: number): Child[] {
  const places = words.list(placesOf(table, words, row));
  return [isolated(places), h("span", { class: "geo-sureness" }, surenessOf(table, words, row))];
}

/** How the incidents came about: by a program, checked by a person or not, by whom. */
export function trustOf(meta: Meta, words: Words): string {
  const { extracted, checked } = meta.trust ?? { extracted: 0, checked: 0 };
  const parts: string[] = [];
  if (extracted) {
    parts.push(
      extracted === meta.rows
        ? words.say("trust.extracted")
        : words.say("trust.partly", { n: extracted, total: meta.rows }),
      checked ? words.say("trust.checked", { n: checked, total: meta.rows }) : words.say("trust.unchecked"),
    );
  }
  if (meta.author) parts.push(words.say("trust.by", { author: clean(meta.author) }));
  return parts.join(" · ");
}
