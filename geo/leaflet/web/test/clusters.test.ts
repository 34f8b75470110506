import assert from "node:assert/strict";
import { test } from "node:test";
import { ClusterIndex, WORLD, type View } from "../src/data/clusters.ts";
import { radixOrder, weave, worldX, worldY } from "../src/data/morton.ts";
import { tableOf, type Row } from "./sample.ts";

const everywhere = (zoom: number): View => ({ zoom, west: 0, north: 0, east: WORLD - 1, south: WORLD - 1 });

function indexOf(rows: Row[], shown = new Uint8Array(rows.length).fill(1)): ClusterIndex {
  const table = tableOf(rows);
  const { points, x, y } = table.core;
  const index = new ClusterIndex(points, x, y, (row) => table.typeCode(row), 3);
  index.filter(shown);
  return index;
}

/** A generator that gives the same numbers each time. */
function* seeded(state = 12345): Generator<number> {
  for (;;) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

const random = seeded();
const next = () => random.next().value as number;
const scattered: Row[] = Array.from({ length: 3000 }, (_, n) => ({
  lon: 30 + next() * 30,
  lat: 20 + next() * 20,
  type: n % 2,
}));

test("the middle of the world is the middle of the map", () => {
  assert.equal(worldX(0), 0.5);
  assert.ok(Math.abs(worldY(0) - 0.5) < 1e-12);
  assert.ok(worldY(85) < 0.01 && worldY(-85) > 0.99);
});

test("the four quarters of a square follow each other on the curve", () => {
  assert.deepEqual([weave(0, 0), weave(1, 0), weave(0, 1), weave(1, 1)], [0, 1, 2, 3]);
  assert.equal(weave(0xffff, 0xffff), 0xffffffff);
});

test("a radix sort orders keys and keeps equal ones as they came", () => {
  const keys = Uint32Array.from([5, 4294967295, 5, 0, 70000]);
  assert.deepEqual([...radixOrder(keys)], [3, 0, 2, 4, 1]);
});

for (const zoom of [0, 3, 5, 8, 12, 17]) {
  test(`no incident is lost or counted twice at zoom ${zoom}`, () => {
    const groups = indexOf(scattered).groups(everywhere(Math.min(zoom, 8)), 46, zoom > 8 ? 1e9 : 0, 17);
    assert.equal(
      groups.reduce((sum, group) => sum + group.n, 0),
      scattered.length,
    );
    for (const group of groups)
      assert.equal(
        group.types.reduce((sum, n) => sum + n, 0),
        group.n,
      );
  });
}

test("groups hold just what the filter shows", () => {
  const shown = Uint8Array.from(scattered, (_, row) => (row % 3 === 0 ? 1 : 0));
  const index = indexOf(scattered, shown);
  const groups = index.groups(everywhere(4), 46, 0, 17);
  const rows = groups.flatMap((group) => index.rowsOf(group)).sort((one, other) => one - other);
  assert.deepEqual(
    rows,
    scattered.flatMap((_, row) => (shown[row] ? [row] : [])),
  );
});

test("a new filter replaces the groups of the one before", () => {
  const index = indexOf(scattered);
  index.groups(everywhere(4), 46, 0, 17);
  index.filter(new Uint8Array(scattered.length));
  assert.deepEqual(index.groups(everywhere(4), 46, 0, 17), []);
});

test("no two groups are closer than the reach", () => {
  const groups = indexOf(scattered).groups(everywhere(5), 46, 0, 17);
  const perPixel = WORLD / (256 * 2 ** 5);
  for (const one of groups) {
    for (const other of groups) {
      if (one !== other) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= 46 * perPixel * 0.999);
    }
  }
});

test("a few far-apart incidents stay marks of their own, those at one place are together", () => {
  const rows = [
    { lon: 44.4, lat: 33.3 },
    { lon: 44.4, lat: 33.3 },
    { lon: 41, lat: 34.4 },
  ];
  const groups = indexOf(rows).groups(everywhere(7), 46, 500, 17);
  assert.deepEqual(groups.map(({ n, together }) => [n, together]).sort(), [
    [1, true],
    [2, true],
  ]);
});

test("a group takes in what it would cover", () => {
  const rows = [
    ...Array.from({ length: 8 }, () => ({ lon: 44.4, lat: 33.3 })),
    { lon: 44.55, lat: 33.3 }, // 27 pixels further at zoom 8
    ...Array.from({ length: 6 }, () => ({ lon: 44.2, lat: 33.3 })),
  ];
  const index = indexOf(rows);
  assert.deepEqual(
    index.groups(everywhere(8), 46, 500, 17).map(({ n }) => n),
    [8, 6, 1],
  );
  const groups = index.groups(everywhere(8), 46, 500, 17, () => 20);
  assert.deepEqual(
    groups.map(({ n, together }) => [n, together]),
    [
      [14, false],
      [1, true],
    ],
  );
});

test("incidents of which only the region or country is known are no points", () => {
  const table = tableOf([
    { lon: 44, lat: 33, precision: "region" },
    { lon: 44, lat: 33, precision: "country" },
    { lon: 44, lat: 33, precision: "site" },
    {},
  ]);
  assert.deepEqual([[...table.core.points.order], [...table.core.areas.order]], [[2], [0]]);
});
