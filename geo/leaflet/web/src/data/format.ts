/** The types of FORMAT.md: what the encoder leaves in the page. */

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

export interface ColumnSpec {
  name: string;
  type: "u8" | "u16" | "u32" | "i16" | "i32" | "f32" | "f64";
  offset: number;
  shuffle?: boolean;
  delta?: boolean;
  dictionary?: string | null;
  null?: number;
  /** What is stored times this is the value. */
  scale?: number;
}

export interface LegendEntry {
  event_type: string;
  colour: string;
  shape: string;
}

export interface TileSource {
  name: string;
  url: string;
  attribution: string;
  max_zoom?: number;
  subdomains?: string;
}

/** Features of a layer of vector tiles, and how they are drawn. */
export interface StreetRule {
  layer: string;
  property: string;
  values: string[];
  kind: string;
}

/** What is known of the vector tiles that the page carries. */
export interface Streets {
  name: string;
  min_zoom: number;
  max_zoom: number;
  bounds: Bounds;
  rules: StreetRule[];
}

export interface Attribution {
  text: string;
  licence?: string;
  url?: string;
}

export interface Meta {
  schema: number;
  encoding: "base64";
  title: string;
  lang: string;
  dir: "ltr" | "rtl";
  made?: string | null;
  rows: number;
  /** Of the first view. */
  bounds: Bounds | null;
  /** Of everything that is drawn, where that is more. */
  all_bounds?: Bounds | null;
  columns: ColumnSpec[];
  detail_rows: number;
  report_rows: number;
  text_rows?: number;
  reports: number;
  detail_columns?: string[];
  legend: LegendEntry[];
  statuses: string[];
  geo_precisions: string[];
  date_precisions: string[];
  texts: Record<string, string>;
  highlights?: Record<string, string[]>;
  attributions?: Attribution[];
  licences?: string;
  tiles?: TileSource[];
  streets?: Streets | null;
  border_note?: string | null;
  coarsened_m?: number | null;
  hidden?: string[];
  /** Datasets whose marks are rings. */
  rings?: string[];
  /** How many incidents, from how many reports. */
  subtitle?: string;
  /** How many a program read, and how many a person decided on. */
  trust?: { extracted: number; checked: number };
  author?: string | null;
  contact?: string | null;
  about?: string | null;
  /** Rows that "Play story" goes through; null: those that answer each other. */
  story?: number[] | null;
  /** Templates of headlines by part, in the order in which they are tried. */
  headlines?: Record<string, Wording[]>;
}

/** A term, words of which one stands in the weapon (none: any weapon), and the template. */
export type Wording = [term: string, weapons: string[], template: string];

/** `NAME_label` holds what headlines call the entries of NAME, null where they are called as they are; `NAME_full` all of whom an entry names. */
export type Dictionaries = Record<string, (string | null)[]>;

export interface Report {
  /** Code points of the report before what `texts` holds of it (front matter). */
  body?: number;
  id: string;
  title?: string | null;
  publisher?: string | null;
  published?: string | null;
  url?: string | null;
  language?: string | null;
}

/** One part of `details`: columns of lists, with the counts of the flattened ones. */
export type DetailPart = Record<string, (string | number | boolean | null)[]>;

export interface BasemapLevel {
  min_zoom: number;
  scale: number;
  bbox: [number, number, number, number];
  countries: { code: string; name: string; rings: number[][] }[];
  borders: number[][];
  admin1?: number[][];
  lakes?: number[][];
  rivers?: number[][];
}

/** Outlines of the provinces that incidents are known by. */
export interface Outlines {
  scale: number;
  /** Rings of each, coded as those of the basemap. */
  shapes: number[][][];
  rows: number[];
  /** For each of the rows, its shape. */
  shape_of: number[];
}

export interface PlainLabel {
  name: string;
  lon: number;
  lat: number;
  min_zoom: number;
  /** Where else the name may stand: lon, lat, lon, lat ... */
  further?: number[];
}

export interface Basemap {
  levels: BasemapLevel[];
  labels?: { scale: number; lon: number[]; lat: number[]; name: string[]; rank: number[]; min_zoom: number[] };
  country_labels?: PlainLabel[];
  admin1_labels?: PlainLabel[];
}

export const NULL_INT = -2147483648;
/** Degrees are stored as whole numbers of this size, unless the column says another scale. */
export const DEGREE = 1e-7;
export const NULL_CODE = 255;

const RESERVED = /^(evidence_(count|report|start|end|text)|report|report_count|__proto__)$/;

/** The key of a column in the details: a user's own may be called like a list that the page needs. */
export function detailKey(name: string): string {
  return isReserved(name) ? `column ${name}` : name;
}

export function isReserved(key: string): boolean {
  return RESERVED.test(key);
}
