import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { drawArrows } from "../src/draw/arrows.ts";
import type { Brush } from "../src/draw/marks.ts";
import { commonPlace, surenessOf } from "../src/ui/wording.ts";
import { Words } from "../src/ui/words.ts";
import { tableOf, type Row } from "./sample.ts";

const texts = Object.fromEntries(
  readFileSync(process.env.GEO_TEXTS as string, "utf8")
    .split("\n")
    .map((line) => /^([^,]+),(?:"([^"]*)"|([^,]*))/.exec(line))
    .filter((found) => found !== null)
    .map(([, key, quoted, plain]) => [key, quoted ?? plain]),
);
const words = new Words({ lang: "en", texts });
const common = (rows: Row[]) => commonPlace(tableOf(rows), words, [...rows.keys()]);

test("a plate never names one country for another's incidents", () => {
  const sudan = { precision: "region", country: "Sudan" };
  assert.equal(common([sudan, sudan]), "Somewhere in Sudan");
  assert.equal(common([sudan, sudan, { ...sudan, country: "Yemen" }]), "Sudan, Yemen");
  assert.equal(common([sudan, { ...sudan, country: "Yemen" }, { ...sudan, country: "Chad" }]), null);
  assert.equal(common([sudan, { precision: "region" }]), null);
  assert.equal(common([{ ...sudan, place: "Darfur" }, { ...sudan, place: "Darfur" }]), "Darfur");
  assert.equal(common([{ ...sudan, place: "Darfur" }, { ...sudan, place: "Kordofan" }]), "Sudan");
});

test("only a site that is known to within a kilometre is called the site itself", () => {
  const said = (uncertainty: number) =>
    surenessOf(tableOf([{ lon: 44, lat: 33, place: "Camp Taji", uncertainty }]), words, 0);
  assert.equal(said(900), "the site itself; the true place lies within 900 m in nine cases out of ten");
  assert.equal(said(12_850), "a named site; the true place lies within 13 km in nine cases out of ten");
});

test("Arabic lists have commas and no stray conjunction", () => {
  assert.equal(new Words({ lang: "ar", texts }).list(["بغداد", "الأنبار", "العراق"]), "بغداد، الأنبار، العراق");
});

test("incidents of one place are joined by no arrow, those of two by one", () => {
  let strokes = 0;
  const context = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => (name === "stroke" ? () => void strokes++ : name === "measureText" ? () => ({ width: 9 }) : () => {}),
    set: () => true,
  });
  const strokesFor = (other: Row) => {
    strokes = 0;
    const frame = { context, world: 10_000, left: 6000, top: 3900, width: 800, height: 600 };
    const brush = { frame, table: tableOf([{ lon: 44, lat: 33 }, other]), theme: {} } as unknown as Brush;
    drawArrows(brush, [[0, 1]], -1, () => "", []);
    return strokes;
  };
  assert.equal(strokesFor({ lon: 44, lat: 33 }), 0);
  assert.ok(strokesFor({ lon: 41, lat: 34 }) > 2);
});
