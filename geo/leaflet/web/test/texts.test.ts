import assert from "node:assert/strict";
import { test } from "node:test";
import type { DetailPart, Report } from "../src/data/format.ts";
import { fold, queryWords } from "../src/data/fold.ts";
import { Quotes } from "../src/data/quotes.ts";
import { Search } from "../src/data/texts.ts";

const PARTS: DetailPart[] = [
  {
    place_text: ["near Taji", null, null],
    evidence_count: [2, 1, 0],
    evidence_report: [0, 1, 0],
    evidence_text: ["one", "a drone", "Dawn over al-Qaʾim"],
  },
  {
    place_text: [null, "Camp Taji"],
    evidence_count: [1, 1],
    evidence_report: [1, 0],
    evidence_text: ["drones at dawn.", null],
  },
];

/** Rows whose texts hold every word of a query, and how many parts were read for it. */
async function found(search: Search, query: string): Promise<number[]> {
  const bits = await search.find(query, 5, () => undefined);
  const wanted = (1 << queryWords(query).length) - 1;
  return [...bits].flatMap((has, row) => (has === wanted ? [row] : []));
}

function searchOf(parts: DetailPart[]): { search: Search; read: number[] } {
  const read: number[] = [];
  const search = new Search(
    () => parts.length,
    (part) => {
      read.push(part);
      return Promise.resolve(parts[part]);
    },
  );
  return { search, read };
}

test("the quoted sentences of each row are searched, inside words too", async () => {
  const { search } = searchOf(PARTS);
  assert.deepEqual(await found(search, "dron"), [0, 3]);
  assert.deepEqual(await found(search, "drone taji"), [0]);
  assert.deepEqual(await found(search, "AWN"), [1, 3]);
  assert.deepEqual(await found(search, "nothing"), []);
});

test("texts are read once for all searches; words that belong together are looked up where they all stand", async () => {
  const { search, read } = searchOf(PARTS);
  await search.read();
  await found(search, "drone dawn");
  assert.deepEqual(read, [0, 1]);
  assert.deepEqual(await found(search, '"camp taji"'), [4]);
  assert.deepEqual(await found(search, "al-qaim"), [1]);
  assert.deepEqual(await found(search, '"taji camp"'), []);
  assert.deepEqual(read, [0, 1, 1, 0, 1]);
});

test("of two searches only the newer one answers", async () => {
  const { search } = searchOf(PARTS);
  const older = search.find("drone", 5, () => undefined);
  const newer = search.find("dawn", 5, () => undefined);
  await assert.rejects(older, /superseded/);
  assert.deepEqual([...(await newer)], [0, 1, 0, 1, 0]);
});

test("the index finds what a look through all texts finds", async () => {
  const letters = "abc ʾ-";
  let seed = 7;
  const draw = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  const text = () => Array.from({ length: draw(30) }, () => letters[draw(letters.length)]).join("");
  const parts = Array.from({ length: 4 }, () => {
    const rows = Array.from({ length: 50 }, text);
    return { evidence_count: rows.map(() => 1), evidence_text: rows };
  });
  const texts = parts.flatMap((part) => part.evidence_text.map(fold));
  const { search } = searchOf(parts);
  for (const query of ["a", "ab", "abc", "a b", "b-a", "cab", '"c a"', "bb cc"]) {
    const bits = await search.find(query, texts.length, () => undefined);
    const expected = texts.map((each) => queryWords(query).reduce((sum, word, at) => sum | (each.includes(word) ? 1 << at : 0), 0));
    assert.deepEqual([...bits], expected, query);
  }
});

test("rows are quoted with the report of their first sentence", async () => {
  const reports = [{ id: "r0" }, { id: "r1" }] as Report[];
  const read: string[] = [];
  const quotes = new Quotes(<T>(name: string, part: number) => {
    read.push(`${name}/${part}`);
    return Promise.resolve((name === "details" ? PARTS[part] : reports) as T);
  });
  assert.deepEqual(await quotes.of([0, 1, 2, 3], { detailRows: 3, reportRows: 10 }), [
    { text: "one", report: { id: "r0" } },
    { text: "Dawn over al-Qaʾim", report: { id: "r0" } },
    null,
    { text: "drones at dawn.", report: { id: "r1" } },
  ]);
  assert.deepEqual(read, ["details/0", "reports/0", "details/1"]);
});
