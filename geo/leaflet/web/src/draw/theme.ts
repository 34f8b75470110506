/** The colours of the canvas, read from the style sheet so that light and dark are said once. */

export interface Theme {
  land: string;
  water: string;
  border: string;
  admin: string;
  river: string;
  /** Of vector tiles: parks and woods, streets. */
  green: string;
  road: string;
  label: string;
  halo: string;
  /** Behind marks and the numbers on them, light in the dark too: the colours of kinds are made for it. */
  paper: string;
  onpaper: string;
  ink: string;
  faint: string;
  accent: string;
}

const NAMES = [
  "land",
  "water",
  "border",
  "admin",
  "river",
  "green",
  "road",
  "label",
  "halo",
  "paper",
  "onpaper",
  "ink",
  "faint",
  "accent",
] as const;

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const entries = NAMES.map((name) => [name, style.getPropertyValue(`--geo-${name}`).trim() || "#888"]);
  return Object.fromEntries(entries) as unknown as Theme;
}
