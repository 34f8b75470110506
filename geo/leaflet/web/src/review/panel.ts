/** The panel: queue, incident, report, and what the buttons and keys do. */

import { fill, h } from "../ui/dom.ts";
import { aroundOf } from "./around.ts";
import { Bar } from "./bar.ts";
import { decideOnAll, type Bulk } from "./bulk.ts";
import * as decide from "./decisions.ts";
import { FieldsForm } from "./fields.ts";
import { saveAndSay, takeAndSay } from "./filing.ts";
import { bulkView, incidentView, mergeDialog, type Acts } from "./incident_view.ts";
import { Keys } from "./keys.ts";
import type { Change } from "./ledger.ts";
import { blankIncident, type Entry, type Incident, type Span } from "./model.ts";
import { takenDialog } from "./notices.ts";
import { markOnMap } from "./on_map.ts";
import { PlaceView } from "./place_view.ts";
import { nextOpen, progressOf } from "./queue.ts";
import { QueueOrder } from "./queue_order.ts";
import { ReportView } from "./report_view.ts";
import type { Review } from "./session.ts";

export class ReviewPanel {
  readonly element: HTMLElement;
  readonly #review: Review;
  readonly #bar: Bar;
  readonly #order: QueueOrder;
  readonly #incident = h("div", { class: "geo-review-main-box" });
  readonly #said = h("p", { class: "geo-unseen", role: "status" });
  readonly #report: ReportView;
  readonly #place: PlaceView;
  readonly #keys: Keys;
  readonly #commands: Omit<Acts, "note" | "unlink" | "choose" | "all">;
  #current: string | null = null;
  #placing = false;

