"""Turn the description of a place into a point and a radius, by geodesic arithmetic.

Degrees are longitude and latitude on WGS 84 (EPSG:4326); distances are metres.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.earth import GEOD
from geo.gazetteer import Place, open_gazetteer
from geo.geoparsing.location.spatial_relations import SpatialRelation
from geo.resources import read_table

# "North of Baghdad" with no distance: beyond the city's edge, within an hour's drive.
_BEYOND_M: Final = 15_000.0
_BEYOND_REACH_M: Final = 30_000.0
# A stated distance is rounded, and measured by road.
_DISTANCE_SLACK: Final = 0.3
_PART_SHIFT: Final = 0.5  # of the radius of the whole
_PART_REACH: Final = 0.7
_SURE: Final = 0.8
_LARGEST_M: Final = 10_000_000.0
_APART_M: Final = 30_000.0

_AREAS: Final = frozenset({"country", "admin", "region"})
PRECISION_OF: Final[dict[str, str]] = {
    "site": "site", "settlement": "settlement", "admin": "admin", "region": "region", "country": "country",
    "other": "region",
}  # fmt: skip


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class Footprint:
    """A point with its precision and the radius in which the true place should lie."""

    lon: float
    lat: float
    geo_precision: str
    reach_m: float


@cache
def calibration() -> Mapping[tuple[str, bool], tuple[float, float]]:
    """Read by what factor, and by how many metres more, circles must be wider than places reach."""
    return {
        (row["geo_precision"], row["sure"] == "yes"): (float(row["times"]), float(row["plus_m"]))
        for row in read_table("models/uncertainty.csv")
    }


def uncertainty_m(footprint: Footprint, confidence: float) -> float:
    """Give the radius in metres in which nine of ten true places lie."""
    times, plus = calibration()[footprint.geo_precision, confidence >= _SURE]
    return round(min(footprint.reach_m * times + plus, _LARGEST_M), 0)


def footprint_of(place: Place, relation: SpatialRelation) -> Footprint:
    """Place what is described by its relation to a known place."""
    precision, radius = PRECISION_OF[place.kind], place.radius_m
    if relation.relation == "at":
        return Footprint(place.lon, place.lat, precision, radius)
    if relation.relation == "part":
        return _part(place, relation)
    if relation.relation == "border":
        return Footprint(place.lon, place.lat, precision, radius + relation.reach_m)
    if relation.relation == "near" or relation.bearing is None:
        beside = precision if place.kind in _AREAS else "near"  # "off Yemen" is no sharper than Yemen
        return Footprint(place.lon, place.lat, beside, radius + relation.reach_m + (relation.distance_m or 0.0))
    return _towards(place, relation.bearing, relation.distance_m)


def _part(place: Place, relation: SpatialRelation) -> Footprint:
    """Place the northern part of an area; of a town, the town with a point on that side."""
    if place.kind in _AREAS:
        part = open_gazetteer().part_of(place, "central" if relation.bearing is None else relation.direction)
        return Footprint(part.lon, part.lat, "region", part.radius_m)
    precision = PRECISION_OF[place.kind]
    if relation.bearing is None:
        return Footprint(place.lon, place.lat, precision, place.radius_m * _PART_REACH)
    lon, lat = move(place.lon, place.lat, relation.bearing, place.radius_m * _PART_SHIFT)
    return Footprint(lon, lat, precision, place.radius_m * _PART_REACH)


def _towards(place: Place, bearing: float, distance_m: float | None) -> Footprint:
    if place.kind in _AREAS:
        lon, lat = move(place.lon, place.lat, bearing, place.radius_m + (distance_m or 0.0))
        return Footprint(lon, lat, "region", place.radius_m)
    if distance_m is None:
        lon, lat = move(place.lon, place.lat, bearing, place.radius_m + _BEYOND_M)
        return Footprint(lon, lat, "near", place.radius_m + _BEYOND_REACH_M)
    lon, lat = move(place.lon, place.lat, bearing, distance_m)
    return Footprint(lon, lat, "near", max(distance_m * _DISTANCE_SLACK, min(place.radius_m, 10_000.0)))


def agrees(place: Place, footprint: Footprint) -> bool:
    """Say whether a place may be the one at a point, and not a place of the same name far from it."""
    *_, apart = GEOD.inv(place.lon, place.lat, footprint.lon, footprint.lat)
    return float(apart) <= 2 * footprint.reach_m + place.radius_m + _APART_M


def midway(a: Place, b: Place) -> Footprint:
    """Place what lies between two places: in the middle, reaching to both."""
    bearing, _, distance = GEOD.inv(a.lon, a.lat, b.lon, b.lat)
    lon, lat = move(a.lon, a.lat, float(bearing), float(distance) / 2)
    precision = "region" if _AREAS & {a.kind, b.kind} else "near"
    return Footprint(lon, lat, precision, float(distance) / 2 + min(a.radius_m, b.radius_m))


def move(lon: float, lat: float, bearing: float, distance_m: float) -> tuple[float, float]:
    """Go a distance in metres from a point towards a bearing in degrees, along the geodesic."""
    there_lon, there_lat, _ = GEOD.fwd(lon, lat, bearing, distance_m)
    return float(there_lon), float(there_lat)
