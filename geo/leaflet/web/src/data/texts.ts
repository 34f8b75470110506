/** Search the quoted texts: they are read into an index, once, part by part so that other tasks come between. */

import { queryWords } from "./fold.ts";
import type { DetailPart } from "./format.ts";
import { matchPhrase } from "./search.ts";
import { TextIndex } from "./text_index.ts";

const MOST_WORDS = 8; // one bit each

export class Search {
  readonly #index = new TextIndex();
  readonly #parts: () => number;
  readonly #readPart: (part: number) => Promise<DetailPart>;
  #sizes: number[] = []; // rows by part
  #reading: Promise<void> | null = null;
  #newest = 0;
  #progress: (share: number) => void = () => undefined;

  constructor(parts: () => number, readPart: (part: number) => Promise<DetailPart>) {
    this.#parts = parts;
    this.#readPart = readPart;
  }

  /** Read all texts, unless that was done or is being done. */
  read(): Promise<void> {
    return (this.#reading ??= this.#readAll());
  }

  async #readAll(): Promise<void> {
    const parts = this.#parts();
    for (let part = 0; part < parts; part++) {
      this.#sizes.push(this.#index.add(await this.#readPart(part)));
      this.#progress((part + 1) / parts);
    }
  }

  /**
   * Find the rows whose quoted texts hold the words; which of them each row has is said as bits, since the rest may stand
   * in the columns that the page itself looks at.
   */
  async find(query: string, rows: number, progress: (share: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    const search = ++this.#newest;
    this.#progress = progress;
    await this.read();
    if (this.#newest !== search) throw new Error("superseded");
    const words = queryWords(query).slice(0, MOST_WORDS);
    const found = new Uint8Array(rows);
    this.#index.match(words, found);
    for (const [at, phrase] of words.entries()) if (/\s/.test(phrase)) await this.#findPhrase(phrase, 1 << at, found);
    return found;
  }

  /** Words that belong together: only parts with a row that has them all are read again. */
  async #findPhrase(phrase: string, bit: number, found: Uint8Array): Promise<void> {
    const words = phrase.split(/\s+/).slice(0, MOST_WORDS);
    const wanted = (1 << words.length) - 1;
    const candidates = new Uint8Array(found.length);
    this.#index.match(words, candidates);
    let first = 0;
    for (const [part, size] of this.#sizes.entries()) {
      const rows = candidates.subarray(first, first + size);
      if (rows.includes(wanted)) matchPhrase(await this.#readPart(part), phrase, bit, found.subarray(first, first + size));
      first += size;
    }
  }
}
