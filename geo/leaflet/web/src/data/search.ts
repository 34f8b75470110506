/** Look for words in texts; one bit per word says which of them a row holds. */

import { fold } from "./fold.ts";
import { isReserved, type DetailPart } from "./format.ts";

/** Bits of the words that the folded text holds. */
export function wordBits(folded: string, words: string[]): number {
  let bits = 0;
  for (let at = 0; at < words.length; at++) if (folded.includes(words[at])) bits |= 1 << at;
  return bits;
}

/** The bits for every entry of a dictionary; entry 0 is the null code. */
export function dictionaryBits(entries: string[], words: string[]): Uint8Array {
  const bits = new Uint8Array(entries.length + 1);
  for (let at = 0; at < entries.length; at++) bits[at + 1] = wordBits(fold(entries[at]), words);
  return bits;
}

/** Add the bits of other words, four rows at a time where that can be. */
export function addBits(bits: Uint8Array<ArrayBuffer>, others: Uint8Array<ArrayBuffer>): void {
  const quads = bits.length >> 2;
  const [to, from] = [new Uint32Array(bits.buffer, 0, quads), new Uint32Array(others.buffer, 0, quads)];
  for (let at = 0; at < quads; at++) to[at] |= from[at];
  for (let row = quads * 4; row < bits.length; row++) bits[row] |= others[row];
}

/**
 * Go through the texts of one part of `details`.
 *
 * @param take Called with each text with its row of the part; those of a row come one after the other.
 * @returns How many rows the part has.
 */
export function textsOf(part: DetailPart, take: (row: number, text: string) => void): number {
  const counts = part.evidence_count as number[] | undefined;
  const rows = counts?.length ?? Object.values(part)[0]?.length ?? 0;
  const plain = Object.keys(part).filter((name) => !isReserved(name));
  const texts = part.evidence_text as (string | null)[] | undefined;
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let n = counts?.[row] ?? 0; n > 0; n--) {
      const text = texts?.[at++];
      if (text) take(row, text);
    }
    for (const name of plain) {
      const value = part[name][row];
      if (typeof value === "string") take(row, value);
    }
  }
  return rows;
}

/** Mark in `found`, which begins at the part's first row, the rows of a part whose texts hold a phrase. */
export function matchPhrase(part: DetailPart, phrase: string, bit: number, found: Uint8Array): void {
  textsOf(part, (row, text) => {
    if (!(found[row] & bit) && fold(text).includes(phrase)) found[row] |= bit;
  });
}
