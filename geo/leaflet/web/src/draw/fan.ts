/** Where the marks go that a fan spreads: a ring for few, a spiral for many. */

export const FAN_MOST = 60;

/** Offsets in pixels from the common point, in the order of the rows. */
export function fanOffsets(n: number): [number, number][] {
  return n <= 10 ? ring(n) : spiral(n);
}

function ring(n: number): [number, number][] {
  const radius = Math.max(34, (n * 30) / (2 * Math.PI));
  return Array.from({ length: n }, (_, at) => polar(radius, -Math.PI / 2 + (at * 2 * Math.PI) / n));
}

function spiral(n: number): [number, number][] {
  const offsets: [number, number][] = [];
  let angle = -Math.PI / 2;
  for (let at = 0; at < n; at++) {
    const radius = 36 + 4.6 * (angle + Math.PI / 2);
    offsets.push(polar(radius, angle));
    angle += 29 / radius;
  }
  return offsets;
}

function polar(radius: number, angle: number): [number, number] {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
