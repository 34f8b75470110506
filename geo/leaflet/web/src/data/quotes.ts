/** The first sentence of rows with the report it stands in: read where the texts are, so that the page waits for none. */

import type { DetailPart, Report } from "./format.ts";

export interface Quoted {
  text: string;
  report: Report | null;
}

export interface Sizes {
  /** Rows of a part of the details, and reports of a part of the reports. */
  detailRows: number;
  reportRows: number;
}

export class Quotes {
  readonly #read: <T>(name: string, part: number) => Promise<T>;
  #newest = 0;

  constructor(read: <T>(name: string, part: number) => Promise<T>) {
    this.#read = read;
  }

  /** One entry a row; null where it has no sentence. Rows are asked for in ascending order; a newer call ends this one. */
  async of(rows: number[], { detailRows, reportRows }: Sizes): Promise<(Quoted | null)[]> {
    const call = ++this.#newest;
    const details = this.#parts<DetailPart>("details");
    const reports = this.#parts<Report[]>("reports");
    const quoted: (Quoted | null)[] = [];
    for (const row of rows) {
      if (this.#newest !== call) throw new Error("superseded");
      const part = await details(Math.floor(row / detailRows));
      const counts = (part.evidence_count ?? []) as number[];
      const at = row % detailRows;
      let n = 0;
      for (let before = 0; before < at; before++) n += counts[before];
      const text = counts[at] ? part.evidence_text?.[n] : null;
      const report = part.evidence_report?.[n];
      const of = typeof text === "string" && typeof report === "number" ? report : null;
      const source = of === null ? null : ((await reports(Math.floor(of / reportRows)))[of % reportRows] ?? null);
      quoted.push(typeof text === "string" ? { text, report: source } : null);
    }
    return quoted;
  }

  /** Read parts, the last one but once. */
  #parts<T>(name: string): (part: number) => Promise<T> {
    let [last, known] = [-1, null as T | null];
    return async (part) => {
      if (part !== last || known === null) [last, known] = [part, await this.#read<T>(name, part)];
      return known;
    };
  }
}
