/**
 * Order points along a Z-shaped curve.
 *
 * Every square of the quadtree is then one unbroken run of points, so that clusters of any
 * zoom and any filter are found by looking at runs; nothing has to be built again.
 */

export const BITS = 16; // per axis: one unit is 1/65536 of the world, 600 m at the equator
const SIDE = 1 << BITS;

/** Longitude in degrees to 0..1 of the Web Mercator world, from west to east. */
export function worldX(lon: number): number {
  return (lon + 180) / 360;
}

/** Latitude in degrees to 0..1 of the Web Mercator world, from north to south. */
export function worldY(lat: number): number {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Weave two numbers of 16 bits into one of 32, `x` in the even bits. */
export function weave(x: number, y: number): number {
  return (spread(x) | (spread(y) << 1)) >>> 0;
}

function spread(value: number): number {
  let bits = value & 0xffff;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}

/** The place on the curve of a point in world units (0..1). */
export function mortonOf(x: number, y: number): number {
  return weave(clamp(x * SIDE), clamp(y * SIDE));
}

function clamp(value: number): number {
  return Math.max(0, Math.min(SIDE - 1, Math.floor(value)));
}

/**
 * Sort keys, remembering where each came from.
 *
 * @returns The positions of `keys` in ascending order of key; equal keys keep their order.
 */
export function radixOrder(keys: Uint32Array): Uint32Array {
  const n = keys.length;
  let order = new Uint32Array(n).map((_, row) => row);
  let next = new Uint32Array(n);
  for (let shift = 0; shift < 32; shift += 8) {
    const starts = new Uint32Array(257);
    for (let row = 0; row < n; row++) starts[digitOf(keys, row, shift) + 1]++;
    for (let digit = 1; digit < 257; digit++) starts[digit] = starts[digit] + starts[digit - 1];
    for (let at = 0; at < n; at++) {
      const row = order[at];
      const digit = digitOf(keys, row, shift);
      next[starts[digit]] = row;
      starts[digit] = starts[digit] + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

function digitOf(keys: Uint32Array, row: number, shift: number): number {
  return (keys[row] >>> shift) & 255;
}
