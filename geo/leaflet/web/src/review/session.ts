/** One review: the page's incidents, the decisions on them, and what keeps the two and the browser in step. */

import type { Parts } from "../ui/extension.ts";
import type { Desk } from "./decisions.ts";
import { toGeoJson } from "./file.ts";
import { fit, fitted } from "./fitting.ts";
import { isMoved, Ledger, type Change, type Step } from "./ledger.ts";
import { LiveTable } from "./live_table.ts";
import { isOut, type Entry, type ReviewMeta } from "./model.ts";
import { Source } from "./source.ts";
import { Storage, type Session } from "./storage.ts";

/** What was taken over from another version of the page, or from a file. */
export interface Taken {
  fitting: number;
  /** Decisions on incidents that this page does not have. */
  left: Entry[];
}

export class Review implements Desk {
  readonly parts: Parts;
  readonly about: ReviewMeta;
  readonly source: Source;
  readonly ledger = new Ledger();
  /** Rows of the incidents that a person made; a row stays when its incident is taken away. */
  readonly #made = new Map<string, number>();
  readonly #live: LiveTable;
  #storage: Storage | null = null;
  /** Notifies other tabs that hold the same page of every step that is kept. */
  readonly #tabs = new BroadcastChannel("geo-review");
  #listeners: ((changes: Change[]) => void)[] = [];
  /** Rows that answer others, as the page has them. */
  readonly #linked: [number, number[]][];
  /** The newest step when the file was last saved, null for the beginning; undefined: never. */
  #savedAt: Step | null | undefined = null;
  #reviewer = "";
  taken: Taken | null = null;
  /** Whether the browser keeps the decisions. */
  isKept = false;

  constructor(parts: Parts, about: ReviewMeta) {
    this.parts = parts;
    this.about = about;
    const { table, archive } = parts.context;
    this.source = new Source(table, archive, parts.links);
    this.#live = new LiveTable(table);
    this.#linked = [...parts.links.answered].map(([row, targets]) => [row, [...targets]]);
  }

  get storage(): Storage | null {
    return this.#storage;
  }

