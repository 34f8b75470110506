/** Decode base64 quickly: a page of a million incidents carries tens of megabytes of it. */

const SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const CODES = new Uint8Array(128);
for (let code = 0; code < 64; code++) CODES[SYMBOLS.charCodeAt(code)] = code;

/** Decode standard base64 without line breaks (white space at the ends is ignored). */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const trimmed = text.trim();
  const native = (Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  return native ? native(trimmed) : decodeByTable(trimmed);
}

/** The way for browsers without `Uint8Array.fromBase64`. */
export function decodeByTable(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  for (let from = 0, to = 0; from < text.length; from += 4) {
    const quad =
      (CODES[text.charCodeAt(from)] << 18) |
      (CODES[text.charCodeAt(from + 1)] << 12) |
      (CODES[text.charCodeAt(from + 2)] << 6) |
      CODES[text.charCodeAt(from + 3)];
    out[to++] = quad >> 16;
    out[to++] = quad >> 8;
    out[to++] = quad;
  }
  return out;
}
