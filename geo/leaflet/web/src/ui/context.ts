/** What every part of the interface is handed. */

import type { Archive } from "../data/archive.ts";
import type { Meta } from "../data/format.ts";
import type { Table } from "../data/table.ts";
import { colourOf, shapeOf, isRing } from "../draw/marks.ts";
import { markIcon } from "../draw/shapes.ts";
import type { Highlighter } from "./highlight.ts";
import type { Store } from "./store.ts";
import * as wordings from "./wording.ts";
import type { Words } from "./words.ts";

export interface Context {
  root: HTMLElement;
  meta: Meta;
  words: Words;
  table: Table;
  archive: Archive;
  store: Store;
  highlighter: Highlighter;
}

/** The wording of an incident, with its icon. */
export const wording = {
  ...wordings,
  icon: (table: Table, row: number): SVGSVGElement => {
    const type = table.typeCode(row);
    return markIcon(shapeOf(table, type), table.term("status", row), colourOf(table, type), 7, isRing(table, row));
  },
};
