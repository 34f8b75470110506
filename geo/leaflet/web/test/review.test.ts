/** The review without a browser: coordinates, steps and their undoing, the file, knowing incidents again. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCoordinates } from "../src/review/coordinates.ts";
import * as decide from "../src/review/decisions.ts";
import { fromGeoJson, toGeoJson } from "../src/review/file.ts";
import { fit } from "../src/review/fitting.ts";
import { Ledger } from "../src/review/ledger.ts";
import { COLUMNS, type Entry, type Incident } from "../src/review/model.ts";
import { nextOpen, ordered, progressOf } from "../src/review/queue.ts";

test("coordinates are read as people write them", () => {
  const taji = [44.2567, 33.5239];
  for (const text of ["33.5239, 44.2567", "33.5239 44.2567", "33.5239°N 44.2567°E", "44.2567 E, 33.5239 N", "N 33.5239 E 44.2567"]) {
    assert.deepEqual(parseCoordinates(text), taji, text);
  }
  assert.deepEqual(parseCoordinates("33°31'26.04\"N 44°15'24.12\"E"), taji);
  assert.deepEqual(parseCoordinates("33° 31′ 26.04″ N, 44° 15′ 24.12″ E"), taji);
  assert.deepEqual(parseCoordinates("33°30′S 44°15′W"), [-44.25, -33.5]);
  assert.deepEqual(parseCoordinates("-33.5, -44.25"), [-44.25, -33.5]);
});

test("what is no pair of coordinates is refused", () => {
  for (const text of ["", "33.5", "north", "91, 44", "33, 181", "33N 44N", "33°61'N 44°E", "1 2 3", "-33N 44E", "<b>1</b>, 2"]) {
    assert.equal(parseCoordinates(text), null, text);
  }
});

function incident(id: string, cells: Incident = {}): Incident {
  const blank = Object.fromEntries(COLUMNS.map((name) => [name, null])) as Incident;
  const evidence = [{ report_id: "r", start: 10, end: 40, text: "Rockets hit the base of Taji at dawn." }];
  return { ...blank, incident_id: id, report_ids: ["r"], evidence, in_response_to: [], status: "reported", ...cells };
}

function entry(id: string, cells: Incident = {}): Entry {
  return { incident: incident(id, cells), reviewed: null, fields: [], by: null, at: null, note: null, merged_into: null, own: {} };
}

function deskOf(base: Map<string, Entry>) {
  const ledger = new Ledger();
  let tick = 0;
  const desk: decide.Desk = {
    entry: (id) => ledger.entries.get(id) ?? (base.get(id) as Entry),
    base: (id) => base.get(id) ?? null,
    kept: (id) => ledger.entries.get(id) ?? null,
    reviewer: () => "Ada",
    now: () => `2020-03-14T00:00:${String(tick++ % 60).padStart(2, "0")}Z`,
  };
  return { ledger, desk };
}

const idsOf = (base: Map<string, Entry>, ledger: Ledger) => [...new Set([...base.keys(), ...ledger.entries.keys()])];

test("random steps, all undone, give the first state byte for byte, and redone the last", () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 40; round++) {
    const base = new Map([..."abcdefgh"].map((id) => [id, entry(id, { killed_min: id.charCodeAt(0) })]));
    const { ledger, desk } = deskOf(base);
    const text = () => toGeoJson(idsOf(base, ledger).sort().map((id) => desk.entry(id)).filter(({ reviewed }) => reviewed !== null));
    ledger.do("step.confirm", decide.confirm(desk, ["a"]));
    const before = text();
    let done = 0;
    while (done < 50) {
      const ids = idsOf(base, ledger).filter((id) => desk.entry(id));
      const [id, other] = [ids[random(ids.length)], ids[random(ids.length)]];
      const changes = [
        () => decide.confirm(desk, [id]),
        () => decide.reject(desk, [id]),
        () => decide.reopen(desk, [id]),
        () => decide.correct(desk, [id, other], { killed_max: random(100), actor1: `someone ${random(9)}` }),
        () => decide.annotate(desk, id, `note ${random(99)}`),
        () => decide.add(desk, incident("new"), [{ report_id: "r", start: 1, end: 2, text: "x" }]).changes,
        () => decide.split(desk, id, []).changes,
        () => (id === other ? [] : decide.merge(desk, id, other)),
      ][random(8)]();
      if (changes.length === 0) continue;
      ledger.do("step", changes);
      done++;
    }
    const after = text();
    while (ledger.position > 1) ledger.undo();
    assert.equal(text(), before);
    while (ledger.redo());
    assert.equal(text(), after);
  }
});

test("steps that were kept give the same state again", () => {
  const base = new Map([["a", entry("a")]]);
  const { ledger, desk } = deskOf(base);
  ledger.do("step.confirm", decide.confirm(desk, ["a"]));
  ledger.do("step.reject", decide.reject(desk, ["a"]));
  ledger.undo();
  const again = new Ledger();
  again.restore(JSON.parse(JSON.stringify(ledger.steps)), ledger.position);
  assert.deepEqual([...again.entries], [...ledger.entries]);
  assert.equal(again.redo()?.what, "step.reject");
});

test("a correction that is taken back leaves a confirmed incident", () => {
  const base = new Map([["a", entry("a", { killed_max: 3 })]]);
  const { ledger, desk } = deskOf(base);
  ledger.do("step.correct", decide.correct(desk, ["a"], { killed_max: 5 }));
  assert.deepEqual([desk.entry("a").reviewed, desk.entry("a").fields], ["changed", ["killed_max"]]);
  ledger.do("step.correct", decide.correct(desk, ["a"], { killed_max: 3 }));
  assert.deepEqual([desk.entry("a").reviewed, desk.entry("a").fields], ["confirmed", []]);
});

test("the file comes back as it was written", () => {
  const odd = entry("a", { geometry: [44.25, 33.5], actor1: '<b>"x"\n\u202e', killed_min: 0, in_response_to: ["b"] });
  odd.reviewed = "changed";
  odd.fields = ["actor1", "killed_min"];
  odd.note = "line\nbreak";
  assert.deepEqual(fromGeoJson(toGeoJson([odd])), [odd]);
  assert.throws(() => fromGeoJson("{}"));
  assert.throws(() => fromGeoJson("not JSON"));
  assert.deepEqual(fromGeoJson('{"features":[{"properties":{"incident_id":"a"}}, {}]}'), []);
});

test("incidents are known again by id, sentence and words, but not a copy", () => {
  const sentence = (text: string, start: number) => [{ report_id: "r", start, end: start + text.length, text }];
  const old = [
    entry("same"),
    entry("moved", { evidence: sentence("Mortars fell on the market by the river.", 100) }),
    entry("mended", { evidence: sentence("Gunmen shot at a patrol near the old bridge on Monday.", 200) }),
    entry("gone", { evidence: sentence("A bomb went off under the car of a judge.", 300) }),
    entry("u0123456789ab", { evidence: sentence("Mortars fell on the market by the river.", 100) }),
  ];
  const here = [
    incident("same"),
    incident("k1", { evidence: sentence("Mortars fell on the  market by the river.", 140) }),
    incident("k2", { evidence: sentence("Gunmen shot at a patrol near the new bridge on Monday.", 240) }),
  ];
  assert.deepEqual([...fit(old, here)].sort(), [["gone", null], ["mended", "k2"], ["moved", "k1"], ["same", "same"]]);
});

test("the queue is ordered, counted and walked", () => {
  const facts = {
    confidence: (row: number) => [0.9, 0.2, null, 0.5][row],
    day: (row: number) => [3, 1, null, 2][row],
    report: (row: number) => [1, 0, 0, 1][row],
    isNew: (row: number) => row > 1,
  };
  assert.deepEqual(ordered([0, 1, 2, 3], "sure", facts), [2, 1, 3, 0]);
  assert.deepEqual(ordered([0, 1, 2, 3], "day", facts), [1, 3, 0, 2]);
  assert.deepEqual(ordered([0, 1, 2, 3], "report", facts), [1, 2, 0, 3]);
  assert.deepEqual(ordered([0, 1, 2, 3], "new", facts), [2, 3]);
  assert.deepEqual(progressOf(["confirmed", null, "rejected"]), { total: 3, decided: 2, rejected: 1 });
  assert.equal(nextOpen(["a", "b", "c"], "c", (id) => id !== "b"), "a");
  assert.equal(nextOpen(["a"], null, () => false), null);
});
