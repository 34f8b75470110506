/** Save what is shown to a file. */

import { csvPieces, geoJsonPieces, type Sources } from "../data/export.ts";
import type { Context } from "./context.ts";
import { button, h } from "./dom.ts";

export function downloadMenu(context: Context, answered: Map<number, number[]>): HTMLElement {
  const { words } = context;
  const save = (name: string, type: string, pieces: typeof csvPieces) => async () => {
    menu.open = false;
    const sources: Sources = { table: context.table, archive: context.archive, ids: await context.archive.ids(), answered };
    saveAs(name, new Blob(await pieces(sources, context.store.rows), { type }));
  };
  const menu = h("details", { class: "geo-menu" }, [
    h("summary", {}, words.say("download")),
    h("div", { class: "geo-menu-body" }, [
      h("p", { class: "geo-faint" }, words.say("download.what")),
      button("GeoJSON", { class: "geo-button" }, save("incidents.geojson", "application/geo+json", geoJsonPieces)),
      button("CSV", { class: "geo-button" }, save("incidents.csv", "text/csv", csvPieces)),
    ]),
  ]);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  return menu;
}

function saveAs(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const anchor = h("a", { download: name });
  anchor.href = address;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
