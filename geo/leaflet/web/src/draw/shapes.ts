/** The shapes of event types and how each status changes them: for the canvas, and as SVG for legends. */

const TURN = 2 * Math.PI;

/** Corners of a shape of radius 1; null is a circle. Areas are alike, so that none looks weightier. */
export function corners(shape: string): [number, number][] | null {
  switch (shape) {
    case "diamond":
      return regular(4, 1.15, 0);
    case "square":
      return regular(4, 1.17, TURN / 8);
    case "triangle":
      return regular(3, 1.28, -TURN / 4).map(([x, y]) => [x, y + 0.18]);
    case "hexagon":
      return regular(6, 1.06, 0);
    case "cross":
      return CROSS;
    default:
      return null;
  }
}

/** A broad diagonal cross, its four arms alike. */
const CROSS: [number, number][] = [
  [1.16, 0.56],
  [0.6, 0],
  [1.16, -0.56],
  [0.56, -1.16],
  [0, -0.6],
  [-0.56, -1.16],
  [-1.16, -0.56],
  [-0.6, 0],
  [-1.16, 0.56],
  [-0.56, 1.16],
  [0, 0.6],
  [0.56, 1.16],
];

function regular(n: number, radius: number, turn: number): [number, number][] {
  return Array.from({ length: n }, (_, corner) => at(radius, turn + (corner * TURN) / n));
}

function at(radius: number, angle: number): [number, number] {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

export function tracePath(
  context: CanvasRenderingContext2D,
  shape: string,
  x: number,
  y: number,
  radius: number,
): void {
  const points = corners(shape);
  context.beginPath();
  if (points) {
    for (const [dx, dy] of points) context.lineTo(x + dx * radius, y + dy * radius);
    context.closePath();
  } else context.arc(x, y, radius, 0, TURN);
}

export interface Look {
  filled: boolean;
  dash: number[];
  struck: boolean;
  dotted: boolean;
}

/** Reported is solid, what is less sure hollow: alleged has a dot, denied a stroke; the line of what lay ahead is dotted. */
export function lookOf(status: string | null): Look {
  switch (status) {
    case "claimed":
      return { filled: false, dash: [], struck: false, dotted: false };
    case "alleged":
      return { filled: false, dash: [], struck: false, dotted: true };
    case "denied":
      return { filled: false, dash: [], struck: true, dotted: false };
    case "planned":
      return { filled: false, dash: [1, 2.4], struck: false, dotted: false };
    case "threatened":
      return { filled: false, dash: [1, 2.4], struck: false, dotted: true };
    default:
      return { filled: true, dash: [], struck: false, dotted: false };
  }
}

/** Radius in pixels by killed and wounded. */
export function radiusOf(casualties: number): number {
  return SIZES.find(({ from }) => casualties >= from)?.radius ?? 6.5;
}

export const SIZES = [
  { from: 100, radius: 16 },
  { from: 25, radius: 13 },
  { from: 5, radius: 10.5 },
  { from: 1, radius: 8.5 },
  { from: 0, radius: 6.5 },
];

export interface Paint {
  colour: string;
  paper: string; // behind hollow marks, and the rim that lifts marks from the map
}

export function drawMark(
  context: CanvasRenderingContext2D,
  { shape, status, radius, ring = false }: { shape: string; status: string | null; radius: number; ring?: boolean },
  { colour, paper }: Paint,
  x: number,
  y: number,
): void {
  const statusLook = lookOf(status);
  const look = ring ? { ...statusLook, filled: false } : statusLook;
  context.save();
  context.lineJoin = "round";
  tracePath(context, shape, x, y, radius);
  context.strokeStyle = paper;
  context.lineWidth = look.filled ? 3 : 5;
  context.stroke();
  context.fillStyle = look.filled ? colour : paper;
  if (!ring) context.fill();
  context.strokeStyle = colour;
  context.setLineDash(look.dash);
  context.lineCap = look.dash[0] === 1 ? "round" : "butt";
  context.lineWidth = look.filled ? 0.5 : ring ? 3 : 2.2;
  context.stroke();
  context.setLineDash([]);
  if (look.struck) strike(context, colour, x, y, radius);
  if (look.dotted) dot(context, colour, x, y);
  context.restore();
}

function strike(context: CanvasRenderingContext2D, colour: string, x: number, y: number, radius: number): void {
  context.beginPath();
  context.moveTo(x - radius * 1.15, y + radius * 1.15);
  context.lineTo(x + radius * 1.15, y - radius * 1.15);
  context.strokeStyle = colour;
  context.lineWidth = 2.2;
  context.stroke();
}

function dot(context: CanvasRenderingContext2D, colour: string, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 1.8, 0, TURN);
  context.fillStyle = colour;
  context.fill();
}

const SVG = "http://www.w3.org/2000/svg";

/** The same mark as an SVG picture, for legends and lists. It says nothing to a screen reader. */
export function markIcon(shape: string, status: string | null, colour: string, radius = 7, ring = false): SVGSVGElement {
  const look = lookOf(status);
  const svg = document.createElementNS(SVG, "svg");
  set(svg, {
    viewBox: "-12 -12 24 24",
    width: "24",
    height: "24",
    "aria-hidden": "true",
    class: colour === "currentColor" ? "geo-icon geo-icon-plain" : "geo-icon",
  });
  const points = corners(shape);
  const body = points
    ? set(document.createElementNS(SVG, "polygon"), {
        points: points.map(([x, y]) => `${(x * radius).toFixed(2)},${(y * radius).toFixed(2)}`).join(" "),
      })
    : set(document.createElementNS(SVG, "circle"), { r: String(radius) });
  const filled = look.filled && !ring;
  set(body, { fill: filled ? colour : "none", stroke: colour, "stroke-width": filled ? "0.5" : "2" });
  if (look.dash.length)
    set(body, { "stroke-dasharray": look.dash.join(" "), "stroke-linecap": look.dash[0] === 1 ? "round" : "butt" });
  svg.append(body);
  if (look.struck) {
    const reach = radius * 1.15;
    const line = { x1: -reach, y1: reach, x2: reach, y2: -reach, stroke: colour, "stroke-width": 2 };
    svg.append(set(document.createElementNS(SVG, "line"), line));
  }
  if (look.dotted) svg.append(set(document.createElementNS(SVG, "circle"), { r: "1.8", fill: colour }));
  return svg;
}

function set<T extends Element>(element: T, attributes: Record<string, string | number>): T {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
