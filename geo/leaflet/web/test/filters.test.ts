import assert from "node:assert/strict";
import { test } from "node:test";
import { stepFor, stepStarts, isoDay } from "../src/data/dates.ts";
import { applyFilter, applyWindow, everything, facetCounts, rowsShown } from "../src/data/filters.ts";
import { fold, queryWords } from "../src/data/fold.ts";
import { countSteps, histogramOf } from "../src/data/histogram.ts";
import { dictionaryBits } from "../src/data/search.ts";
import { day, tableOf } from "./sample.ts";

const table = tableOf([
  {
    start: day("2019-12-27"),
    type: 0,
    country: "Iraq",
    actor1: "Kata'ib Hizballah",
    actor2: "US forces",
    killed: [1, 1],
    wounded: [6, null],
  },
  { start: day("2019-12-29"), type: 0, country: "Syria", actor1: "US forces", killed: [25, null], status: "claimed" },
  { start: day("2020-01-01"), end: day("2020-01-31"), type: 1, country: "Iraq", killed: [null, 3] },
  { type: 1, country: "Iran" },
]);

const shownBy = (change: Partial<ReturnType<typeof everything>>) => {
  const filter = { ...everything(), ...change };
  return [...rowsShown(applyWindow(table, filter, applyFilter(table, filter, null)))];
};
const choose = (facet: string, ...values: string[]) => ({
  chosen: { ...everything().chosen, [facet]: new Set(values) },
});

test("nothing chosen shows everything", () => assert.deepEqual(shownBy({}), [0, 1, 2, 3]));
test("a kind, a country and a status are filters", () => {
  assert.deepEqual(shownBy(choose("event_type", "Protests")), [2, 3]);
  assert.deepEqual(shownBy(choose("country", "Syria", "Iran")), [1, 3]);
  assert.deepEqual(shownBy(choose("status", "claimed")), [1]);
});
test("an actor is found on either side", () => assert.deepEqual(shownBy(choose("actor", "US forces")), [0, 1]));
test("a value that no incident has shows none", () => assert.deepEqual(shownBy(choose("country", "Norway")), []));
test("casualties are killed and wounded where reported", () => {
  assert.deepEqual(shownBy({ casualties: 3 }), [0, 1, 2]);
  assert.deepEqual(shownBy({ casualties: 8 }), [1]);
});
test("an incident that spans days is shown for all of them", () => {
  assert.deepEqual(shownBy({ window: [day("2020-01-15"), day("2020-01-15")], undated: false }), [2]);
});
test("undated incidents are shown or hidden", () => {
  assert.deepEqual(shownBy({ undated: false }), [0, 1, 2]);
  assert.deepEqual(shownBy({ window: [day("2019-12-29"), day("2019-12-29")] }), [1, 3]);
});
test("values are counted, the most frequent first", () => {
  assert.deepEqual(facetCounts(table, "actor", new Uint8Array(4).fill(1)), [
    { value: "US forces", n: 2 },
    { value: "Kata'ib Hizballah", n: 1 },
  ]);
});

test("searching is blind to case, accents, apostrophes, hyphens and Arabic letter variants", () => {
  assert.equal(fold("Al-Qāʾim"), fold("al qaim"));
  assert.equal(fold("KATA’IB"), fold("Kata'ib"));
  assert.equal(fold("Türkiye İstanbul"), fold("turkiye istanbul"));
  assert.equal(fold("أَحْمَد"), fold("احمد"));
  assert.equal(fold("Łódź, Øst, Straße"), "lodz, ost, strasse");
});
test("words in quotes belong together", () => assert.deepEqual(queryWords('Air "Camp Taji" '), ["air", "camp taji"]));
test("words may stand in different columns of a row", () => {
  assert.deepEqual([...dictionaryBits(["Camp Taji", "Air strike"], ["taji", "air"])], [0, 1, 2]);
});
test("the steps of time follow the range: days, weeks from Monday, months", () => {
  assert.equal(stepFor(0, 61), "day");
  assert.equal(stepFor(0, 62), "week");
  assert.equal(stepFor(0, 732), "month");
  assert.deepEqual(stepStarts(day("2020-01-01"), day("2020-01-08"), "week").map(isoDay), [
    "2019-12-30",
    "2020-01-06",
    "2020-01-13",
  ]);
  const early = stepStarts(day("0025-01-15"), day("0025-02-03"), "month").map(isoDay);
  assert.deepEqual(early, ["0025-01-01", "0025-02-01", "0025-03-01"]); // not 1925
  assert.deepEqual(stepStarts(day("2019-12-15"), day("2020-01-01"), "month").map(isoDay), [
    "2019-12-01",
    "2020-01-01",
    "2020-02-01",
  ]);
  assert.equal(isoDay(stepStarts(day("1969-12-31"), day("1969-12-31"), "week")[0]), "1969-12-29");
});
test("an incident that spans steps counts in each of them", () => {
  const histogram = histogramOf(table);
  assert.equal(histogram?.step, "day");
  const counts = countSteps(table, histogram!, new Uint8Array(4).fill(1));
  assert.ok(counts.every((steps) => steps.length === 36));
  assert.equal(
    counts.flatMap((steps) => [...steps]).reduce((sum, n) => sum + n, 0),
    2 + 31,
  );
});
