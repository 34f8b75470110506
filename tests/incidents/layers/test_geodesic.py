"""Circles and arcs are true on the globe and cut where the map is."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.earth import GEOD
from geo.errors import CrsError
from geo.incidents.layers.geodesic import arcs, circles, distances_km, side_by_side


def circle(lon: float, lat: float, radius_m: float) -> shapely.Geometry:
    return circles(np.array([lon]), np.array([lat]), np.array([radius_m]))[0]


def test_every_corner_of_a_circle_is_one_radius_away() -> None:
    corners = shapely.get_coordinates(circle(44.37, 33.31, 25_000.0))
    _, _, away_m = GEOD.inv(np.full(len(corners), 44.37), np.full(len(corners), 33.31), *corners.T)
    assert away_m == pytest.approx(25_000.0, abs=0.01)


def test_a_circle_in_the_north_is_wide_in_degrees() -> None:
    west, south, east, north = circle(20.0, 70.0, 50_000.0).bounds
    assert (east - west) / (north - south) == pytest.approx(1 / np.cos(np.radians(70)), rel=0.03)


def test_a_circle_over_the_antimeridian_is_cut_into_two_halves() -> None:
    fiji = circle(179.9, -17.0, 100_000.0)
    assert fiji.geom_type == "MultiPolygon"
    assert len(fiji.geoms) == 2
    assert fiji.contains(shapely.Point(-179.9, -17.0))
    assert not fiji.intersects(shapely.Point(0, -17.0))


@pytest.mark.parametrize("lat", [89.9, -89.9])
def test_a_circle_round_a_pole_reaches_it(lat: float) -> None:
    cap = circle(30.0, lat, 500_000.0)
    assert cap.contains(shapely.Point(-150.0, np.sign(lat) * 89.99))
    assert cap.bounds[0] == -180
    assert cap.bounds[2] == 180


@settings(deadline=None)
@given(
    st.floats(-180, 180),
    st.floats(-90, 90),
    st.one_of(st.floats(1, 1_000_000), st.floats(1, 30_000_000)),
)
def test_every_circle_is_valid_on_the_map_and_holds_its_centre(lon: float, lat: float, radius_m: float) -> None:
    shape = circle(lon, lat, radius_m)
    assert shape.is_valid
    west, south, east, north = shape.bounds
    assert west >= -180
    assert south >= -90
    assert east <= 180
    assert north <= 90
    assert shape.distance(shapely.Point(lon, lat)) < 1e-9
    rings = shapely.get_exterior_ring(shapely.get_parts(shape))
    assert shapely.is_ccw(rings).all()


def test_an_arc_keeps_to_the_shortest_way() -> None:
    tehran, washington = np.array([[51.39, 35.69]]), np.array([[-77.04, 38.9]])
    line = arcs(tehran, washington)[0]
    assert GEOD.geometry_length(line) == pytest.approx(GEOD.inv(51.39, 35.69, -77.04, 38.9)[2], rel=1e-3)
    assert line.bounds[3] > 60  # over the north, not along the parallel


def test_an_arc_over_the_antimeridian_is_cut_there() -> None:
    line = arcs(np.array([[170.0, 10.0]]), np.array([[-170.0, 20.0]]))[0]
    assert line.geom_type == "MultiLineString"
    assert [part.coords[-1][0] for part in line.geoms] == [180.0, -170.0]
    assert line.geoms[1].coords[0][0] == -180.0
    assert line.geoms[1].coords[0][1] == pytest.approx(line.geoms[0].coords[-1][1])
    assert max(abs(np.diff([x for part in line.geoms for x, _ in part.coords]))) == 360.0


def test_no_arc_leads_nowhere_or_to_where_it_begins() -> None:
    starts = np.array([[44.0, 33.0], [44.0, 33.0]])
    ends = np.array([[np.nan, np.nan], [44.0, 33.0]])
    assert list(arcs(starts, ends)) == [None, None]


@pytest.mark.parametrize(("lat", "degree_km"), [(0, 111.320), (60, 55.800), (90, 0.0)])
def test_a_degree_of_longitude_shrinks_towards_the_pole(lat: float, degree_km: float) -> None:
    places = gpd.GeoDataFrame(geometry=[shapely.Point(1, lat), None], crs="EPSG:4326")
    there, nowhere = distances_km(shapely.Point(0, lat), places)
    assert there == pytest.approx(degree_km, abs=0.01)
    assert np.isnan(nowhere)


def test_degrees_of_another_kind_are_refused() -> None:
    with pytest.raises(CrsError, match="to_crs"):
        distances_km(shapely.Point(0, 0), gpd.GeoDataFrame(geometry=[shapely.Point(1, 1)], crs="EPSG:3857"))


@pytest.mark.parametrize(
    ("lon", "moved"),
    [
        ([178.4, -179.9], [178.4, 180.1]),  # Fiji
        ([-170.0, 160.0, float("nan")], [190.0, 160.0, float("nan")]),  # Alaska and Kamchatka
        ([-77.0, 44.4], [-77.0, 44.4]),  # Washington and Baghdad
        ([-120.0, 44.4, 140.0], [-120.0, 44.4, 140.0]),  # all round the world
        ([float("nan")], [float("nan")]),
    ],
)
def test_what_lies_on_both_sides_of_the_antimeridian_is_brought_together(lon: list[float], moved: list[float]) -> None:
    assert side_by_side(np.array(lon)).tolist() == pytest.approx(moved, nan_ok=True)
