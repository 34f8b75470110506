"""Shapes across the 180th meridian come out whole, on either side of it, and valid."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from geo.antimeridian import cut_shape, polar_cap

WORLD = box(-180, -90, 180, 90)
AROUND_THE_POLE = [(lon, 70.0 + lon % 7) for lon in range(-180, 180, 10)]


@pytest.mark.parametrize("ring", [AROUND_THE_POLE, AROUND_THE_POLE[::-1], [(x + 175, y) for x, y in AROUND_THE_POLE]])
@pytest.mark.parametrize("sign", [1, -1], ids=["north", "south"])
def test_a_ring_round_a_pole_reaches_up_to_it(ring: list[tuple[float, float]], sign: int) -> None:
    cap = cut_shape(Polygon([(lon, sign * lat) for lon, lat in ring]))
    assert cap.is_valid
    assert cap.within(WORLD)
    assert cap.bounds[0] == -180
    assert cap.bounds[2] == 180
    assert cap.intersects(Point(33, sign * 89.9))
    assert not cap.intersects(Point(33, sign * 60))


@pytest.mark.parametrize(
    "corners",
    [
        [(178, -19), (-178, -19), (-178, -15), (178, -15)],  # jumps, as most programs write Fiji
        [(178, -19), (182, -19), (182, -15), (178, -15)],  # goes on beyond 180, as trackers do
        [(-182, -19), (-178, -19), (-178, -15), (-182, -15)],
    ],
)
def test_a_box_across_the_meridian_has_a_half_on_each_side(corners: list[tuple[float, float]]) -> None:
    halves = cut_shape(Polygon(corners))
    assert isinstance(halves, MultiPolygon)
    assert halves.is_valid
    assert sorted(part.bounds for part in halves.geoms) == [(-180, -19, -178, -15), (178, -19, 180, -15)]


def test_a_hole_stays_in_the_half_that_it_lies_in() -> None:
    holed = Polygon([(170, 0), (-170, 0), (-170, 20), (170, 20)], [[(-176, 5), (-174, 5), (-174, 10), (-176, 10)]])
    cut = cut_shape(holed)
    assert cut.area == pytest.approx(20 * 20 - 2 * 5)
    assert not cut.intersects(Point(-175, 7))


def test_a_line_is_cut_where_it_leaves_the_map() -> None:
    cut = cut_shape(LineString([(170, 0), (-170, 10)]))
    assert sorted(part.bounds for part in cut.geoms) == [(-180, 5, -170, 10), (170, 0, 180, 5)]


def test_what_does_not_cross_stays_as_it_is() -> None:
    shape = box(10, 20, 30, 40)
    assert cut_shape(shape).equals(shape)
    assert cut_shape(Point(190, 5)) == Point(-170, 5)


@given(st.floats(-180, 180), st.floats(50, 89), st.sampled_from([90.0, -90.0]))
def test_every_polar_cap_is_valid(turned: float, lat: float, pole: float) -> None:
    lon = np.linspace(0, 350, 36) + turned
    cap = polar_cap(np.column_stack([lon, np.full(36, lat * np.sign(pole))]), pole)
    assert cap.is_valid
    assert shapely.covers(WORLD, cap)
