/** Find what in a sentence says the kind, the place, the date and the numbers. */

export type Kind = "trigger" | "place" | "date" | "number";

export interface Span {
  start: number;
  end: number;
  kind: Kind;
}

/** Where kinds meet, the earlier of these wins. */
const ORDER: Kind[] = ["place", "date", "number", "trigger"];
const DIGITS = /(?<![\p{L}\p{N}])\p{Nd}+(?:[.,]\p{Nd}{3})*(?![\p{L}\p{N}])/gu;
const MONTH_DAY = /(?:\p{Nd}{1,2}\s+)?$/u;

/** Word lists of the page, made into one pattern each; `*` at the end of a word: any ending. */
export class Highlighter {
  readonly #patterns: Partial<Record<Kind, RegExp>> = {};

  constructor(lists: Record<string, string[]> = {}) {
    for (const kind of ["trigger", "date", "number"] as const) {
      const pattern = patternOf(lists[kind] ?? []);
      if (pattern) this.#patterns[kind] = pattern;
    }
  }

  /**
   * Spans of a sentence in order, none over another.
   *
   * @param places Names and words of the place, in any case.
   */
  spans(sentence: string, places: string[]): Span[] {
    const found: Span[] = [];
    const wanted = places.filter((place) => place.length > 1);
    const placePattern = patternOf(wanted);
    if (placePattern) collect(sentence, placePattern, "place", found);
    if (this.#patterns.date) collectDates(sentence, this.#patterns.date, found);
    if (this.#patterns.number) collect(sentence, this.#patterns.number, "number", found);
    collect(sentence, DIGITS, "number", found);
    if (this.#patterns.trigger) collect(sentence, this.#patterns.trigger, "trigger", found);
    return withoutOverlap(found);
  }
}

function patternOf(words: string[]): RegExp | null {
  const alternatives = words
    .filter((word) => word.trim() !== "" && word !== "*")
    .sort((one, other) => other.length - one.length)
    .map((word) => {
      const stem = word.replace(/\*+$/, "");
      const escaped = stem.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s+");
      return stem === word ? escaped : `${escaped}\\p{L}*`;
    });
  if (alternatives.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

function collect(sentence: string, pattern: RegExp, kind: Kind, found: Span[]): void {
  for (const match of sentence.matchAll(pattern)) {
    found.push({ start: match.index, end: match.index + match[0].length, kind });
  }
}

/** A month takes the numbers beside it along: "3 January 2020". */
function collectDates(sentence: string, pattern: RegExp, found: Span[]): void {
  for (const match of sentence.matchAll(pattern)) {
    const before = MONTH_DAY.exec(sentence.slice(0, match.index))?.[0].length ?? 0;
    const after = /^(?:,?\s+\p{Nd}{1,4}(?:st|nd|rd|th)?\b(?:,\s+\p{Nd}{4}\b)?)?/u.exec(
      sentence.slice(match.index + match[0].length),
    );
    found.push({
      start: match.index - before,
      end: match.index + match[0].length + (after?.[0].length ?? 0),
      kind: "date",
    });
  }
}

function withoutOverlap(spans: Span[]): Span[] {
  const ranked = [...spans].sort(
    (one, other) =>
      ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) || other.end - other.start - (one.end - one.start),
  );
  const kept: Span[] = [];
  for (const span of ranked) {
    if (!kept.some((other) => span.start < other.end && span.end > other.start)) kept.push(span);
  }
  return kept.sort((one, other) => one.start - other.start);
}
