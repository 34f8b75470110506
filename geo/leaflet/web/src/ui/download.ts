/** Save what is shown to a file. */

import { csvPieces, geoJsonPieces, type Sources } from "../data/export.ts";
import type { Context } from "./context.ts";
import { button, fill, h } from "./dom.ts";

export function downloadMenu(context: Context, answered: Map<number, number[]>): HTMLElement {
  const { words } = context;
  const state = h("p", { class: "geo-faint", role: "status" }, words.say("download.what"));
  let busy = false;
  const save = async (name: string, type: string, pieces: typeof csvPieces) => {
    if (busy) return;
    busy = true;
    const progress = (share: number) => fill(state, words.say("download.busy", { percent: Math.round(share * 100) }));
    progress(0);
    try {
      const { table, archive, store } = context;
      const sources: Sources = {
        table,
        archive,
        ids: await archive.ids(),
        reportIds: await archive.reportIds(),
        answered,
        progress,
      };
      saveAs(name, new Blob(await pieces(sources, store.rows.slice()), { type }));
      menu.open = false;
    } finally {
      busy = false;
      fill(state, words.say("download.what"));
    }
  };
  const menu = h("details", { class: "geo-menu" }, [
    h("summary", {}, words.say("download")),
    h("div", { class: "geo-menu-body" }, [
      state,
      button(
        "GeoJSON",
        { class: "geo-button" },
        () => void save("incidents.geojson", "application/geo+json", geoJsonPieces),
      ),
      button("CSV", { class: "geo-button" }, () => void save("incidents.csv", "text/csv", csvPieces)),
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
