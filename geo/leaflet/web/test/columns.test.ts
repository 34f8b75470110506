import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeBase64, decodeByTable } from "../src/data/base64.ts";
import { readColumn, unshuffle } from "../src/data/columns.ts";
import { inflate } from "../src/data/inflate.ts";
import { deflateRawSync } from "node:zlib";

test("a column of differences runs on from its first value", () => {
  const bytes = new Uint8Array(Int32Array.from([18000, 0, 1, -1]).buffer);
  const days = readColumn(bytes, { name: "date_start", type: "i32", offset: 0, delta: true }, 4);
  assert.deepEqual([...days], [18000, 18000, 18001, 18000]);
});

test("differences wrap as the encoder's whole numbers do", () => {
  const bytes = new Uint8Array(Int32Array.from([2147483647, 1]).buffer);
  assert.deepEqual(
    [...readColumn(bytes, { name: "lon", type: "i32", offset: 0, delta: true }, 2)],
    [2147483647, -2147483648],
  );
});

test("bytes laid plane by plane come back in order", () => {
  assert.deepEqual([...unshuffle(Uint8Array.from([1, 3, 2, 4]), 2)], [1, 2, 3, 4]);
});

test("a column may begin at any byte", () => {
  const bytes = Uint8Array.from([9, ...new Uint8Array(Float32Array.from([1.5, -2]).buffer)]);
  assert.deepEqual([...readColumn(bytes, { name: "uncertainty_m", type: "f32", offset: 1 }, 2)], [1.5, -2]);
});

test("a block that is too short is refused with the column's name", () => {
  assert.throws(
    () => readColumn(new Uint8Array(3), { name: "lat", type: "i32", offset: 0 }, 1),
    /column lat ends at byte 4/,
  );
});

for (const length of [0, 1, 2, 3, 255, 256]) {
  test(`base64 of ${length} bytes comes back, by the browser's way and by the table`, () => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) % 256);
    const text = Buffer.from(bytes).toString("base64");
    assert.deepEqual([...decodeBase64(` ${text}\n`)], [...bytes]);
    assert.deepEqual([...decodeByTable(text)], [...bytes]);
  });
}

test("raw deflate is what the browser inflates", async () => {
  const bytes = new TextEncoder().encode("Camp Taji ".repeat(1000));
  assert.deepEqual(await inflate(new Uint8Array(deflateRawSync(bytes))), bytes);
});
