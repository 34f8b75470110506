/** Great circles and circles on the globe, on a sphere of the Earth's mean radius (error below 0.6 %). */

const EARTH_M = 6_371_008.8;
const RAD = Math.PI / 180;

export type LonLat = [number, number];

/** The point that lies `metres` from `origin` in the direction `bearing` (degrees from north). */
export function destination([lon, lat]: LonLat, bearing: number, metres: number): LonLat {
  const angle = metres / EARTH_M;
  const phi = lat * RAD;
  const theta = bearing * RAD;
  const sine = Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(theta);
  const y = Math.sin(theta) * Math.sin(angle) * Math.cos(phi);
  const x = Math.cos(angle) - Math.sin(phi) * sine;
  return [lon + Math.atan2(y, x) / RAD, Math.asin(Math.max(-1, Math.min(1, sine))) / RAD];
}

export function distance(from: LonLat, to: LonLat): number {
  const [a, b] = [vector(from), vector(to)];
  const cross = Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
  return EARTH_M * Math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

/** Points of a circle of `metres` round a centre; longitudes may pass 180 so that the ring stays whole. */
export function circle(centre: LonLat, metres: number, n = 72): LonLat[] {
  return Array.from({ length: n }, (_, step) => destination(centre, (step * 360) / n, metres));
}

/**
 * Points along the shortest way from one place to another, both ends included.
 *
 * Longitudes run on without a jump at the date line, so they may lie beyond 180.
 */
export function greatCircle(from: LonLat, to: LonLat): LonLat[] {
  const angle = distance(from, to) / EARTH_M;
  if (angle < 1e-9) return [from, to];
  const steps = Math.max(2, Math.ceil(angle / RAD));
  const [a, b] = [vector(from), vector(to)];
  const line: LonLat[] = [];
  for (let step = 0; step <= steps; step++) {
    const share = step / steps;
    const [p, q] = [Math.sin((1 - share) * angle) / Math.sin(angle), Math.sin(share * angle) / Math.sin(angle)];
    const [x, y, z] = [0, 1, 2].map((axis) => p * a[axis] + q * b[axis]);
    const lon = Math.atan2(y, x) / RAD;
    const before = line.at(-1)?.[0] ?? lon;
    line.push([lon + 360 * Math.round((before - lon) / 360), Math.atan2(z, Math.hypot(x, y)) / RAD]);
  }
  return line;
}

function vector([lon, lat]: LonLat): [number, number, number] {
  return [Math.cos(lat * RAD) * Math.cos(lon * RAD), Math.cos(lat * RAD) * Math.sin(lon * RAD), Math.sin(lat * RAD)];
}
