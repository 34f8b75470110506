/**
 * Which words the quoted texts hold.
 *
 * The texts are read once, when a reader begins to search; after that, a million rows answer in milliseconds. A word of
 * a query is found inside longer words too, as in the texts themselves, since the list of different words is searched.
 */

import { fold } from "./fold.ts";
import type { DetailPart } from "./format.ts";
import { textsOf } from "./search.ts";

/** The words of a part of the rows: rows `at[starts[n]..starts[n+1]]` of the part hold the word `tokens[n]`. */
interface Postings {
  first: number;
  tokens: Uint32Array;
  starts: Uint32Array;
  at: Uint16Array;
}

export class TextIndex {
  readonly #numbers = new Map<string, number>();
  readonly #parts: Postings[] = [];
  #rows = 0;
  /** By number of a word: the last row it was seen in, and its place among the words of the part that is read. */
  #lastRow = new Int32Array(1024).fill(-1);
  #local = new Int32Array(1024);
  #joined: string | null = null;
  #ends = new Uint32Array(0);

  /** Read the next part, and say how many rows it has. */
  add(part: DetailPart): number {
    const first = this.#rows;
    const pairs: number[] = []; // word of the part, row of the part, and so on
    const tokens: number[] = [];
    const rows = textsOf(part, (row, text) => {
      for (const token of fold(text).split(" ")) if (token) this.#note(token, first, row, tokens, pairs);
    });
    this.#parts.push(postings(first, tokens, pairs));
    this.#joined = null;
    this.#rows += rows;
    return rows;
  }

  #note(token: string, first: number, row: number, tokens: number[], pairs: number[]): void {
    let number = this.#numbers.get(token);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(token, number);
      if (number >= this.#lastRow.length) this.#grow();
    }
    const last = this.#lastRow[number];
    if (last === first + row) return;
    this.#lastRow[number] = first + row;
    if (last < first) this.#local[number] = tokens.push(number) - 1; // not seen in this part before
    pairs.push(this.#local[number], row);
  }

  #grow(): void {
    const { length } = this.#lastRow;
    const lastRow = new Int32Array(length * 2).fill(-1);
    lastRow.set(this.#lastRow);
    const local = new Int32Array(length * 2);
    local.set(this.#local);
    [this.#lastRow, this.#local] = [lastRow, local];
  }

  /** Mark, one bit for each of the words, which rows hold them; what has a space in it is within no word. */
  match(words: string[], found: Uint8Array): void {
    const bits = this.#bits(words);
    for (const { first, tokens, starts, at } of this.#parts) {
      for (let n = 0; n < tokens.length; n++) {
        const bit = bits[tokens[n]];
        if (bit) for (let to = starts[n + 1], each = starts[n]; each < to; each++) found[first + at[each]] |= bit;
      }
    }
  }

  /** For every different word, bits of the words that it holds. */
  #bits(words: string[]): Uint8Array {
    const joined = (this.#joined ??= this.#join());
    const bits = new Uint8Array(this.#ends.length);
    words.forEach((word, at) => {
      if (/\s/.test(word)) return;
      let token = 0;
      let from = joined.indexOf(word);
      while (from >= 0) {
        while (this.#ends[token] <= from) token++;
        bits[token] |= 1 << at;
        from = joined.indexOf(word, this.#ends[token]);
      }
    });
    return bits;
  }

  /** All different words in one text, which is searched faster than a list of them. */
  #join(): string {
    const words = [...this.#numbers.keys()];
    this.#ends = new Uint32Array(words.length);
    let end = 0;
    words.forEach((word, at) => (this.#ends[at] = end += word.length + 1));
    return words.join(" ") + " ";
  }
}

/** Put pairs of word and row in the order of the words. */
function postings(first: number, tokens: number[], pairs: number[]): Postings {
  const starts = new Uint32Array(tokens.length + 1);
  for (let n = 0; n < pairs.length; n += 2) starts[pairs[n] + 1]++;
  for (let n = 0; n < tokens.length; n++) starts[n + 1] += starts[n];
  const next = starts.slice();
  const at = new Uint16Array(pairs.length / 2);
  for (let n = 0; n < pairs.length; n += 2) at[next[pairs[n]]++] = pairs[n + 1];
  return { first, tokens: Uint32Array.from(tokens), starts, at };
}
