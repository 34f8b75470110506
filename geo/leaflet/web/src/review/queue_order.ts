/** The queue as it stands: its order, and which incidents share their words for the place. */

import { isOut } from "./model.ts";
import { ordered, type Order } from "./queue.ts";
import type { Review } from "./session.ts";

export class QueueOrder {
  readonly #review: Review;
  order: Order = "sure";
  onlyOpen = false;
  ids: string[] = [];
  #survey: Awaited<ReturnType<Review["source"]["survey"]>> | null = null;

  constructor(review: Review) {
    this.#review = review;
  }

  /** Read what every row says of report and place. */
  async survey(): Promise<void> {
    this.#survey ??= await this.#review.source.survey();
  }

  async sort(): Promise<void> {
    if (this.order === "report" || this.order === "new") await this.survey();
    const { table } = this.#review.parts.context;
    const survey = this.#survey;
    const ids = this.#review.ids();
    const rows = ids.map((id) => this.#review.rowOf(id));
    const idOf = new Map(rows.map((row, at) => [row, ids[at]]));
    const facts = {
      confidence: (row: number) => table.number("confidence", row),
      day: (row: number) => table.day("date_start", row),
      report: (row: number) => survey?.report[row] ?? Infinity,
      isNew: (row: number) => (survey?.isNew[row] ?? 1) === 1,
    };
    const all = ordered(rows, this.order, facts).map((row) => idOf.get(row) as string);
    this.ids = this.onlyOpen ? all.filter((id) => this.#review.verdict(id) === null) : all;
  }

  /** After a step: what was made goes to the end, what was taken away leaves; the rest keeps its place. */
  follow(): void {
    const known = new Set(this.ids);
    const kept = this.ids.filter((id) => this.#review.has(id));
    const made = this.#review.ids().slice(this.#review.source.ids.length);
    this.ids = [...kept, ...made.filter((id) => !known.has(id))];
  }

  /** Incidents whose place the reports call by these words, without those that are out. */
  withPlaceText(text: string | null): string[] {
    if (text === null || !this.#survey) return [];
    const { placeText } = this.#survey;
    const ids = this.#review.source.ids.filter((_, row) => placeText[row] === text);
    const made = this.#review.ids().slice(this.#review.source.ids.length);
    return [...ids, ...made.filter((id) => this.#review.kept(id)?.incident.place_text === text)].filter((id) => {
      const entry = this.#review.kept(id) ?? this.#review.base(id);
      return entry === null || !isOut(entry);
    });
  }
}
