/** The decisions as steps that can be undone and redone without end. */

import type { Entry } from "./model.ts";

/** One incident before and after a step; null: as the page has it, or not there. */
export interface Change {
  id: string;
  before: Entry | null;
  after: Entry | null;
}

/** What decides where and how an incident is drawn. */
const ON_MAP = ["geometry", "geo_precision", "event_type", "uncertainty_m", "in_response_to"];

/** Whether a change puts a mark or an arrow elsewhere, or gives a mark another look; `base` is the page's own entry. */
export function isMoved({ before, after }: Change, base: Entry | null): boolean {
  const [was, is] = [(before ?? base)?.incident, (after ?? base)?.incident];
  return !was || !is || (was !== is && ON_MAP.some((name) => String(was[name]) !== String(is[name])));
}

export interface Step {
  /** Key of the text that says what was done. */
  what: string;
  changes: Change[];
}

export class Ledger {
  /** Every incident that is not as the page has it. */
  readonly entries = new Map<string, Entry>();
  readonly steps: Step[] = [];
  /** Steps that are in force; those behind it were undone. */
  position = 0;
  #listeners: ((changes: Change[]) => void)[] = [];

  listen(listener: (changes: Change[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Take over steps that were kept in place of all others, without notifying anybody. */
  restore(steps: Step[], position: number): void {
    this.steps.splice(0, Infinity, ...steps);
    this.entries.clear();
    for (const step of steps.slice(0, position)) this.#set(step.changes, "after");
    this.position = position;
  }

  do(what: string, changes: Change[]): void {
    if (changes.length === 0) return;
    this.steps.splice(this.position);
    this.steps.push({ what, changes });
    this.redo();
  }

  undo(): Step | null {
    const step = this.steps[this.position - 1];
    if (!step) return null;
    this.position--;
    this.#set(step.changes, "before");
    this.#notify(step.changes);
    return step;
  }

  redo(): Step | null {
    const step = this.steps[this.position];
    if (!step) return null;
    this.position++;
    this.#set(step.changes, "after");
    this.#notify(step.changes);
    return step;
  }

  #set(changes: Change[], which: "before" | "after"): void {
    const ordered = which === "before" ? [...changes].reverse() : changes;
    for (const change of ordered) {
      const entry = change[which];
      if (entry) this.entries.set(change.id, entry);
      else this.entries.delete(change.id);
    }
  }

  #notify(changes: Change[]): void {
    for (const listener of this.#listeners) listener(changes);
  }
}
