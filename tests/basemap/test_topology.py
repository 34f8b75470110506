"""Shapes that share an arc share a border."""

import numpy as np

from geo.basemap.topology import cut_at_antimeridian, decode_arcs, polygons, ring_coordinates, shared_arcs

# Two unit squares side by side: arc 0 is the wall between them, arcs 1 and 2 go round each.
TWO_SQUARES = {
    "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
    "arcs": [
        [[2, 0], [0, 2]],
        [[2, 2], [-2, 0], [0, -2], [2, 0]],
        [[2, 2], [2, 0], [0, -2], [-2, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "arcs": [[[0, 2]]]},
                {"type": None},
            ]
        }
    },
}
GEOMETRIES = TWO_SQUARES["objects"]["countries"]["geometries"]


def test_arcs_are_differences_on_a_grid() -> None:
    assert decode_arcs(TWO_SQUARES)[0].tolist() == [[11, 20], [11, 21]]


def test_a_ring_is_closed_and_holds_each_corner_once() -> None:
    ring = ring_coordinates(polygons(GEOMETRIES[0])[0][0], decode_arcs(TWO_SQUARES))
    assert ring.tolist() == [[11, 20], [11, 21], [10, 21], [10, 20], [11, 20]]


def test_an_arc_given_as_its_complement_runs_backwards() -> None:
    assert np.array_equal(ring_coordinates([~0], decode_arcs(TWO_SQUARES)), [[11, 21], [11, 20]])


def test_only_the_wall_between_the_squares_is_a_border() -> None:
    assert list(shared_arcs(GEOMETRIES)) == [(0, (0, 1))]


def test_a_country_too_small_for_the_scale_has_no_polygons() -> None:
    assert polygons(GEOMETRIES[2]) == []


def test_an_island_on_the_antimeridian_is_cut_in_two() -> None:
    island = np.array([[179.0, -16], [179, -17], [-179, -17], [-179, -16], [179, -16]])
    east, west = sorted(part[0][:, 0].tolist() for part in cut_at_antimeridian([island]))
    assert (min(east), max(east)) == (-180, -179)
    assert (min(west), max(west)) == (179, 180)


def test_a_coast_round_the_pole_is_closed_along_the_pole() -> None:
    coast = np.array([[-180.0, -70], [-90, -70], [0, -70], [90, -70], [180, -70], [-180, -70]])
    ring = cut_at_antimeridian([coast])[0][0]
    x, y = ring[:-1].T, ring[1:].T
    area = abs(np.sum(x[0] * y[1] - y[0] * x[1])) / 2
    assert area == 360 * 20


def test_a_polygon_elsewhere_is_left_as_it_is() -> None:
    square = np.array([[10.0, 20], [10, 21], [11, 21], [10, 20]])
    assert cut_at_antimeridian([square])[0][0] is square
