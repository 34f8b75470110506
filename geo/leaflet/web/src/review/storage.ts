/**
 * Keep every step in the browser at once (IndexedDB), so that a crash loses nothing.
 *
 * A session is what one version of the page holds; its key is a hash of that. Steps are written one by
 * one, so that a decision costs the same whether it is the first or the ten thousandth.
 */

import type { Step } from "./ledger.ts";

const NAME = "geo-review";

export interface Session {
  key: string;
  title: string;
  /** Ids of the reports, by which another version of the page finds its decisions. */
  reports: string[];
  position: number;
  /** Steps that the file held when it was last saved; -1: another state than any of these. */
  saved: number;
  updated: string;
  reviewer: string;
}

export class Storage {
  readonly #database: IDBDatabase;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  /** Open the browser's database; null where the browser gives none (a private window). */
  static async open(): Promise<Storage | null> {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("sessions", { keyPath: "key" });
        request.result.createObjectStore("steps");
        request.result.createObjectStore("handles");
      };
      return new Storage(await answer(request));
    } catch {
      return null;
    }
  }

  async session(key: string): Promise<Session | null> {
    return ((await answer(this.#store("sessions").get(key))) as Session | undefined) ?? null;
  }

  /** Sessions of other versions of the page that share reports with it, the newest first. */
  async kindred(key: string, reports: string[]): Promise<Session[]> {
    const known = new Set(reports);
    const all = (await answer(this.#store("sessions").getAll())) as Session[];
    return all
      .filter((session) => session.key !== key && session.position > 0 && session.reports.some((id) => known.has(id)))
      .sort((one, other) => other.updated.localeCompare(one.updated));
  }

  async steps(key: string): Promise<Step[]> {
    return (await answer(this.#store("steps").getAll(IDBKeyRange.bound([key, 0], [key, Infinity])))) as Step[];
  }

  /** Write a session, and the steps that are new; resolves when they are on the disk. */
  write(session: Session, added: { at: number; step: Step }[]): Promise<void> {
    const transaction = this.#database.transaction(["sessions", "steps"], "readwrite", { durability: "strict" });
    transaction.objectStore("sessions").put(session);
    const steps = transaction.objectStore("steps");
    if (added.length) steps.delete(IDBKeyRange.bound([session.key, added[0].at], [session.key, Infinity]));
    for (const { at, step } of added) steps.put(step, [session.key, at]);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("not written"));
    });
    this.#writing = done.catch(() => undefined);
    return done;
  }

  get written(): Promise<unknown> {
    return this.#writing;
  }

  /** The file that decisions were last saved to, where the browser can write to it again. */
  async handle(key: string): Promise<FileSystemFileHandle | null> {
    return ((await answer(this.#store("handles").get(key))) as FileSystemFileHandle | undefined) ?? null;
  }

  async keepHandle(key: string, handle: FileSystemFileHandle): Promise<void> {
    await answer(this.#database.transaction("handles", "readwrite").objectStore("handles").put(handle, key));
  }

  #store(name: string): IDBObjectStore {
    return this.#database.transaction(name).objectStore(name);
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's database failed"));
  });
}
