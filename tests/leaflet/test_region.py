"""The basemap is fine where incidents are, and coarse elsewhere."""

import numpy as np
import pytest
from shapely import LineString

from geo.incidents import to_frame
from geo.leaflet import to_map
from geo.leaflet.region import basemap_block, bounds_of, central, code_all, fine_boxes, region_of
from tests.leaflet.decoding import read_page
from tests.leaflet.stories import incident

BAGHDAD, WASHINGTON, SUVA = (44.4, 33.3), (-77.0, 38.9), (178.4, -18.1)


def covers(box: tuple[float, ...], point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


@pytest.mark.parametrize(
    "places", [[BAGHDAD], [BAGHDAD, WASHINGTON], [SUVA, (-178.0, -18.0)], [(0.0, 89.9)], [(-180.0, -90.0)]]
)
def test_every_incident_lies_in_a_fine_box(places: list[tuple[float, float]]) -> None:
    boxes = fine_boxes(np.array(places))
    for place in places:
        assert any(covers(box, place) for box in boxes) or abs(place[1]) > 85
    for west, south, east, north in boxes:
        assert -180 <= west < east <= 180
        assert -85 <= south < north <= 85


def test_both_sides_of_the_antimeridian_are_drawn_finely() -> None:
    boxes = fine_boxes(np.array([SUVA]))
    assert any(covers(box, (-178.5, -18.0)) for box in boxes)


def test_boxes_do_not_overlap() -> None:
    rng = np.random.default_rng(1)
    boxes = fine_boxes(np.column_stack([rng.normal(43, 20, 500), rng.normal(34, 10, 500)]))
    area = sum((e - w) * (n - s) for w, s, e, n in boxes)
    cells = {(x, y) for w, s, e, n in boxes for x in range(int(w), int(e)) for y in range(int(s), int(n))}
    assert area == len(cells)


def test_the_region_surrounds_the_incidents_and_two_continents_are_the_world() -> None:
    region = region_of((44.0, 33.0, 45.0, 34.0))
    assert region == (39.0, 28.0, 50.0, 39.0)
    assert region_of((-120.0, 30.0, 60.0, 50.0)) is None
    assert region_of(None) is None


def test_bounds_hold_points_with_their_circles() -> None:
    points = np.array([[44.0, 60.0], [np.nan, np.nan]])
    assert bounds_of(points) == (44, 60, 44, 60)
    west, south, east, north = bounds_of(points, np.array([111_320.0, 5.0]))
    assert (south, north) == (59, 61)
    assert (west, east) == pytest.approx((42, 46))
    assert bounds_of(np.array([[np.nan, np.nan]])) is None
    assert bounds_of(np.array([[179.0, 89.0]]), np.array([1e6])) == pytest.approx((75.93, 80.02, 180, 90), abs=0.01)


def test_lines_are_coded_as_steps_without_repeats() -> None:
    lines = np.array([LineString([(1, 2), (1.001, 2.0), (1.5, 2.5)]), LineString([(3, 3), (4, 4)])])
    assert code_all(lines, 100) == [[100, 200, 50, 50], [300, 300, 100, 100]]


def test_the_block_of_one_town_is_small_and_knows_its_neighbours() -> None:
    block = basemap_block(np.array([BAGHDAD]))
    names = block["labels"]["name"]
    assert {"Baghdad", "Mosul", "Karbala", "Kirkuk"} <= set(names)
    assert block["labels"]["rank"] == sorted(block["labels"]["rank"])
    fine = [level for level in block["levels"] if level["min_zoom"] == 4]
    assert {"IQ", "IR"} <= {country["code"] for level in fine for country in level["countries"]}


def test_a_map_without_any_place_shows_the_world() -> None:
    block = basemap_block(np.empty((0, 2)))
    assert [level["bbox"] for level in block["levels"]] == [[-180, -90, 180, 90]] * 2
    assert "Brasília" in block["labels"]["name"]


def test_one_far_place_does_not_make_the_first_view_the_world() -> None:
    iraq = [[44 + n / 10, 33 + n / 20] for n in range(11)]
    assert central(np.array([*iraq, [-70.0, -30.0]])).tolist() == [True] * 11 + [False]
    assert central(np.array([[-70.0, -30.0], *iraq[:3]])).tolist() == [False, True, True, True]
    assert central(np.array(iraq)).all(), "what lies together is all shown"
    assert central(np.array([*iraq[:6], *[[32.0, 15.0]] * 6])).all(), "two regions of equal weight are both shown"
    assert central(np.array([[44.0, 33.0], [44.1, 33.0], [-70.0, -30.0]])).all(), "of three, none is the odd one"


def test_a_province_that_incidents_are_known_by_is_outlined_once_for_all_of_them() -> None:
    anbar = {"place_name": "Anbar", "geo_precision": "admin", "lon": 41.94, "lat": 32.57, "uncertainty_m": 177_800.0}
    page = read_page(to_map(to_frame([incident(name, **anbar) for name in ("one", "two")])).get_root().render())
    outlines = page.json("outlines")
    assert len(outlines["shapes"]) == 1
    assert (outlines["rows"], outlines["shape_of"]) == ([0, 1], [0, 0])
    withheld = read_page(to_map(to_frame([incident("one", **anbar)]), coarsen_m=50_000).get_root().render())
    assert withheld.json("outlines")["shapes"] == [], "a coarsened place may lie in the province beside"
