"""The basemap knows where land is, and hands out a region in a moment."""

import geopandas as gpd
import pytest
from shapely import Point, box

from geo import basemap
from geo.basemap.layers import suitable_scale

IRAQ = (38.0, 29.0, 49.0, 38.0)


def country_at(lon: float, lat: float) -> list[str]:
    near = basemap.countries((lon - 1, lat - 1, lon + 1, lat + 1))
    return near.country_code[near.contains(Point(lon, lat))].tolist()


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (44.4, 33.3, "IQ"),
        (38.8, 35.0, "SY"),
        (21.16, 42.66, "XK"),
        (-0.1, 51.5, "GB"),
        (178.0, -17.8, "FJ"),
        (0, -80, "AQ"),
    ],
)
def test_a_capital_lies_in_its_country(lon: float, lat: float, code: str) -> None:
    assert country_at(lon, lat) == [code]


def test_the_open_sea_is_nobodys() -> None:
    assert basemap.countries((-35.0, 30.0, -30.0, 35.0)).empty
    assert basemap.land((-35.0, 30.0, -30.0, 35.0)).empty


def test_shapes_end_at_the_box() -> None:
    region = box(*IRAQ)
    for layer in (basemap.countries(IRAQ), basemap.borders(IRAQ), basemap.admin1(IRAQ), basemap.land(IRAQ)):
        assert layer.crs == "EPSG:4326"
        assert region.buffer(1e-9).contains(gpd.GeoSeries(layer.geometry).union_all())


def test_borders_run_between_neighbours_and_not_along_coasts() -> None:
    pairs = {frozenset(name.split(" - ")) for name in basemap.borders(IRAQ).name}
    assert {frozenset({"Iraq", other}) for other in ("Syria", "Iran", "Turkey", "Kuwait")} <= pairs
    assert basemap.borders((143.0, -39.0, 149.0, -27.0)).empty  # Australia has none


def test_land_is_the_countries_without_their_borders() -> None:
    countries = basemap.countries(IRAQ).to_crs("ESRI:54009").area.sum()
    land = basemap.land(IRAQ).to_crs("ESRI:54009").area.sum()
    assert land == pytest.approx(countries, rel=1e-3)


def test_the_tigris_runs_past_baghdad_and_lake_tharthar_lies_west_of_samarra() -> None:
    assert {"Tigris", "Euphrates"} <= set(basemap.rivers(IRAQ).name)
    assert not basemap.rivers((44.36, 33.30, 44.42, 33.36)).empty  # the city's centre: 6 km on each side
    tharthar = basemap.lakes((43.0, 33.7, 43.6, 34.3))
    assert tharthar.contains(Point(43.3, 33.95)).any()


def test_a_coarse_map_shows_the_large_waters_alone() -> None:
    for layer in (basemap.rivers, basemap.lakes):
        assert 0 < len(layer(scale=110)) < len(layer(scale=50)) < len(layer(scale=10))


def test_provinces_of_iraq_are_known() -> None:
    lines = basemap.admin1(IRAQ)
    of_iraq = lines[lines.country_code == "IQ"].to_crs("ESRI:54009")
    assert of_iraq.length.sum() > 2_000_000  # metres: Anbar's alone are near 1,000 km


def test_a_box_across_the_antimeridian_holds_both_sides() -> None:
    both = basemap.countries((170.0, -20.0, -170.0, 0.0))
    assert {"FJ", "TO", "WS"} <= set(both.country_code)
    assert both.total_bounds[0] == -180
    assert both.total_bounds[2] == 180


def test_no_country_is_drawn_the_long_way_round_the_world() -> None:
    for scale, found in ((scale, basemap.countries(scale=scale)) for scale in (10, 50, 110)):
        wide = found[
            found.geometry.map(lambda s: max(p.bounds[2] - p.bounds[0] for p in getattr(s, "geoms", [s]))) > 170
        ]
        assert set(wide.country_code) <= {"AQ"}, scale


def test_all_shapes_are_valid() -> None:
    assert basemap.countries(scale=50).is_valid.all()
    assert basemap.countries((-10.0, 35.0, 40.0, 70.0)).is_valid.all()


@pytest.mark.parametrize(
    ("bbox", "scale"), [(IRAQ, 10), ((-20, -40, 60, 40), 50), (None, 110), ((170, 0, -170, 10), 10)]
)
def test_the_scale_suits_the_size(bbox: tuple[float, float, float, float] | None, scale: int) -> None:
    assert suitable_scale(bbox) == scale


def test_only_the_region_is_read() -> None:
    world = (-180.0, -90.0, 180.0, 90.0)
    assert len(basemap.countries(IRAQ)) < len(basemap.countries(world)) / 5


def test_the_borders_say_what_they_do_not_claim() -> None:
    assert "Natural Earth" in basemap.ATTRIBUTION
    assert "takes no side" in basemap.BORDER_NOTE
    with pytest.raises(AttributeError, match="it has ATTRIBUTION"):
        _ = basemap.roads


def test_land_is_whole_where_a_box_cuts_neighbours_at_points_that_differ_in_the_last_digit() -> None:
    bay_of_bengal = (76.19651301482577, 4.377250558257811, 114.67671048856181, 32.08849526341502)
    [shape] = basemap.land(bay_of_bengal).geometry
    assert shape.is_valid
    assert shape.contains(Point(96.1, 21.9))  # Mandalay
    assert not shape.contains(Point(89, 15))
