/** Quote the sentences that an incident was taken from, and show them in their report. */

import type { Archive } from "../data/archive.ts";
import { detailKey, type Report } from "../data/format.ts";
import type { Table } from "../data/table.ts";
import { button, clean, fill, h, joined, link, isolated, type Child } from "./dom.ts";
import type { Highlighter } from "./highlight.ts";
import type { Words } from "./words.ts";

export interface Quote {
  report: number | null;
  start: number | null;
  end: number | null;
  text: string;
}

/** What `details` holds of one row. */
export interface Details {
  quotes: Quote[];
  reports: number[];
  /** Further columns by name. */
  plain: Record<string, string | number | boolean>;
}

const AROUND = 60_000; // characters of a report before and after a quotation: all of it, but for books
const LONG = 1200; // characters of a quotation before it is cut

export async function detailsOf(archive: Archive, row: number): Promise<Details> {
  const { part, at } = await archive.details(row);
  const before = (counts: unknown[]) => counts.slice(0, at).reduce((sum: number, n) => sum + Number(n), 0);
  const slice = (name: string, counts: unknown[]) =>
    (part[name] ?? []).slice(before(counts), before(counts) + Number(counts[at] ?? 0));
  const evidence = part.evidence_count ?? [];
  const [texts, reports, starts, ends] = ["text", "report", "start", "end"].map((name) =>
    slice(`evidence_${name}`, evidence),
  );
  const quotes = texts.map((text, n) => ({
    report: numberOr(reports[n]),
    start: numberOr(starts[n]),
    end: numberOr(ends[n]),
    text: String(text ?? ""),
  }));
  const plain: Details["plain"] = Object.create(null);
  for (const name of archive.detailColumns) {
    const value = part[detailKey(name)]?.[at];
    if (value !== null && value !== undefined && value !== "") plain[name] = value;
  }
  return { quotes, reports: slice("report", part.report_count ?? []).map(Number), plain };
}

function numberOr(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** A sentence with what matters in it marked; a very long one is cut, with a button for the rest. */
export function quotation(text: string, places: string[], highlighter: Highlighter, words: Words): HTMLElement {
  const quote = h("blockquote", { dir: "auto" });
  const full = clean(text);
  const show = (part: string) => fill(quote, marked(part, places, highlighter, words));
  if (full.length <= LONG) {
    show(full);
    return quote;
  }
  show(`${full.slice(0, LONG)} …`);
  const more = button(words.say("show_all", { n: full.length }), { class: "geo-link" }, () => {
    fill(quote, full); // not marked: patterns over a hundred thousand letters would hold up the page
    more.remove();
  });
  return h("div", {}, [quote, more]);
}

function marked(text: string, places: string[], highlighter: Highlighter, words: Words): Child[] {
  const parts: Child[] = [];
  let from = 0;
  for (const { start, end, kind } of highlighter.spans(text, places)) {
    parts.push(text.slice(from, start));
    parts.push(h("mark", { class: `geo-hl-${kind}`, title: words.say(`highlight.${kind}`) }, text.slice(start, end)));
    from = end;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Words of the place to mark: its name, its parts and what the report called it. */
export function placeWords(table: Table, row: number, details: Details): string[] {
  const names = ["place_name", "admin1", "country"].map((name) => table.text(name, row));
  const written = typeof details.plain.place_text === "string" ? details.plain.place_text : null;
  return [written, ...names].filter((name): name is string => !!name && name.length < 200);
}

/** Who reported, when, under which title. */
export function reportLine(report: Report, words: Words): Child[] {
  const title = report.title || report.id;
  const published = report.published ? words.dayOf(report.published) : null;
  const head = report.url ? link(report.url, title) : isolated(title);
  return joined([report.publisher ? isolated(report.publisher) : null, head, published], " · ");
}

/** The whole report in a dialog, the quotation marked in its place. */
export function contextDialog(report: Report, text: string, quote: Quote, words: Words): HTMLDialogElement {
  const [start, end] = [quote.start, quote.end].map((at) => codeUnits(text, (at ?? 0) - (report.body ?? 0)));
  const mark = h("mark", { class: "geo-hl-quote", tabindex: "-1" }, clean(text.slice(start, end)));
  const [from, to] = [Math.max(0, start - AROUND), Math.min(text.length, end + AROUND)];
  const before = (from > 0 ? "… " : "") + clean(text.slice(from, start));
  const after = clean(text.slice(end, to)) + (to < text.length ? " …" : "");
  const body = h("div", { class: "geo-context", dir: "auto", lang: report.language || null, tabindex: "0" }, [
    before,
    mark,
    after,
  ]);
  const heading = h("h2", {}, reportLine(report, words));
  const dialog = h("dialog", { class: "geo-dialog", "aria-label": clean(report.title || report.id) });
  fill(dialog, [
    h("div", { class: "geo-dialog-head" }, [
      heading,
      button("✕", { class: "geo-icon-button", "aria-label": words.say("close") }, () => dialog.close()),
    ]),
    body,
  ]);
  dialog.addEventListener("close", () => dialog.remove());
  queueMicrotask(() => requestAnimationFrame(() => mark.scrollIntoView({ block: "center" })));
  return dialog;
}

/** Offsets of reports count code points; strings here count UTF-16 units. */
export function codeUnits(text: string, codePoints: number): number {
  let units = 0;
  for (let point = 0; point < codePoints && units < text.length; point++) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}
