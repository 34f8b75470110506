/** Turn the bytes of `core` into typed arrays. */

import type { ColumnSpec } from "./format.ts";

export type Values = Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float32Array | Float64Array;

const MAKERS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i16: Int16Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

/**
 * Read one column.
 *
 * @param bytes All of `core`, decompressed, little-endian.
 * @param spec Where the column begins and how it was laid.
 * @param rows How many values it has.
 */
export function readColumn(bytes: Uint8Array, spec: ColumnSpec, rows: number): Values {
  const Maker = MAKERS[spec.type];
  const width = Maker.BYTES_PER_ELEMENT;
  const end = spec.offset + rows * width;
  if (end > bytes.length) {
    throw new RangeError(`column ${spec.name} ends at byte ${end}, but core has ${bytes.length}.`);
  }
  const raw = bytes.subarray(spec.offset, end);
  const laid = spec.shuffle && width > 1 ? unshuffle(raw, width) : raw.slice();
  const values = new Maker(laid.buffer as ArrayBuffer, 0, rows);
  if (spec.delta) {
    // Typed arrays wrap as the encoder's integers do.
    for (let row = 1; row < rows; row++) values[row] = values[row] + values[row - 1];
  }
  return values;
}

/** Put bytes back in order that were laid plane by plane: all lowest bytes first. */
export function unshuffle(planes: Uint8Array, width: number): Uint8Array {
  const rows = planes.length / width;
  const out = new Uint8Array(planes.length);
  for (let plane = 0; plane < width; plane++) {
    const from = plane * rows;
    for (let row = 0, to = plane; row < rows; row++, to += width) out[to] = planes[from + row];
  }
  return out;
}