  constructor(review: Review) {
    this.#review = review;
    const { words, root } = review.parts.context;
    this.#order = new QueueOrder(review);
    this.#report = new ReportView(review);
    this.#place = new PlaceView(review, (cells) => this.#correct(cells));
    const acts = {
      next: () => this.#step(1),
      previous: () => this.#step(-1),
      confirm: () => this.#decide("step.confirm", (ids) => decide.confirm(review, ids), true),
      reject: () => this.#decide("step.reject", (ids) => decide.reject(review, ids), true),
      edit: () => this.#edit(),
      place: () => void this.#openPlace(),
      add: () => this.#add(),
      split: () => this.#split(),
      merge: () => this.#merge(),
      reopen: () => this.#decide("step.reopen", (ids) => decide.reopen(review, ids), false),
      note: () => this.element.querySelector<HTMLElement>("#geo-review-note")?.focus(),
      undo: () => this.#undo("undo"),
      redo: () => this.#undo("redo"),
      save: () => void saveAndSay(review, false, (key, slots) => this.#announce(key, slots)),
      save_into: () => void saveAndSay(review, true, (key, slots) => this.#announce(key, slots)),
      take: () => void takeAndSay(review, (key) => this.#announce(key)),
      read: () => this.#report.focus(),
      help: () => this.#keys.help(),
      requeue: () => void this.#requeue(),
    };
    this.#commands = acts;
    this.#keys = new Keys(review, acts);
    this.#bar = new Bar(review, acts, this.#order);
    this.#report.addButton(() => this.#add());
    const body = h("div", { class: "geo-review-body" }, [this.#incident, this.#report.element]);
    this.element = h("section", { class: "geo-review", "aria-label": words.say("review") }, [
      this.#bar.element,
      body,
      this.#said,
    ]);
    this.element.addEventListener("geo-say", (event) => this.#say((event as CustomEvent<string>).detail));
    root.append(this.element);
    root.classList.add("geo-reviewing");
  }

  /** Show the first incident that nobody decided on. */
  async open(): Promise<void> {
    const { parts, ledger } = this.#review;
    parts.layout.togglePanel(false);
    this.#bar.addToggle(parts.layout.header);
    this.#review.listen((changes) => this.#onChanges(changes));
    parts.context.store.listen((change) => this.#onChosen(change));
    addEventListener("beforeunload", (event) => {
      if (this.#review.unsaved) event.preventDefault();
    });
    await this.#order.sort();
    await this.#show(this.#first(), false);
    if (ledger.position > 0) this.#say(this.#words("review.resumed", { n: ledger.position }));
    if (this.#review.taken) takenDialog(this.#review, this.#review.taken);
    void this.#order.survey().then(() => this.#offerBulk());
  }

  /** Offer what can be done for all incidents of a place once that is known; whatever is being typed stays. */
  #offerBulk(): void {
    const view = this.#incident.querySelector(".geo-review-incident");
    if (!view || this.#current === null || view.querySelector(".geo-review-bulk")) return;
    const entry = this.#review.entry(this.#current);
    const same = this.#order.withPlaceText(entry.incident.place_text as string | null);
    view.append(...[bulkView(this.#review, entry, same, this.#acts(entry))].filter((part) => part !== null));
  }

  #words(key: string, slots: Record<string, string | number> = {}): string {
    return this.#review.parts.context.words.say(key, slots);
  }

  #say(text: string): void {
    fill(this.#said, text);
  }

  #isOpen(id: string): boolean {
    return this.#review.verdict(id) === null;
  }

  async #requeue(): Promise<void> {
    await this.#order.sort();
    await this.#show(this.#first(), false);
  }

  /** The first incident of the queue that nobody decided on, or the first of all. */
  #first(): string | null {
    const { ids } = this.#order;
    return nextOpen(ids, null, (id) => this.#isOpen(id)) ?? ids[0] ?? null;
  }

  #step(by: number): void {
    const { ids } = this.#order;
    if (ids.length === 0) return;
    const at = this.#current === null ? -1 : ids.indexOf(this.#current);
    const to = at < 0 ? 0 : (at + by + ids.length) % ids.length;
    void this.#show(ids[to], true);
  }

  async #show(id: string | null, focus: boolean): Promise<void> {
    this.#closePlace();
    this.#current = id;
    if (id === null || !this.#review.has(id)) {
      fill(this.#incident, h("p", { class: "geo-nothing" }, this.#words("review.nothing")));
      await this.#report.show([], []);
      this.#refreshBar();
      return;
    }
    markOnMap(this.#review, id);
    const entry = await this.#review.read(id);
    const words = await this.#review.source.words(id);
    const around = await aroundOf(this.#review, this.#order, entry);
    if (this.#current !== id) return;
    fill(this.#incident, incidentView(this.#review, entry, around, this.#acts(entry)));
    this.#incident.scrollTop = 0;
    this.#refreshBar();
    await this.#report.show(entry.incident.evidence as Span[], words);
    if (focus) this.#incident.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  /** A mark that is chosen on the map is the one to look at. */
  #onChosen(change: string): void {
    const { store } = this.#review.parts.context;
    if (change !== "chosen" || store.chosen < 0 || !this.#bar.isOpen) return;
    const id = this.#review.idOf(store.chosen);
    this.#review.parts.map.closePopup();
    this.#review.parts.layout.togglePanel(false);
    if (id && !this.#placing) void this.#show(id, false);
  }

  #acts(entry: Entry): Acts {
    const id = entry.incident.incident_id as string;
    const review = this.#review;
    return {
      ...this.#commands,
      note: (text) => review.ledger.do("step.note", decide.annotate(review, id, text)),
      unlink: (target) => review.ledger.do("step.unlink", decide.unlink(review, id, target)),
      choose: (target) => void this.#show(target, true),
      all: (what) => void this.#all(entry, what),
    };
  }

  /** Decide on the present incident, and go on to the next one that is open. */
  #decide(what: string, changesOf: (ids: string[]) => Change[], goOn: boolean): void {
    const id = this.#current;
    if (id === null || !this.#review.has(id)) return;
    const { ids } = this.#order;
    const next = goOn ? nextOpen(ids, id, (other) => other !== id && this.#isOpen(other)) : id;
    this.#current = next ?? id;
    this.#review.ledger.do(what, changesOf([id]));
    this.#say(this.#words(`review.${what}`, { n: 1 }));
    void this.#show(this.#current, true);
  }

  /** Decide on all incidents with the same words for the place, in one step. */
  async #all(entry: Entry, what: Bulk): Promise<void> {
    const n = await decideOnAll(this.#review, entry, this.#order.withPlaceText(entry.incident.place_text as string | null), what);
    this.#say(this.#words(`review.step.${what === "place" ? "correct" : what}`, { n }));
  }

  #edit(): void {
    const id = this.#current;
    if (id === null) return;
    this.#closePlace();
    const back = () => void this.#show(id, true);
    const form = new FieldsForm(this.#review, this.#review.entry(id), (cells) => this.#correct(cells, back), back);
    fill(this.#incident, [h("h2", { tabindex: "-1" }, this.#words("review.edit")), form.element]);
    form.focus();
  }

  #correct(cells: Incident, unchanged?: () => void): void {
    const id = this.#current;
    if (id === null) return;
    const changes = decide.correct(this.#review, [id], cells);
    this.#review.ledger.do("step.correct", changes);
    if (changes.length) this.#say(this.#words("review.step.correct", { n: 1 }));
    else unchanged?.();
  }

  async #openPlace(): Promise<void> {
    const id = this.#current;
    if (id === null) return;
    const entry = await this.#review.read(id);
    this.#placing = true;
    await this.#place.open(entry, () => void this.#show(id, true));
    fill(this.#incident, [h("h2", { tabindex: "-1" }, this.#words("review.place")), this.#place.element]);
    this.#place.focus();
  }

  #closePlace(): void {
    if (!this.#placing) return;
    this.#placing = false;
    this.#place.close();
  }

  /** Add an incident that the selected words describe. */
  #add(): void {
    const chosen = this.#report.chosen();
    if (!chosen) return this.#announce("review.select_first");
    const { id, changes } = decide.add(this.#review, blankIncident(), [chosen]);
    this.#begin(id, "step.add", changes);
  }

  #split(): void {
    const id = this.#current;
    if (id === null) return;
    const chosen = this.#report.chosen();
    const made = decide.split(this.#review, id, chosen ? [chosen] : []);
    this.#begin(made.id, "step.split", made.changes);
  }

  /** Write down an incident that was made, and open its form. */
  #begin(id: string, what: string, changes: Change[]): void {
    this.#current = id;
    this.#review.ledger.do(what, changes);
    this.#say(this.#words(`review.${what}`, { n: 1 }));
    void this.#show(id, false).then(() => this.#edit());
  }

  #merge(): void {
    const id = this.#current;
    if (id === null) return;
    const dialog = mergeDialog(this.#review, this.#review.entry(id), (other) => {
      void this.#review.read(other).then(() => {
        this.#review.ledger.do("step.merge", decide.merge(this.#review, id, other));
        this.#say(this.#words("review.step.merge", { n: 1 }));
      });
    });
    dialog.showModal();
  }

  #undo(which: "undo" | "redo"): void {
    const step = this.#review.ledger[which]();
    if (!step) return this.#announce(`review.no_${which}`);
    this.#announce(`review.did_${which}`, { what: this.#words(`review.${step.what}`, { n: step.changes.length }) });
    const id = step.changes.map((change) => change.id).find((each) => this.#review.has(each));
    const still = this.#current !== null && this.#review.has(this.#current) ? this.#current : null;
    void this.#show(id ?? still ?? this.#first(), true); // an incident that was made may be gone
  }

  /** After a step: the incident anew, unless the person is in the middle of a form for it. */
  #onChanges(changes: Change[]): void {
    this.#order.follow();
    this.#refreshBar();
    const id = this.#current;
    if (id === null || !changes.some((change) => change.id === id)) return;
    if (this.#placing) void this.#openPlace().then(() => markOnMap(this.#review, id));
    else if (!changes.every(({ before, after }) => before?.incident === after?.incident && before?.note !== after?.note)) void this.#show(id, true);
  }

  #refreshBar(): void {
    const { ids } = this.#order;
    const all = this.#review.ids();
    this.#bar.refresh(progressOf(all.map((id) => this.#review.verdict(id))), this.#current ? ids.indexOf(this.#current) : -1, ids.length);
  }

  /** Say something to eyes and ears. */
  #announce(key: string, slots: Record<string, string | number> = {}): void {
    this.#say(this.#words(key, slots));
    this.#bar.warn(this.#words(key, slots));
    this.#refreshBar();
  }
}
