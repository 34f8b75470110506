import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { codeUnits } from "../src/ui/evidence.ts";
import { clean, isWebAddress } from "../src/ui/dom.ts";
import { readFragment, writeFragment } from "../src/ui/fragment.ts";
import { Highlighter } from "../src/ui/highlight.ts";
import { Words } from "../src/ui/words.ts";
import { everything } from "../src/data/filters.ts";
import { csvCell } from "../src/data/export.ts";
import { day, tableOf } from "./sample.ts";

const texts = textsOf(1);

/** Texts of one language; the page's table lies four folders up, or where GEO_TEXTS says. */
function textsOf(column: number): Record<string, string> {
  const lines = readFileSync(process.env.GEO_TEXTS as string, "utf8")
    .split("\n")
    .slice(2)
    .filter((line) => line);
  return Object.fromEntries(
    lines.map((line) => {
      const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
        (match[1] ?? match[2]).replaceAll('""', '"'),
      );
      return [cells[0], cells[column]];
    }),
  );
}

const words = new Words({ lang: "en", texts });
const when = (row: Parameters<typeof tableOf>[0][number]) => words.when(tableOf([row]), 0);

test("days are said as surely as they are known", () => {
  assert.equal(when({ start: day("2020-03-11") }), "11 Mar 2020");
  assert.equal(
    when({ start: day("2019-12-20"), end: day("2019-12-31"), datePrecision: "range" }),
    "between 20 and 31 Dec 2019",
  );
  assert.equal(
    when({ start: day("2019-11-20"), end: day("2019-12-31"), datePrecision: "range" }),
    "between 20 Nov and 31 Dec 2019",
  );
  assert.equal(
    when({ start: day("2019-12-20"), end: day("2020-01-02"), datePrecision: "range" }),
    "between 20 Dec 2019 and 2 Jan 2020",
  );
  assert.equal(
    when({ start: day("2019-12-01"), end: day("2019-12-31"), datePrecision: "month" }),
    "some day in December 2019",
  );
  assert.equal(when({ datePrecision: "unknown" }), "Date not reported");
});

test("counts are said with least and most", () => {
  assert.equal(words.count({ min: 3, max: 3 }), "3");
  assert.equal(words.count({ min: 26, max: null }), "at least 26");
  assert.equal(words.count({ min: 3, max: 5 }), "3 to 5");
  assert.equal(words.count({ min: 0, max: 0 }), "none");
  assert.equal(words.count({ min: null, max: null }), null);
  assert.equal(words.count({ min: 0, max: null }), null);
});

test("every text exists in four languages with the same slots", () => {
  const slots = (text: string) =>
    [...text.matchAll(/\{\w+\}/g)]
      .map(([slot]) => slot)
      .sort()
      .join();
  for (const column of [2, 3, 4]) {
    for (const [key, text] of Object.entries(textsOf(column))) {
      assert.ok(text, `${key} has no text in column ${column}`);
      assert.equal(slots(text), slots(texts[key]), `slots of ${key} in column ${column}`);
    }
  }
});

test("a text without markup is what reports are, and controls that reorder it are gone", () => {
  assert.equal(clean("a\u202eb\u2066c\u200f\u0000"), "abc ");
});

test("only addresses of the web become links", () => {
  for (const address of ["https://example.org/a?b=c", "HTTP://example.org"]) assert.ok(isWebAddress(address), address);
  for (const address of [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "//example.org",
    "java\nscript:x",
    "",
    "file:///etc/passwd",
  ]) {
    assert.ok(!isWebAddress(address), address);
  }
});

test("cells that a spreadsheet would run begin with an apostrophe, numbers stay numbers", () => {
  assert.equal(csvCell("=1+1"), "'=1+1");
  assert.equal(csvCell('  @SUM("a")'), '"\'  @SUM(""a"")"');
  assert.equal(csvCell("-cmd"), "'-cmd");
  assert.equal(csvCell(-3.5), "-3.5");
  assert.equal(csvCell("two\nlines"), '"two\nlines"');
  assert.equal(csvCell(null), "");
});

test("a link's fragment brings back view, filters, time, words and selection", () => {
  const filter = everything();
  filter.chosen.actor.add("Kata'ib & Co, =1");
  filter.chosen.actor.add("قوات الأمن");
  filter.window = [day("2019-12-01"), day("2020-01-31")];
  filter.query = "camp taji + 50%";
  filter.casualties = 5;
  filter.undated = false;
  const state = { view: { lat: 33.3, lon: 44.4, zoom: 7.5 }, filter, chosen: "i0ab", heat: true };
  assert.deepEqual(readFragment(`#${writeFragment(state)}`), state);
});

test("a fragment that makes no sense changes nothing", () => {
  const state = readFragment("#map=1,999,x&days=yesterday,2020-13-45&casualties=-4&foo");
  assert.deepEqual(state, { view: null, filter: everything(), chosen: null, heat: false });
});

const highlighter = new Highlighter({
  trigger: ["airstrike*", "rocket fire", "c++", "-"],
  date: ["January", "Wednesday"],
  number: ["two", "dozen"],
});
const marked = (sentence: string, places: string[] = []) =>
  highlighter.spans(sentence, places).map(({ start, end, kind }) => `${kind}: ${sentence.slice(start, end)}`);

test("kind, place, date and numbers are found in a sentence", () => {
  assert.deepEqual(marked("Two airstrikes near Camp Taji on 3 January 2020 killed 26.", ["Camp Taji"]), [
    "number: Two",
    "trigger: airstrikes",
    "place: Camp Taji",
    "date: 3 January 2020",
    "number: 26",
  ]);
});
test("words within other words are left alone", () =>
  assert.deepEqual(marked("Twofold rocketry; January's end", ["Taji"]), ["date: January"]));
test("signs in word lists and places are only signs", () =>
  assert.deepEqual(marked("c++ at (a.b)*", ["(a.b)*", "[", "\\"]), ["trigger: c++", "place: (a.b)"]));
test("where kinds meet, the place wins", () =>
  assert.deepEqual(marked("in Two Rivers", ["Two Rivers"]), ["place: Two Rivers"]));

test("offsets count code points, not units", () => {
  assert.equal(codeUnits("a😀b", 2), 3);
  assert.equal(codeUnits("abc", 2), 2);
  assert.equal(codeUnits("abc", 99), 3);
});
