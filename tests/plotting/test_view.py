"""The globe is laid flat so that what is near stays near and circles stay round."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.plotting.view import as_path, choose_view


def view_of(*places: tuple[float, float], radius_m: float = 5_000.0):
    return choose_view(np.array(places, dtype=float).reshape(-1, 2), np.full(len(places), radius_m))


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=6))
def test_every_place_is_on_the_map(places: list[tuple[float, float]]) -> None:
    view = view_of(*places)
    left, bottom, right, top = view.box
    flat = view.project(np.array(places))
    assert np.isfinite(flat).all()
    assert (flat >= [left - 1, bottom - 1]).all()
    assert (flat <= [right + 1, top + 1]).all()
    assert 1.0 < view.aspect < 2.1


def test_a_kilometre_is_a_kilometre_in_baghdad_and_in_tromso() -> None:
    for lon, lat in ((44.37, 33.31), (18.96, 69.65)):
        view = view_of((lon, lat))
        flat = view.project(np.array([[lon, lat], [lon, lat + 0.1], [lon + 0.1, lat]]))
        assert np.hypot(*(flat[1] - flat[0])) == pytest.approx(11_132, rel=0.01)
        assert np.hypot(*(flat[2] - flat[0])) == pytest.approx(11_132 * np.cos(np.radians(lat)), rel=0.01)


def test_the_box_in_degrees_holds_the_map_and_may_cross_the_antimeridian() -> None:
    west, south, east, north = view_of((44.0, 33.0), (45.0, 36.0)).degrees_box or (0, 0, 0, 0)
    assert west < 44
    assert east > 45
    assert south < 33
    assert north > 36
    west, _, east, _ = view_of((179.0, -17.0), (-179.0, -17.0)).degrees_box or (0, 0, 0, 0)
    assert west > east


@pytest.mark.parametrize("places", [[], [(0, 89), (180, 89)], [(-77, 38), (51, 35), (139, 35)]])
def test_poles_and_the_whole_world_have_no_box(places: list[tuple[float, float]]) -> None:
    assert view_of(*places).degrees_box is None


def test_a_country_wide_circle_does_not_push_the_map_out_of_its_region() -> None:
    left, _, right, _ = view_of((44, 33), (45, 34), radius_m=3_000_000.0).box
    assert right - left < 1_500_000


def test_an_area_that_leaves_lines_at_the_edge_of_the_view_is_drawn_without_them() -> None:
    area = shapely.box(0, 0, 1, 1)
    parts = shapely.GeometryCollection([shapely.LineString([(2, 0), (2, 1)]), shapely.MultiPolygon([area])])
    assert as_path(parts).vertices.tolist() == as_path(area).vertices.tolist()
