import assert from "node:assert/strict";
import { test } from "node:test";
import { readLine } from "../src/draw/basemap_lines.ts";
import { fanOffsets } from "../src/draw/fan.ts";
import { circle, destination, distance, greatCircle } from "../src/draw/geodesy.ts";
import { lookOf, radiusOf } from "../src/draw/shapes.ts";

test("Baghdad lies 556 km from Kuwait City", () => {
  assert.ok(Math.abs(distance([44.366, 33.315], [47.978, 29.376]) / 1000 - 556) < 3);
});

test("a circle's points lie as far from the centre as its radius says, far north as well", () => {
  for (const lat of [0, 33, 78])
    for (const point of circle([20, lat], 100_000)) assert.ok(Math.abs(distance([20, lat], point) - 100_000) < 1);
});

test("due north of a place the longitude stays", () =>
  assert.ok(Math.abs(destination([44, 33], 0, 50_000)[0] - 44) < 1e-9));

test("the way from Tokyo to San Francisco bows north and runs over the date line without a jump", () => {
  const line = greatCircle([139.7, 35.7], [-122.4, 37.8]);
  assert.ok(Math.max(...line.map(([, lat]) => lat)) > 47);
  for (let at = 1; at < line.length; at++) assert.ok(Math.abs(line[at][0] - line[at - 1][0]) < 5);
  assert.ok(Math.abs((line.at(-1)?.[0] ?? 0) - 237.6) < 1e-6);
});

for (const n of [2, 7, 10, 11, 60]) {
  test(`${n} marks of a fan do not touch`, () => {
    const offsets = fanOffsets(n);
    assert.equal(offsets.length, n);
    for (let one = 0; one < n; one++)
      for (let other = 0; other < one; other++) {
        assert.ok(Math.hypot(offsets[one][0] - offsets[other][0], offsets[one][1] - offsets[other][1]) > 20);
      }
  });
}

test("every status looks different", () => {
  const looks = ["reported", "claimed", "alleged", "denied", "planned", "threatened"].map((status) =>
    JSON.stringify(lookOf(status)),
  );
  assert.equal(new Set(looks).size, 6);
});

test("more casualties are never a smaller mark", () => {
  const radii = [0, 1, 4, 5, 24, 25, 99, 100, 5000].map(radiusOf);
  assert.deepEqual(
    radii,
    [...radii].sort((one, other) => one - other),
  );
});

test("lines of the basemap are differences of whole numbers", () => {
  const { points, west, east } = readLine([4400, 3300, 100, 0, -300, 100], 100);
  assert.equal(points.length, 6);
  assert.ok(Math.abs(points[0] - (44 + 180) / 360) < 1e-12);
  assert.ok(west < points[0] && east > points[0]);
});
