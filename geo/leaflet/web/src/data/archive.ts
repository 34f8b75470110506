/** The page's side of the worker: ask, and get a promise. */

import { AREAS, codesOf, LISTED_ONLY } from "./core.ts";
import type { DetailPart, Meta, Report } from "./format.ts";
import type { Answer, Core, Task } from "./protocol.ts";
import type { Quoted } from "./quotes.ts";

declare const WORKER_SOURCE: string;

interface Waiting {
  resolve: (value: never) => void;
  reject: (reason: Error) => void;
  progress?: ((share: number) => void) | undefined;
}

export class Archive {
  readonly #meta: Meta;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #parts = new Map<string, Promise<unknown>>();
  #next = 1;
  #idParts = 0;
  #allStored!: () => void;
  /** Whether the texts were read for searching, so that it takes a moment. */
  hasRead = false;
  /** Resolves when every large block has reached the worker. */
  readonly stored = new Promise<void>((resolve) => (this.#allStored = resolve));

  constructor(meta: Meta) {
    this.#meta = meta;
    const address = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: "text/javascript" }));
    this.#worker = new Worker(address);
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message || "the worker failed."));
    };
  }

  #receive(answer: Answer): void {
    const waiting = this.#waiting.get(answer.task);
    if (!waiting) return;
    if ("progress" in answer) {
      waiting.progress?.(answer.progress);
      return;
    }
    this.#waiting.delete(answer.task);
    if ("error" in answer) waiting.reject(new Error(answer.error));
    else waiting.resolve(answer.value as never);
  }

  #ask<T>(what: Task, progress?: (share: number) => void): Promise<T> {
    const task = this.#next++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(task, { resolve, reject, progress });
      this.#worker.postMessage({ task, what });
    });
  }

  core(): Promise<Core> {
    const areaCodes = codesOf(this.#meta.geo_precisions, AREAS);
    const listedCodes = codesOf(this.#meta.geo_precisions, LISTED_ONLY);
    const { columns, rows } = this.#meta;
    return this.#ask({ kind: "core", text: takeBlock("core"), columns, rows, areaCodes, listedCodes });
  }

  /** A small block that is JSON; null when the page has none. */
  async json<T>(name: string): Promise<T | null> {
    const text = takeBlock(name);
    return text ? this.#ask<T>({ kind: "json", text }) : null;
  }

  async links(): Promise<Int32Array> {
    const text = takeBlock("links");
    return text ? this.#ask<Int32Array>({ kind: "ints", text }) : new Int32Array(0);
  }

  /** The vector tiles of a basemap of the user's own; null when the page has none. */
  async streets(): Promise<Uint8Array<ArrayBuffer> | null> {
    const text = takeBlock("streets");
    return text ? this.#ask<Uint8Array<ArrayBuffer>>({ kind: "bytes", text }) : null;
  }

  /** Hand the large blocks to the worker, one by one so that the page stays responsive. */
  async storeAll(): Promise<void> {
    this.#idParts = blocksOf("ids").length;
    const large = document.querySelectorAll<HTMLScriptElement>("script[data-geo]");
    for (const name of new Set([...large].map(({ dataset }) => dataset.geo as string))) {
      for (const [part, element] of blocksOf(name).entries()) {
        const text = element.textContent;
        element.remove();
        await this.#ask({ kind: "store", name, part, text });
      }
    }
    this.#allStored();
  }

  /** The columns of the details: two of the contract, and the user's own. */
  get detailColumns(): string[] {
    return this.#meta.detail_columns ?? [];
  }

  async details(row: number): Promise<{ part: DetailPart; at: number }> {
    const number = Math.floor(row / this.#meta.detail_rows);
    return { part: await this.detailPart(number), at: row % this.#meta.detail_rows };
  }

  detailPart(number: number): Promise<DetailPart> {
    return this.part("details", number);
  }

  async report(index: number): Promise<Report | null> {
    const size = this.#meta.report_rows;
    const reports = await this.part<Report[]>("reports", Math.floor(index / size));
    return reports[index % size] ?? null;
  }

  /** The ids of all reports. */
  async reportIds(): Promise<string[]> {
    await this.stored;
    const ids: string[] = [];
    for (let part = 0; part * this.#meta.report_rows < this.#meta.reports; part++) {
      const reports = await this.#ask<Report[]>({ kind: "part", name: "reports", part });
      for (const { id } of reports) ids.push(id);
    }
    return ids;
  }

  /** The whole text of a report, null where the page does not carry it. */
  async text(index: number): Promise<string | null> {
    const size = this.#meta.text_rows;
    if (!size) return null;
    const texts = await this.part<(string | null)[]>("texts", Math.floor(index / size));
    return texts[index % size] ?? null;
  }

  /** The ids of all rows. */
  ids(): Promise<string[]> {
    return this.#remember("ids", async () => {
      const parts: string[] = [];
      for (let part = 0; part < this.#idParts; part++) {
        parts.push(await this.#ask<string>({ kind: "textPart", name: "ids", part }));
      }
      return parts.join("").trimEnd().split("\n");
    });
  }

  /** Read the texts for a search that is about to come. */
  async readTexts(): Promise<void> {
    await this.stored;
    await this.#ask({ kind: "index" });
    this.hasRead = true;
  }

  async search(query: string, progress: (share: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    await this.stored;
    const found = await this.#ask<Uint8Array<ArrayBuffer>>({ kind: "search", query, rows: this.#meta.rows }, progress);
    this.hasRead = true;
    return found;
  }

  /** The first sentence and the source of rows in ascending order; a newer call ends this one. */
  async quotes(rows: number[]): Promise<(Quoted | null)[]> {
    await this.stored;
    const { detail_rows: detailRows, report_rows: reportRows } = this.#meta;
    return this.#ask({ kind: "quotes", rows, detailRows, reportRows });
  }

  /** A part of a large block that is JSON. */
  part<T>(name: string, part: number): Promise<T> {
    return this.#remember(`${name}/${part}`, () => this.#ask<T>({ kind: "part", name, part }));
  }

  /** Keep the last few answers: a list that is scrolled asks for its neighbours again and again. */
  async #remember<T>(key: string, ask: () => Promise<T>): Promise<T> {
    await this.stored;
    const known = this.#parts.get(key);
    this.#parts.delete(key);
    const answer = known ?? ask();
    this.#parts.set(key, answer);
    if (this.#parts.size > 24) this.#parts.delete(this.#parts.keys().next().value as string);
    return answer as Promise<T>;
  }
}

function blocksOf(name: string): HTMLScriptElement[] {
  const blocks = document.querySelectorAll<HTMLScriptElement>(`script[data-geo="${name}"]`);
  return [...blocks].sort((one, other) => Number(one.dataset.part) - Number(other.dataset.part));
}

/** Read a block that has one part, and free the page of its text. */
function takeBlock(name: string): string {
  const [element] = blocksOf(name);
  const text = element?.textContent ?? "";
  element?.remove();
  return text;
}
