/** The form in which an incident is corrected: every cell that a person can decide, one step when it is applied. */

import { parseDay } from "../data/dates.ts";
import { button, clean, fill, h, isolated, type Child } from "../ui/dom.ts";
import { parseCoordinates } from "./coordinates.ts";
import type { Cell, Entry, Incident, Point } from "./model.ts";
import type { Review } from "./session.ts";

type Control = HTMLInputElement | HTMLSelectElement;

const COUNTS = "killed_min killed_max wounded_min wounded_max event_count_min".split(" ");
const LINES = "actor1 actor2 weapon attribution place_name place_text admin1 country".split(" ");
const RANGES = [
  ["killed_min", "killed_max"],
  ["wounded_min", "wounded_max"],
  ["date_start", "date_end"],
];
/** What stands side by side. */
const ROWS = [
  ["type"],
  ["status", "attribution"],
  ["date_start", "date_end", "date_precision"],
  ["actor1", "actor2"],
  ["killed_min", "killed_max", "wounded_min", "wounded_max"],
  ["event_count_min", "weapon"],
  ["place_name", "place_text"],
  ["admin1", "country"],
  ["coordinates", "geo_precision", "uncertainty_m"],
];

export class FieldsForm {
  readonly element: HTMLFormElement;
  readonly #review: Review;
  readonly #controls = new Map<string, Control>();
  readonly #before: Incident;
  readonly #error = h("p", { class: "geo-review-error", role: "alert" });

  constructor(review: Review, entry: Entry, onApply: (cells: Incident) => void, onCancel: () => void) {
    this.#review = review;
    this.#before = entry.incident;
    const { words } = review.parts.context;
    const rows = ROWS.map((names) => h("div", { class: "geo-review-row" }, names.map((name) => this.#field(name))));
    const buttons = [
      h("button", { type: "submit", class: "geo-button geo-review-main" }, words.say("review.apply")),
      button(words.say("review.cancel"), { class: "geo-button" }, onCancel),
    ];
    const submit = (event: Event) => {
      event.preventDefault();
      const cells = this.#cells();
      if (cells) onApply(cells);
    };
    this.element = h(
      "form",
      { class: "geo-review-form", "aria-label": words.say("review.edit"), autocomplete: "off" },
      [...rows, this.#error, h("div", { class: "geo-review-buttons" }, buttons)],
      { submit, keydown: (event) => this.#onKey(event, onCancel) },
    );
    this.element.noValidate = true;
  }

  #onKey(event: KeyboardEvent, onCancel: () => void): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      onCancel();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.element.requestSubmit();
  }

  #field(name: string): HTMLElement {
    const { words } = this.#review.parts.context;
    const control = this.#control(name);
    control.id = `geo-review-${name}`;
    this.#controls.set(name, control);
    const label = name === "type" ? "column.sub_event_type" : name === "coordinates" ? "review.coordinates" : `column.${name}`;
    return h("p", { class: "geo-review-field" }, [h("label", { for: control.id }, words.say(label)), control]);
  }

  #control(name: string): Control {
    const { meta } = this.#review.parts.context;
    const value = this.#before[name];
    if (name === "type") return this.#types();
    if (name === "status") return this.#select("status", meta.statuses, value);
    if (name === "date_precision") return this.#select("date_precision", meta.date_precisions, value);
    if (name === "geo_precision") return this.#select("precision", meta.geo_precisions, value);
    if (name === "coordinates") return this.#line(pointText(this.#before.geometry as Point | null));
    if (name === "date_start" || name === "date_end") {
      const input = h("input", { type: "text", inputmode: "numeric", placeholder: "2020-03-13", autocomplete: "off" });
      input.value = String(value ?? "");
      return input;
    }
    if (COUNTS.includes(name) || name === "uncertainty_m") {
      const input = h("input", { type: "number", min: 0, step: name === "uncertainty_m" ? "any" : 1, inputmode: "numeric" });
      input.value = value === null ? "" : String(value);
      return input;
    }
    return this.#line(value === null ? "" : String(value));
  }

  #line(value: string): HTMLInputElement {
    const input = h("input", { type: "text", dir: "auto", autocomplete: "off" });
    input.value = value;
    input.maxLength = 2000;
    return input;
  }

  #select(vocabulary: string, terms: string[], value: Cell): HTMLSelectElement {
    const { words } = this.#review.parts.context;
    const key = (term: string) => (vocabulary === "precision" ? words.say(`precision.${term}`) : words.term(vocabulary, term));
    const select = h(
      "select",
      {},
      terms.map((term) => h("option", { value: term }, key(term))),
    );
    select.value = String(value ?? terms.at(-1));
    return select;
  }

