/** Bundle the page. Call: node build.mjs OUT */

import { build, transform } from "esbuild";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const out = process.argv[2];
const require = createRequire(import.meta.url);
const common = {
  bundle: true,
  minify: true,
  write: false,
  target: ["es2022"],
  legalComments: "none",
  logLevel: "warning",
};

/** What the bundle of vector tiles holds. */
const STREET_PACKAGES = [
  "protomaps-leaflet",
  "pmtiles",
  "fflate",
  "pbf",
  "@mapbox/vector-tile",
  "@mapbox/point-geometry",
  "@protomaps/basemaps",
  "color2k",
  "potpack",
  "rbush",
  "quickselect",
];

/** Where a package lies, and what its package.json says. */
async function packageOf(name) {
  const folder = join(import.meta.dirname, "node_modules", name);
  return { folder, about: JSON.parse(await readFile(join(folder, "package.json"), "utf8")) };
}

/** The page with its worker; review panel and vector tiles are bundles of their own that a plain page does not hold. */
async function scripts() {
  const worker = await build({ ...common, entryPoints: ["src/data/worker.ts"], format: "iife" });
  const define = { WORKER_SOURCE: JSON.stringify(worker.outputFiles[0].text) };
  const page = await build({
    ...common,
    entryPoints: ["src/page.ts"],
    format: "iife",
    globalName: "geoPage",
    define,
    loader: { ".png": "dataurl" },
  });
  const review = await build({
    ...common,
    entryPoints: ["src/review/review.ts"],
    format: "iife",
    globalName: "geoReview",
    define,
  });
  const streets = await build({
    ...common,
    entryPoints: ["src/streets/streets.ts"],
    format: "iife",
    globalName: "geoStreets",
  });
  return [page, review, streets].map((made) => made.outputFiles[0].text);
}

/**
 * A style sheet whose pictures and fonts are within it.
 *
 * @param only Keep just the rules that mention this word.
 */
async function style(paths, only = "") {
  let contents = (await Promise.all(paths.map((path) => readFile(path, "utf8")))).join("\n");
  if (only)
    contents = (contents.match(/[^{}]+\{[^{}]*\}/g) ?? [])
      .filter((rule) => rule.toLowerCase().includes(only))
      .join("\n");
  contents = contents.replace(
    /src:[^;}]*\.(?:woff2|eot)[^;}]*/g,
    (sources) => `src:${sources.match(/url\([^)]*\.woff2[^)]*\)\s*format\([^)]*\)/)?.[0] ?? "none"}`,
  );
  const loader = { ".png": "dataurl", ".svg": "dataurl", ".gif": "dataurl", ".woff2": "dataurl" };
  const result = await build({ ...common, stdin: { contents, loader: "css", resolveDir: dirname(paths[0]) }, loader });
  return result.outputFiles[0].text;
}

async function licence(name) {
  const { folder, about } = await packageOf(name);
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? await readFile(join(folder, file), "utf8") : `Licence: ${about.license}`;
  return `${name} ${about.version}\n\n${text.trim()}\n`;
}

/** Files of plugins that Folium asks for, by the file name in the address that it asks with. */
async function assets(table) {
  const index = {};
  const names = new Set();
  await mkdir(join(out, "assets"), { recursive: true });
  for (const { file, package: name, path, only } of table) {
    const { folder } = await packageOf(name);
    const from = [path].flat().map((part) => join(folder, part));
    const to = join(out, "assets", file);
    if (file.endsWith(".css")) await writeFile(to, await style(from, only));
    else
      await writeFile(
        to,
        (await transform(await readFile(from[0], "utf8"), { minify: true, legalComments: "none" })).code,
      );
    index[file] = file;
    names.add(name);
  }
  await writeFile(join(out, "assets", "assets.json"), JSON.stringify(index, null, 1));
  return names;
}

await mkdir(out, { recursive: true });
const [page, review, streets] = await scripts();
await writeFile(join(out, "page.js"), page);
await writeFile(join(out, "review.js"), review);
await writeFile(join(out, "review.css"), await style(["src/review/review.css"]));
await writeFile(join(out, "streets.js"), streets);
await writeFile(
  join(out, "streets_licences.txt"),
  (await Promise.all(STREET_PACKAGES.map(licence))).join("\n\n"),
);
await writeFile(join(out, "page.css"), await style(["src/page.css"]));
await copyFile(require.resolve("leaflet/dist/leaflet.js"), join(out, "leaflet.js"));
await writeFile(join(out, "leaflet.css"), await style([require.resolve("leaflet/dist/leaflet.css")]));
const plugins = await assets(JSON.parse(await readFile("plugins.json", "utf8")));
await writeFile(join(out, "licences.txt"), await licence("leaflet"));
await writeFile(join(out, "assets", "licences.txt"), (await Promise.all([...plugins].map(licence))).join("\n\n"));
const versions = await Promise.all(
  ["leaflet", ...plugins].map(async (name) => [name, (await packageOf(name)).about.version]),
);
await writeFile(join(out, "versions.json"), JSON.stringify(Object.fromEntries(versions), null, 1));
