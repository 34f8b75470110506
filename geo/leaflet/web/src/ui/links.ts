/** Which incidents answer which. */

export class Links {
  /** Answered rows by answering row, and the other way round. */
  readonly answered = new Map<number, number[]>();
  readonly #answers = new Map<number, number[]>();

  /** @param pairs Row of the answer, row of what it answers, and so on. */
  constructor(pairs: Int32Array) {
    this.replace(pairs);
  }

  replace(pairs: Int32Array): void {
    this.answered.clear();
    this.#answers.clear();
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      push(this.answered, pairs[at], pairs[at + 1]);
      push(this.#answers, pairs[at + 1], pairs[at]);
    }
  }

  get any(): boolean {
    return this.answered.size > 0;
  }

  /** All rows that answer or are answered, in the order of time. */
  rows(): number[] {
    return [...new Set([...this.answered.keys(), ...this.#answers.keys()])].sort((one, other) => one - other);
  }

  of(row: number): { earlier: number[]; answers: number[] } {
    return { earlier: this.answered.get(row) ?? [], answers: this.#answers.get(row) ?? [] };
  }
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