  /** ACLED's sub-event types under their event types; a type without a sub-type is one as well. */
  #types(): HTMLSelectElement {
    const { words } = this.#review.parts.context;
    const groups = Object.entries(this.#review.about.sub_event_types).map(([type, subs]) => {
      const group = h("optgroup", {}, [
        ...subs.map((sub) => h("option", { value: `${type}|${sub}` }, words.term("sub_event_type", sub))),
        h("option", { value: `${type}|` }, words.say("review.no_sub_type", { type: words.term("event_type", type) })),
      ]);
      group.label = words.term("event_type", type);
      return group;
    });
    const select = h("select", {}, [h("option", { value: "" }, words.say("what.unknown")), ...groups]);
    const { event_type, sub_event_type } = this.#before;
    select.value = event_type === null ? "" : `${String(event_type)}|${String(sub_event_type ?? "")}`;
    return select;
  }

  #value(name: string): string {
    return clean(this.#controls.get(name)?.value ?? "").trim();
  }

  /** The cells that the form says, null when one of them cannot be: the form then says which. */
  #cells(): Incident | null {
    const cells: Incident = {};
    for (const control of this.#controls.values()) control.removeAttribute("aria-invalid");
    const [type, sub] = (this.#controls.get("type")?.value ?? "").split("|");
    cells.event_type = type || null;
    cells.sub_event_type = sub || null;
    for (const name of LINES) cells[name] = this.#value(name) === String(this.#before[name] ?? "").trim() ? this.#before[name] : this.#value(name) || null;
    for (const name of ["status", "date_precision", "geo_precision"]) cells[name] = this.#value(name) || null;
    for (const name of ["date_start", "date_end"]) {
      const day = this.#value(name);
      if (day && parseDay(day) === null) return this.#refuse("review.error.day", name);
      cells[name] = day || null;
    }
    cells.date_end ??= cells.date_start;
    cells.date_start ??= cells.date_end;
    for (const name of [...COUNTS, "uncertainty_m"]) {
      const text = this.#value(name);
      const number = Number(text);
      const whole = name === "uncertainty_m" || Number.isInteger(number);
      if ((text && !(number >= 0 && number < 2 ** 31 && whole)) || !this.#controls.get(name)?.validity.valid) return this.#refuse("review.error.number", name);
      cells[name] = text === "" ? null : number;
    }
    for (const [low, high] of RANGES) {
      const [least, most] = [cells[low], cells[high]];
      if (least !== null && most !== null && (least as number) > (most as number)) return this.#refuse("review.error.range", high);
    }
    return this.#withPlace(cells);
  }

  #withPlace(cells: Incident): Incident | null {
    const text = this.#value("coordinates");
    if (text === pointText(this.#before.geometry as Point | null)) return cells;
    const point = text ? parseCoordinates(text) : null;
    if (text && !point) return this.#refuse("review.error.coordinates", "coordinates");
    return { ...cells, geometry: point, ...(point ? {} : { uncertainty_m: null }) };
  }

  #refuse(key: string, name: string): null {
    const { words } = this.#review.parts.context;
    const control = this.#controls.get(name);
    control?.setAttribute("aria-invalid", "true");
    const label = control?.labels?.[0]?.textContent ?? name;
    fill(this.#error, [isolated(label), ": ", words.say(key)] satisfies Child[]);
    control?.focus();
    return null;
  }

  focus(): void {
    this.#controls.get("type")?.focus();
  }
}

export function pointText(point: Point | null): string {
  return point ? `${point[1]}, ${point[0]}` : "";
}
