"""Hold a text against RFC 7946, strictly: what it says MUST and SHOULD about what is written."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Self

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
MOST_DECIMALS = 7
NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.(\d+))?(?:[eE][-+]?\d+)?")


class Number(float):
    """A number that knows how it was written."""

    text: str

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        made.text = text
        return made


def faults(raw: bytes) -> list[str]:
    """Say everything that is wrong with a GeoJSON file."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return ["begins with a byte order mark"]
    try:
        text = raw.decode("utf-8")
        found = json.loads(text, parse_float=Number, parse_constant=_refuse, object_pairs_hook=_unique)
    except (UnicodeDecodeError, ValueError) as error:
        return [f"is no JSON in UTF-8: {error}"]
    return list(_collection(found))


def _refuse(text: str) -> Any:
    msg = f"{text} is no JSON"
    raise ValueError(msg)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        msg = f"a key stands twice in {[key for key, _ in pairs]}"
        raise ValueError(msg)
    return dict(pairs)


def _collection(found: Any) -> Iterator[str]:
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        yield "is no FeatureCollection"
        return
    if "crs" in found:
        yield "has a crs (appendix B.1: removed)"
    for key in ("coordinates", "geometries", "geometry", "properties"):
        if key in found:
            yield f"a FeatureCollection has no {key} (section 7.1)"
    features = found.get("features")
    if not isinstance(features, list):
        yield "features is no array (section 3.3)"
        return
    for n, feature in enumerate(features):
        yield from (f"feature {n}: {fault}" for fault in _feature(feature))
    yield from _bbox(found.get("bbox"), features)


def _feature(feature: Any) -> Iterator[str]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield "is no Feature"
        return
    if not {"geometry", "properties"} <= set(feature):
        yield "lacks geometry or properties (section 3.2)"
        return
    for key in ("coordinates", "geometries", "features", "crs"):
        if key in feature:
            yield f"a Feature has no {key} (section 7.1)"
    if "id" in feature and (isinstance(feature["id"], bool) or not isinstance(feature["id"], str | int | float)):
        yield "id is neither text nor number (section 3.2)"
    if feature["properties"] is not None and not isinstance(feature["properties"], dict):
        yield "properties is no object (section 3.2)"
    if feature["geometry"] is not None:
        yield from _geometry(feature["geometry"])


def _geometry(geometry: Any) -> Iterator[str]:
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        for part in geometry.get("geometries", ["missing"]):
            yield from _geometry(part)
        return
    if kind not in DEPTH or set(geometry) - {"type", "coordinates", "bbox"}:
        yield f"{kind!r} with {sorted(geometry)} is no geometry (section 3.1)"
        return
    arrays = _at_depth(geometry["coordinates"], max(DEPTH[kind] - 1, 0))
    for array in arrays:
        positions = [array] if kind == "Point" else array
        yield from (fault for position in positions for fault in _position(position))
        if kind.endswith("LineString") and len(positions) < 2:
            yield "a line has fewer than two positions (section 3.1.4)"
        if kind not in {"MultiPoint", "Point"}:
            yield from _crossing(positions)
    if kind.endswith("Polygon"):
        for rings in _at_depth(geometry["coordinates"], DEPTH[kind] - 2):
            yield from _rings(rings)


def _at_depth(coordinates: Any, depth: int) -> Iterator[Any]:
    if depth == 0:
        yield coordinates
    else:
        for part in coordinates:
            yield from _at_depth(part, depth - 1)


def _position(position: Any) -> Iterator[str]:
    if not isinstance(position, list) or not 2 <= len(position) <= 3:
        yield f"{position} is no position (section 3.1.1)"
        return
    if any(isinstance(axis, bool) or not isinstance(axis, int | float) for axis in position):
        yield f"{position} is not made of numbers (section 3.1.1)"
        return
    if abs(position[0]) > 180 or abs(position[1]) > 90:
        yield f"{position} is not on the globe (section 4)"
    for axis in position:
        decimals = NUMBER.fullmatch(getattr(axis, "text", str(axis)))
        if decimals is None or len(decimals[1] or "") > MOST_DECIMALS:
            yield f"{axis!r} has more than {MOST_DECIMALS} decimals (section 11.2)"


def _crossing(positions: Any) -> Iterator[str]:
    """A shape that crosses the antimeridian is cut there (section 3.1.9)."""
    for (before, lat, *_), (after, next_lat, *_) in pairwise(positions):
        at_pole = lat == next_lat and abs(lat) == 90  # one point, whatever the longitude
        if abs(after - before) > 180 and not at_pole:
            yield f"goes round the world from {before} to {after} (section 3.1.9)"


def _rings(rings: Any) -> Iterator[str]:
    for n, ring in enumerate(rings):
        if len(ring) < 4 or ring[0] != ring[-1]:
            yield "a ring is not closed, or has fewer than four positions (section 3.1.6)"
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
        if (area > 0) != (n == 0):
            yield "a ring does not follow the right-hand rule (section 3.1.6)"


def _bbox(bbox: Any, features: list[Any]) -> Iterator[str]:
    """The box holds every position; its west is greater than its east across the antimeridian (section 5.2)."""
    positions = [p for f in features if isinstance(f, dict) and f.get("geometry") for p in _positions(f["geometry"])]
    if not positions:
        return
    if not isinstance(bbox, list) or len(bbox) != 4:
        yield f"bbox is {bbox}: expected west, south, east, north (section 5)"
        return
    west, south, east, north = bbox
    for lon, lat, *_ in positions:
        inside = west <= lon <= east if west <= east else lon >= west or lon <= east
        if not inside or not south <= lat <= north:
            yield f"{lon}, {lat} lies outside of the bbox (section 5)"
            return


def _positions(geometry: Any) -> Iterator[Any]:
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _positions(part)
    else:
        yield from _at_depth(geometry["coordinates"], DEPTH.get(geometry["type"], 0))
