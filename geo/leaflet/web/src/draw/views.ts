/** From a frame on the canvas to the parts of the world in it, and from groups to pixels. */

import { ClusterIndex, WORLD, type Group, type View } from "../data/clusters.ts";
import type { Frame } from "./canvas_layer.ts";
import { around, type Part } from "./worlds.ts";

/** The two parts of the one world in a frame, cut where no group of its zoom is cut. */
export function partsOf(frame: Frame): [Part, Part] {
  return around(frame, 2 ** ClusterIndex.levelOf(frame.zoom));
}

/** Where a group stands in a frame. */
export function pixelOf(frame: Frame, group: Group): [number, number] {
  return [(group.x / WORLD) * frame.world - frame.left, (group.y / WORLD) * frame.world - frame.top];
}

/** Whether a place, in 0..1, lies in a part. */
export function isIn({ west, east }: Part, [x]: [number, number]): boolean {
  return x >= west && x < east;
}

/** The box of a part, in the units of the clusters. */
export function viewOf({ frame, west, east }: Part): View {
  const { zoom, left, top, width, height, world } = frame;
  const unit = WORLD / world;
  return {
    zoom,
    west: Math.max(left * unit, west * WORLD),
    north: top * unit,
    east: Math.min((left + width) * unit, east * WORLD - 1),
    south: (top + height) * unit,
  };
}
