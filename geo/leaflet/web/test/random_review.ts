/** Write files of decisions made at random, with the page's own code. Call: node random_review.ts BASE.json N */

import { readFileSync } from "node:fs";
import * as decide from "../src/review/decisions.ts";
import { toGeoJson } from "../src/review/file.ts";
import { Ledger } from "../src/review/ledger.ts";
import type { Entry, Incident, Span } from "../src/review/model.ts";

const base = JSON.parse(readFileSync(process.argv[2], "utf8")) as Entry[];
const STATUSES = ["reported", "claimed", "alleged", "denied", "planned", "threatened"];
const TEXTS = ["a body", "„Nächtliche“ Täter; zwei", "قوات", "<b>bold</b>", 'quoted "so"', "a, b; c", "line\nbreak"];

function session(seed: number): string {
  let state = seed * 7919 + 11;
  const random = (n: number) => (state = (state * 1103515245 + 12345) % 2147483648) % n;
  const pick = <T>(list: T[]): T => list[random(list.length)];
  const known = new Map(base.map((entry) => [entry.incident.incident_id as string, entry]));
  const ledger = new Ledger();
  const desk: decide.Desk = {
    entry: (id) => ledger.entries.get(id) ?? (known.get(id) as Entry),
    base: (id) => known.get(id) ?? null,
    kept: (id) => ledger.entries.get(id) ?? null,
    reviewer: () => pick(["Ada", "Ben", null]),
    now: () => `2020-03-14T${String(random(24)).padStart(2, "0")}:00:00Z`,
  };
  const ids = () => [...new Set([...known.keys(), ...ledger.entries.keys()])];
  const open = () => ids().filter((id) => desk.entry(id).merged_into === null && desk.entry(id).reviewed !== "rejected");
  const cells = (): Incident => {
    const least = random(9);
    return pick<Incident>([
      { sub_event_type: "Grenade", event_type: "Explosions/Remote violence" },
      { event_type: "Battles", sub_event_type: null },
      { status: pick(STATUSES) },
      { date_start: "2020-02-03", date_end: "2020-02-09", date_precision: "week" },
      { date_start: null, date_end: null, date_precision: "unknown" },
      { actor1: pick(TEXTS), actor2: null },
      { killed_min: least, killed_max: least + random(5), wounded_min: null, wounded_max: null },
      { weapon: pick(TEXTS), attribution: pick(TEXTS) },
      { geometry: [random(360) - 180 + 0.1234567, random(180) - 90], geo_precision: "site", uncertainty_m: random(9000) },
      { geometry: null, uncertainty_m: null, geo_precision: "unknown", place_id: null, place_name: null },
      { place_name: pick(TEXTS), place_text: pick(TEXTS), country: "Iraq", country_code: "IQ" },
      { event_count_min: random(30) },
    ]);
  };
  const words = (): Span[] => [{ report_id: "r0", start: random(50), end: 60 + random(9), text: pick(TEXTS) }];
  for (let n = 0; n < 25; n++) {
    const id = pick(open());
    const other = pick(open());
    ledger.do(
      "step",
      pick([
        () => decide.confirm(desk, [id]),
        () => decide.reject(desk, [id]),
        () => decide.correct(desk, [id], cells()),
        () => decide.correct(desk, [id, other], cells()),
        () => decide.annotate(desk, id, pick(TEXTS)),
        () => decide.add(desk, { ...desk.entry(id).incident, ...cells() }, words()).changes,
        () => decide.split(desk, id, random(2) ? words() : []).changes,
        () => (id === other ? [] : decide.merge(desk, id, other)),
        () => {
          const links = desk.entry(id).incident.in_response_to as string[];
          return links.length ? decide.unlink(desk, id, links[0]) : [];
        },
      ])(),
    );
    if (random(6) === 0) ledger.undo();
  }
  return toGeoJson(ids().map((id) => desk.entry(id)).filter((entry) => entry.reviewed !== null || entry.note !== null));
}

const files = Array.from({ length: Number(process.argv[3]) }, (_, seed) => session(seed));
process.stdout.write(JSON.stringify(files));
