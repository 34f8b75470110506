"""Spatial arithmetic is geodesic."""

import pytest

from geo.gazetteer import Place, open_gazetteer
from geo.geoparsing.location.spatial_relations import SpatialRelation, relation_before
from geo.geoparsing.location.uncertainty import Footprint, footprint_of, midway, move, uncertainty_m
from geo.geoparsing.words.tokens import tokenise


def place(lon: float, lat: float, kind: str = "settlement", radius_m: float = 5000) -> Place:
    return Place(
        id="geo:x", name="X", kind=kind, feature_class="P", feature_code="PPL", lon=lon, lat=lat, country_code="",
        country="", admin1="", admin2="", population=0, radius_m=radius_m, source="test",
    )  # fmt: skip


def test_a_degree_of_latitude_is_about_111_km() -> None:
    assert move(0, 0, 0, 110_574) == pytest.approx((0, 1), abs=1e-4)


def test_a_move_across_the_antimeridian_stays_within_180_degrees() -> None:
    lon, _ = move(179.9, 0, 90, 50_000)
    assert -180 <= lon < -179


def test_the_middle_of_two_places_across_the_antimeridian_lies_between_them() -> None:
    footprint = midway(place(179, 0), place(-179, 0))
    assert abs(footprint.lon) == pytest.approx(180)
    assert footprint.reach_m > 111_000


def test_at_a_place_the_point_is_the_place() -> None:
    assert footprint_of(place(10, 50), SpatialRelation(0)) == Footprint(10, 50, "settlement", 5000)


def test_far_distances_are_less_sure() -> None:
    near = footprint_of(place(10, 50), SpatialRelation(0, "towards", 90.0, 10_000))
    far = footprint_of(place(10, 50), SpatialRelation(0, "towards", 90.0, 100_000))
    assert far.reach_m > near.reach_m


def test_the_centre_of_a_country_lies_near_its_point_and_reaches_less_far() -> None:
    iraq = open_gazetteer().country("IQ")
    footprint = footprint_of(iraq, SpatialRelation(0, "part", None, direction="central"))
    assert footprint.geo_precision == "region"
    assert footprint.reach_m < iraq.radius_m
    assert (footprint.lon, footprint.lat) == pytest.approx((iraq.lon, iraq.lat), abs=1.5)


def test_an_uncertainty_grows_with_the_reach() -> None:
    assert uncertainty_m(Footprint(0, 0, "admin", 50_000), 0.9) < uncertainty_m(Footprint(0, 0, "admin", 90_000), 0.9)


@pytest.mark.parametrize(
    ("distance", "metres"),
    [
        ("twenty kilometres", 20_000),
        ("40km", 40_000),
        ("a dozen miles", 19_312),
        ("several metres", 5),
        ("a mile", 1_609),
    ],
)
def test_a_distance_is_read_in_words_or_digits_and_in_any_unit_of_the_table(distance: str, metres: float) -> None:
    tokens = tokenise(f"A bomb exploded {distance} north of Mosul.")
    relation = relation_before(tokens, len(tokens.words) - 1, 0)
    assert (relation.distance_m, relation.bearing) == (pytest.approx(metres, abs=0.5), 0)
