/** Read coordinates as people write them: 33.52, 44.26 · 33.52 N 44.26 E · 33°31'26"N 44°15'24"E. */

import type { Point } from "./model.ts";

const SIZE = String.raw`([-+−]?\d+(?:\.\d+)?)\s*(?:°|º|deg|d\b)?\s*(?:(\d+(?:\.\d+)?)\s*(?:['′’]|min|m\b)\s*)?(?:(\d+(?:\.\d+)?)\s*(?:["″”]|''|sec|s\b)\s*)?`;
/** The letter of the hemisphere stands before or behind. */
const BEFORE = new RegExp(String.raw`^([NSEW])\s*${SIZE}`, "i");
const BEHIND = new RegExp(String.raw`^${SIZE}([NSEW])?`, "i");

interface Angle {
  degrees: number;
  axis: "lat" | "lon" | null;
}

/** Longitude and latitude in degrees, null for anything else. Without letters, latitude comes first. */
export function parseCoordinates(text: string): Point | null {
  const angles: Angle[] = [];
  let rest = text.trim().replace(/^\(|\)$/g, "");
  while (rest && angles.length < 3) {
    const read = readAngle(rest);
    if (!read) return null;
    angles.push(read.angle);
    rest = rest.slice(read.length).replace(/^[\s,;/]+/, "");
  }
  if (angles.length !== 2) return null;
  const [one, other] = angles;
  if (one.axis !== null && one.axis === other.axis) return null;
  const turned = one.axis === "lon" || other.axis === "lat";
  const [lat, lon] = turned ? [other.degrees, one.degrees] : [one.degrees, other.degrees];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [round(lon), round(lat)] : null;
}

function readAngle(text: string): { angle: Angle; length: number } | null {
  const before = BEFORE.exec(text);
  const found = before ?? BEHIND.exec(text);
  if (!found) return null;
  const [degrees, minutes, seconds] = before ? found.slice(2, 5) : found.slice(1, 4);
  const letter = ((before ? found[1] : found[4]) ?? "").toUpperCase();
  const number = (part: string | undefined) => Number((part ?? "0").replace("−", "-"));
  const parts = [number(minutes), number(seconds)];
  if (parts.some((part) => part >= 60)) return null;
  const sign = number(degrees) < 0 || /^[-−]/.test(degrees) ? -1 : 1;
  if (sign < 0 && letter) return null;
  const size = Math.abs(number(degrees)) + parts[0] / 60 + parts[1] / 3600;
  const axis = letter === "" ? null : "NS".includes(letter) ? "lat" : "lon";
  return { angle: { degrees: size * ("SW".includes(letter || "N") ? -1 : sign), axis }, length: found[0].length };
}

/** A centimetre: no report is finer. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
