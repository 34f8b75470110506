/** What a bundle of its own (the review panel) is handed to take part in the page. */

import type { Dictionaries, Meta } from "../data/format.ts";
import type { Core } from "../data/protocol.ts";
import type { IncidentLayer } from "../draw/incident_layer.ts";
import type { Context } from "./context.ts";
import type { Layout } from "./layout.ts";
import type { Links } from "./links.ts";

export interface Parts {
  context: Context;
  map: L.Map;
  layer: IncidentLayer;
  links: Links;
  layout: Layout;
  /** Fit the first view to the room that the map now has, unless the reader chose another. */
  refit: () => void;
}

export interface Extension {
  /** Called with what the page holds before anything is made of it. */
  prepare(meta: Meta, core: Core, dictionaries: Dictionaries): void;
  /** Called when everything in the page can be used. */
  furnish(parts: Parts): Promise<void>;
}
