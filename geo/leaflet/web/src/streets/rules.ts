/** How the features of vector tiles are drawn: data/page/street_styles.csv says which is of which kind. */

import {
  CenteredTextSymbolizer,
  LineLabelSymbolizer,
  LineSymbolizer,
  PolygonSymbolizer,
  exp,
  type Feature,
  type LabelRule,
  type PaintRule,
} from "protomaps-leaflet";
import type { StreetRule } from "../data/format.ts";
import type { Theme } from "../draw/theme.ts";

const LINE = 2;
const AREA = 3;
const FONT = "system-ui, sans-serif";

interface Look {
  kind: string;
  geometry: typeof LINE | typeof AREA;
  minzoom?: number;
  paint: (theme: Theme) => PolygonSymbolizer | LineSymbolizer;
}

const area = (fill: string, opacity = 1) => new PolygonSymbolizer({ fill, opacity });
const line = (color: string, stops: number[][], dash?: number[]) =>
  new LineSymbolizer({ color, width: exp(1.6, stops), lineCap: "round", lineJoin: "round", ...(dash ? { dash } : {}) });

/** In the order in which they are painted. */
const LOOKS: Look[] = [
  { kind: "land", geometry: AREA, paint: ({ land }) => area(land) },
  { kind: "built", geometry: AREA, paint: ({ admin }) => area(admin, 0.35) },
  { kind: "green", geometry: AREA, paint: ({ green }) => area(green) },
  { kind: "water", geometry: AREA, paint: ({ water }) => area(water) },
  { kind: "other", geometry: AREA, paint: ({ admin }) => new PolygonSymbolizer({ fill: admin, opacity: 0.3 }) },
  { kind: "river", geometry: LINE, paint: ({ river }) => line(river, [[8, 0.7], [14, 2.5], [18, 8]]) },
  { kind: "runway", geometry: LINE, minzoom: 10, paint: ({ admin }) => line(admin, [[10, 1], [14, 5], [18, 26]]) },
  { kind: "building", geometry: AREA, minzoom: 14, paint: ({ admin }) => area(admin, 0.9) },
  { kind: "path", geometry: LINE, minzoom: 14, paint: ({ border }) => line(border, [[14, 0.5], [18, 1.6]], [3, 2]) },
  { kind: "rail", geometry: LINE, minzoom: 10, paint: ({ border }) => line(border, [[10, 0.5], [18, 2]], [6, 3]) },
  { kind: "minor", geometry: LINE, minzoom: 10, paint: ({ road }) => line(road, [[10, 0.4], [13, 1.1], [16, 4], [18, 9]]) },
  { kind: "major", geometry: LINE, paint: ({ road }) => line(road, [[6, 0.5], [10, 1.4], [13, 2.6], [16, 7], [18, 14]]) },
  { kind: "other", geometry: LINE, paint: ({ road }) => line(road, [[8, 0.5], [13, 1.2], [18, 5]]) },
];

/** Whether a feature is of a rule, and not of one before it that says the same layer and geometry. */
function isOf({ property, values }: StreetRule, feature: Feature): boolean {
  return !property || values.includes(String(feature.props[property]));
}

export function paintRules(rules: StreetRule[], theme: Theme): PaintRule[] {
  return LOOKS.flatMap(({ kind, geometry, minzoom, paint }) =>
    rules
      .filter((rule) => rule.kind === kind)
      .map((rule) => ({
        dataLayer: rule.layer,
        symbolizer: paint(theme),
        ...(minzoom ? { minzoom } : {}),
        filter: (_zoom: number, feature: Feature) => feature.geomType === geometry && isOf(rule, feature),
      })),
  );
}

/** Names of streets and of quarters: towns are named by the page itself. */
export function labelRules(rules: StreetRule[], theme: Theme, lang: string): LabelRule[] {
  const labelProps = [`name:${lang}`, `name_${lang}`, ...(lang === "ar" ? [] : ["name:latin"]), "name"];
  const text = { labelProps, fill: theme.label, stroke: theme.halo, width: 3 };
  return rules.flatMap((rule): LabelRule[] => {
    const filter = (_zoom: number, feature: Feature) =>
      isOf(rule, feature) && (rule.kind === "road name") === (feature.geomType === LINE);
    const common = { dataLayer: rule.layer, filter };
    if (rule.kind === "road name")
      return [{ ...common, minzoom: 14, symbolizer: new LineLabelSymbolizer({ ...text, font: `500 11px ${FONT}` }) }];
    if (rule.kind === "place name")
      return [{ ...common, minzoom: 12, symbolizer: new CenteredTextSymbolizer({ ...text, font: `500 12px ${FONT}` }) }];
    return [];
  });
}
