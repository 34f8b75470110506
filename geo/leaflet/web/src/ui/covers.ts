/** What lies over the map: controls, key, chips, the card of a story. Names of places keep clear of it. */

import type { Box } from "../draw/labels.ts";

const OVER = ".leaflet-control, .geo-key, .geo-chip, .geo-story";

/** The boxes of what is shown over the map, in pixels of its container. */
export function coversOf(map: L.Map): Box[] {
  const container = map.getContainer();
  const { left, top } = container.getBoundingClientRect();
  const shown = container.parentElement?.querySelectorAll(OVER) ?? [];
  return Array.from(shown, (element) => element.getBoundingClientRect())
    .filter(({ width }) => width > 0)
    .map((box): Box => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
}