  /** Read what the page holds and what the browser kept. */
  async open(): Promise<void> {
    await this.source.open(this.about.reports);
    this.#storage = await Storage.open();
    this.isKept = this.#storage !== null;
    let known = false; // whether anybody decided anything before
    for (const id of this.source.ids) {
      const base = this.source.base(id);
      if (base) this.#live.write(this.source.rowOf.get(id) as number, base);
      known ||= base !== null;
    }
    const session = await this.#storage?.session(this.about.key);
    if (session) await this.#resume(session);
    if (session || known) this.#redraw();
    this.ledger.listen((changes) => this.#onChanges(changes));
    this.#tabs.onmessage = (event) => void (event.data === this.about.key && this.#follow());
    if (!session) await this.#takeOver();
  }

  async #resume(session: Session): Promise<void> {
    const steps = await (this.#storage as Storage).steps(session.key);
    this.#reviewer = session.reviewer;
    await this.source.load(steps.flatMap(({ changes }) => changes.map(({ id }) => id)));
    this.ledger.restore(steps, Math.min(session.position, steps.length));
    this.#savedAt = session.saved < 0 ? undefined : (steps[session.saved - 1] ?? null);
    for (const id of this.ledger.entries.keys()) this.#write(id);
  }

  /** Take over what was decided in another tab, so that neither writes over the other. */
  async #follow(): Promise<void> {
    const session = await this.#storage?.session(this.about.key);
    if (!session) return;
    const before = new Map(this.ledger.entries);
    await this.#resume(session);
    const now = this.ledger.entries;
    const changes = [...new Set([...before.keys(), ...now.keys()])]
      .map((id): Change => ({ id, before: before.get(id) ?? null, after: now.get(id) ?? null }))
      .filter((change) => change.before !== change.after);
    for (const { id } of changes) this.#write(id);
    this.#redraw();
    for (const listener of this.#listeners) listener(changes);
  }

  /** Take decisions over from an earlier version of the page: those that fit here, as one step. */
  async #takeOver(): Promise<void> {
    const [session] = (await this.#storage?.kindred(this.about.key, this.about.reports)) ?? [];
    if (!session) return;
    const before = new Ledger();
    before.restore(await (this.#storage as Storage).steps(session.key), session.position);
    this.#reviewer = session.reviewer;
    this.taken = await this.take([...before.entries.values()]);
  }

  /** Take decisions from another version of the page, or from a file, as one step. */
  async take(decided: Entry[]): Promise<Taken> {
    await this.source.load(this.source.ids);
    const here = this.source.ids.map((id) => (this.source.base(id) as Entry).incident);
    const home = fit(decided, here);
    const name = (id: string) => home.get(id) ?? id;
    const changes: Change[] = [];
    const left: Entry[] = [];
    for (const entry of decided) {
      const id = home.get(entry.incident.incident_id as string);
      if (id === null) left.push(entry);
      else changes.push(this.#taken(entry, id ?? (entry.incident.incident_id as string), name));
    }
    this.ledger.do("step.take", changes);
    return { fitting: changes.length, left };
  }

  #taken(entry: Entry, id: string, name: (id: string) => string): Change {
    return { id, before: this.kept(id), after: fitted(entry, id, this.source.base(id), name) };
  }

  listen(listener: (changes: Change[]) => void): void {
    this.#listeners.push(listener);
  }

  entry(id: string): Entry {
    const entry = this.ledger.entries.get(id) ?? this.source.base(id);
    if (!entry) throw new Error(`incident ${id} was not read`);
    return entry;
  }

  /** The entry after it has been read from the page. */
  async read(id: string): Promise<Entry> {
    await this.source.load([id]);
    return this.entry(id);
  }

  has(id: string): boolean {
    return this.ledger.entries.has(id) || this.source.rowOf.has(id);
  }

  base(id: string): Entry | null {
    return this.source.base(id);
  }

  kept(id: string): Entry | null {
    return this.ledger.entries.get(id) ?? null;
  }

  reviewer(): string | null {
    return this.#reviewer.trim() || null;
  }

  now(): string {
    return `${new Date().toISOString().slice(0, 19)}Z`;
  }

  setReviewer(name: string): void {
    this.#reviewer = name;
    void this.#keep([]);
  }

  rowOf(id: string): number {
    return this.source.rowOf.get(id) ?? this.#made.get(id) ?? -1;
  }

  idOf(row: number): string | null {
    if (row < this.source.ids.length) return this.source.ids[row] ?? null;
    return [...this.#made].find(([, made]) => made === row)?.[0] ?? null;
  }

  /** Ids of all incidents: those of the page, then those that a person made. */
  ids(): string[] {
    const made = [...this.ledger.entries.keys()].filter((id) => !this.source.rowOf.has(id));
    return [...this.source.ids, ...made.sort((one, other) => this.#made.get(one)! - this.#made.get(other)!)];
  }

  verdict(id: string): Entry["reviewed"] {
    return (this.ledger.entries.get(id) ?? this.source.base(id))?.reviewed ?? null;
  }

  #onChanges(changes: Change[]): void {
    for (const { id } of changes) this.#write(id);
    if (changes.some((change) => isMoved(change, this.source.base(change.id)))) this.#redraw();
    else if (changes.some((change) => this.#isSeen(change))) this.#refilter();
    const { position, steps } = this.ledger;
    const isNew = position === steps.length;
    void this.#keep(isNew && position ? [{ at: position - 1, step: steps[position - 1] }] : []);
    for (const listener of this.#listeners) listener(changes);
  }

  /** Whether a change is seen on the map; to confirm what is drawn moves nothing, and costs nothing. */
  #isSeen({ id, before, after }: Change): boolean {
    const base = this.source.base(id);
    const [was, is] = [before ?? base, after ?? base];
    if (this.parts.context.store.filter.chosen.reviewed.size > 0) return true;
    return was?.incident !== is?.incident || (was !== null && is !== null && isOut(was) !== isOut(is));
  }

  #write(id: string): void {
    let row = this.rowOf(id);
    const entry = this.ledger.entries.get(id) ?? this.source.base(id);
    if (row < 0) {
      row = this.#live.add();
      this.#made.set(id, row);
    }
    this.#live.write(row, entry);
  }

  #redraw(): void {
    const { layer, links, context } = this.parts;
    this.#live.reorder();
    const pairs = this.#pairs();
    links.replace(pairs);
    context.store.hidden = this.#live.hidden.rows;
    layer.reindex(pairs);
    context.store.update({});
  }

  /** Show and hide anew what stands where it stood: after a rejection the points need no new order. */
  #refilter(): void {
    const { store } = this.parts.context;
    store.hidden = this.#live.hidden.rows;
    store.update({});
  }

  /** Rows that answer others, with the decisions on that. */
  #pairs(): Int32Array {
    const pairs: number[] = [];
    for (const [row, targets] of this.#linked) {
      if (!this.ledger.entries.has(this.source.ids[row])) for (const target of targets) pairs.push(row, target);
    }
    for (const [id, entry] of this.ledger.entries) {
      for (const target of entry.incident.in_response_to as string[]) {
        if (this.rowOf(target) >= 0) pairs.push(this.rowOf(id), this.rowOf(target));
      }
    }
    return Int32Array.from(pairs);
  }

  async #keep(added: { at: number; step: Step }[]): Promise<void> {
    if (!this.#storage) return;
    const { about, ledger, parts } = this;
    const session: Session = {
      key: about.key,
      title: parts.context.meta.title,
      reports: about.reports,
      position: ledger.position,
      saved: this.#savedAt === undefined ? -1 : this.#savedAt === null ? 0 : ledger.steps.indexOf(this.#savedAt) + 1 || -1,
      updated: new Date().toISOString(),
      reviewer: this.#reviewer,
    };
    try {
      await this.#storage.write(session, added);
      this.#tabs.postMessage(about.key);
    } catch {
      this.isKept = false; // the disk is full, or the browser forgot: the panel says so
      for (const listener of this.#listeners) listener([]);
    }
  }

  /** Every incident that somebody decided on, in the order of the page. */
  decided(): Entry[] {
    return this.ids()
      .map((id) => this.ledger.entries.get(id) ?? this.source.base(id))
      .filter((entry) => entry !== null && (entry.reviewed !== null || entry.note !== null)) as Entry[];
  }

  /** The file of decisions. */
  text(): string {
    return toGeoJson(this.decided());
  }

  get unsaved(): boolean {
    return this.#newest() !== this.#savedAt;
  }

  markSaved(): void {
    this.#savedAt = this.#newest();
    void this.#keep([]);
  }

  #newest(): Step | null {
    return this.ledger.steps[this.ledger.position - 1] ?? null;
  }
}
