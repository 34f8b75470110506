/** What the layer of incidents writes on the map. */

import type { LayerWords } from "../draw/incident_layer.ts";
import { wording, type Context } from "./context.ts";
import { clean, onward } from "./dom.ts";

export function layerWords({ table, words, meta }: Context): LayerWords {
  return {
    compact: (n) => words.compact(n),
    plate: (rows, n) => {
      const name = rows.length === n ? wording.commonPlace(table, words, rows) : null;
      const text = name === null ? "≈" : `≈ ${clean(name).slice(0, 34)}`;
      return n === 1 ? text : `${text} · ${words.compact(n)}`;
    },
    arrow: (pair) => {
      const [from, to] = pair.map((row) => table.day("date_start", row));
      if (from === null || to === null) return "";
      return from === to ? words.shortDay(from) : `${words.shortDay(from)} ${onward(meta)} ${words.shortDay(to)}`;
    },
  };
}
