import numpy as np
import pytest

from geo.gazetteer.extent import distances_m, middle, reach_m, thinned
from geo.gazetteer.parts import bearing_of, middle_of_people, part_of_circle, part_of_settlements


def test_london_is_344_km_from_paris() -> None:
    assert distances_m(-0.1276, 51.5072, np.array([2.3522]), np.array([48.8566]))[0] == pytest.approx(
        344_000, rel=0.005
    )


def test_the_middle_of_two_points_beside_the_antimeridian_lies_between_them() -> None:
    lon, lat = middle(np.array([179.0, -177.0]), np.array([-17.0, -17.0]))
    assert lon % 360 == pytest.approx(181, abs=0.01)
    assert lat == pytest.approx(-17, abs=0.05)


def test_ninety_per_cent_of_the_points_lie_within_the_reach() -> None:
    generator = np.random.default_rng(7)
    lons, lats = generator.normal(44, 1, 500), generator.normal(33, 1, 500)
    reach = reach_m(44, 33, lons, lats)
    assert (distances_m(44, 33, lons, lats) <= reach).mean() == pytest.approx(0.9, abs=0.005)


def test_an_area_reaches_at_least_as_far_as_a_disc_of_its_size() -> None:
    assert reach_m(0, 0, np.array([]), np.array([]), area_km2=31_416) == pytest.approx(94_868, rel=0.01)


def test_a_crowded_corner_counts_once() -> None:
    crowd = np.array([[44.01, 33.01]] * 50 + [[46.01, 33.01]])
    assert thinned(crowd).tolist() == pytest.approx(np.array([[44.01, 33.01], [46.01, 33.01]]))


@pytest.mark.parametrize(
    ("words", "bearing"),
    [
        ("north", 0),
        ("northern", 0),
        ("North-East", 45),
        ("southeastern", 135),
        ("W", 270),
        ("nw", 315),
        ("central", None),
    ],
)
def test_a_direction_in_words_is_a_bearing(words: str, bearing: float | None) -> None:
    assert bearing_of(words) == bearing


def test_the_east_of_a_square_lies_in_its_east() -> None:
    lons, lats = (axis.ravel() for axis in np.meshgrid(np.linspace(40, 44, 17), np.linspace(30, 34, 17)))
    part = part_of_settlements(lons, lats, 90)
    assert part is not None
    assert part[0] == pytest.approx(43.2, abs=0.2)
    assert part[1] == pytest.approx(32, abs=0.2)


def test_too_few_settlements_show_no_shape() -> None:
    assert part_of_settlements(np.array([1.0, 2.0]), np.array([1.0, 2.0]), 0) is None


def test_the_north_of_a_round_region_lies_north_of_its_middle_and_inside() -> None:
    lon, lat, radius_m = part_of_circle(38, 48, 150_000, 0)
    assert lon == 38
    assert (lat - 48) * 111_195 + radius_m == pytest.approx(150_000 * 1.1)


def test_people_pull_the_middle_of_an_area_towards_their_towns() -> None:
    lons, lats = np.array([30.0, 31.0, 32.0, 33.0, 34.0]), np.full(5, 10.0)
    even = middle_of_people(lons, lats, np.full(5, 1000.0))
    crowded = middle_of_people(lons, lats, np.array([1000.0, 1000.0, 1000.0, 1000.0, 100_000.0]))
    assert even is not None
    assert crowded is not None
    assert even[0] == pytest.approx(32.0, abs=0.01)
    assert 33.0 < crowded[0] < 34.0
    assert crowded[2] > even[2]  # from there the far end is further


def test_few_settlements_show_no_middle_of_people() -> None:
    assert middle_of_people(np.array([1.0]), np.array([1.0]), np.array([5000.0])) is None
