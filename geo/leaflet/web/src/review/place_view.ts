/** Choose where it happened: one of the places that the report names, a point on the map, or coordinates. */

import { button, clean, fill, h, isolated, type Child } from "../ui/dom.ts";
import { codeUnits } from "../ui/evidence.ts";
import type { Cell, Entry, Incident, Point } from "./model.ts";
import type { Review } from "./session.ts";
import type { Place, Toponym } from "./source.ts";
import { nearestTurn } from "../draw/worlds.ts";

const PRECISION_OF: Record<string, string> = {
  site: "site",
  settlement: "settlement",
  admin: "admin",
  region: "region",
  country: "country",
  other: "site",
};
/** Where a point is set by hand on an incident that had none: vague until the person says how exact it is. */
const BY_HAND = { geo_precision: "near", uncertainty_m: 5000 };
const MOST_NAMES = 60;

/** The cells of an incident that happened at a place of the gazetteer. */
export function cellsOf(place: Place, text: string | null): Incident {
  return {
    place_name: place.name,
    place_id: place.id,
    place_text: text,
    country: place.country || null,
    country_code: place.country_code || null,
    admin1: place.admin1 || null,
    geo_precision: PRECISION_OF[place.kind] ?? "site",
    uncertainty_m: place.radius_m,
    geometry: [place.lon, place.lat],
  };
}

/** The cells of an incident whose mark was moved. */
export function movedCells(incident: Incident, point: Point): Incident {
  return incident.geometry === null ? { ...BY_HAND, geometry: point } : { geometry: point };
}

export class PlaceView {
  readonly element = h("div", { class: "geo-review-places" });
  readonly #review: Review;
  readonly #onChoose: (cells: Incident) => void;
  #marker: L.Marker | null = null;
  #listener: ((event: L.LeafletMouseEvent) => void) | null = null;

  constructor(review: Review, onChoose: (cells: Incident) => void) {
    this.#review = review;
    this.#onChoose = onChoose;
  }

  /** List the places that the reports of an incident name, and let its mark be moved. */
  async open(entry: Entry, onDone: () => void): Promise<void> {
    const { words } = this.#review.parts.context;
    const named = await this.#named(entry);
    const lists = named.map(({ text, toponym }) => this.#candidates(text, toponym, entry));
    fill(this.element, [
      h("p", { class: "geo-sureness" }, words.say("review.place_how")),
      h("h3", {}, words.say("review.places_named")),
      lists.length ? h("ul", {}, lists) : h("p", {}, words.say("review.no_places")),
      h("div", { class: "geo-review-buttons" }, button(words.say("review.done"), { class: "geo-button" }, onDone)),
    ]);
    this.#makeMovable(entry);
  }

  close(): void {
    const { map } = this.#review.parts;
    this.#marker?.remove();
    this.#marker = null;
    if (this.#listener) map.off("click", this.#listener as L.LeafletEventHandlerFn);
    this.#listener = null;
    map.getContainer().classList.remove("geo-review-placing");
    fill(this.element, []);
  }

  focus(): void {
    this.element.querySelector<HTMLElement>("button")?.focus();
  }

  /** Names of the reports, each once, those nearest to the evidence first. */
  async #named(entry: Entry): Promise<{ text: string; toponym: Toponym }[]> {
    const { about, source, parts } = this.#review;
    const found = new Map<string, { text: string; toponym: Toponym; away: number }>();
    const spans = entry.incident.evidence as { report_id: string | null; start: number | null }[];
    for (const id of entry.incident.report_ids as string[]) {
      const report = about.reports.indexOf(id);
      if (report < 0) continue;
      const text = await parts.context.archive.text(report);
      const body = (await parts.context.archive.report(report))?.body ?? 0;
      if (text === null) continue;
      const starts = spans.filter((span) => span.report_id === id && span.start !== null).map((span) => span.start as number);
      for (const toponym of await source.toponyms(report, about.place_rows)) {
        const [from, to] = [toponym.start, toponym.end].map((at) => codeUnits(text, at - body));
        const name = text.slice(from, to).replace(/\s+/g, " ");
        const away = Math.min(...starts.map((start) => Math.abs(start - toponym.start)), Number.MAX_SAFE_INTEGER);
        const known = found.get(name);
        if (!known || known.away > away) found.set(name, { text: name, toponym, away });
      }
    }
    return [...found.values()].sort((one, other) => one.away - other.away).slice(0, MOST_NAMES);
  }

  #candidates(text: string, toponym: Toponym, entry: Entry): HTMLElement {
    const { words } = this.#review.parts.context;
    const choices = toponym.candidates.map(({ place, score }) => {
      const where: Child[] = [
        isolated(place.name),
        " ",
        h("span", { class: "geo-sureness" }, [
          isolated([words.say(`review.kind.${place.kind}`), place.admin1, place.country].filter(Boolean).join(", ")),
          ` · ± ${words.distance(place.radius_m)} · ${words.say("review.share", { percent: Math.round(score * 100) })}`,
        ]),
      ];
      const attributes = {
        class: "geo-entry geo-review-candidate",
        "aria-pressed": String(entry.incident.place_id === place.id),
      };
      return h(
        "li",
        {},
        button(where, attributes, () => this.#onChoose(cellsOf(place, text))),
      );
    });
    return h("li", {}, [h("p", {}, ["“", isolated(text), "”"]), h("ul", {}, choices)]);
  }

  /** The mark can be dragged, and a click on the map brings it there. */
  #makeMovable(entry: Entry): void {
    const { map, context } = this.#review.parts;
    const at = entry.incident.geometry as Point | null;
    const moved = ({ lat, lng }: L.LatLng) => this.#onChoose(movedCells(entry.incident, rounded(lng, lat)));
    map.closePopup();
    map.getContainer().classList.add("geo-review-placing");
    this.#listener = (event) => moved(event.latlng.wrap());
    map.on("click", this.#listener as L.LeafletEventHandlerFn);
    if (!at) return;
    const icon = L.divIcon({ className: "geo-review-pin", iconSize: [26, 26] });
    const title = clean(context.words.say("review.drag"));
    const there = L.latLng(at[1], nearestTurn(at[0], map.getCenter().lng));
    const marker = L.marker(there, { icon, draggable: true, keyboard: false, title, alt: title, zIndexOffset: 1000 });
    marker.on("dragend", () => moved(marker.getLatLng().wrap()));
    this.#marker = marker.addTo(map);
    if (!map.getBounds().contains(there)) map.setView(there, Math.max(map.getZoom(), 8), { animate: false });
  }
}

function rounded(lon: number, lat: number): Point {
  const tidy = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return [tidy(lon), tidy(Math.max(-90, Math.min(90, lat)))];
}

export function placeCells(incident: Incident): Incident {
  const names = "place_name place_id country country_code admin1 geo_precision uncertainty_m geometry".split(" ");
  return Object.fromEntries(names.map((name) => [name, incident[name] as Cell]));
}
