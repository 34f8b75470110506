"""The checker that the other tests trust finds what is wrong."""

import json
from typing import Any

import pytest

from tests.exporting.rfc7946 import faults


def collection(geometry: Any, **more: Any) -> bytes:
    feature = {"type": "Feature", "geometry": geometry, "properties": {}}
    return json.dumps(
        {"type": "FeatureCollection", "bbox": [-180, -90, 180, 90], "features": [feature], **more}
    ).encode()


def polygon(*ring: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


GOOD = [
    {"type": "Point", "coordinates": [44.3, 33.3]},
    {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
    {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]},
    polygon((0, 0), (1, 0), (1, 1)),
    None,
]


@pytest.mark.parametrize("geometry", GOOD)
def test_what_is_right_is_left_alone(geometry: Any) -> None:
    assert faults(collection(geometry)) == []


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"\xef\xbb\xbf" + collection(GOOD[0]), "byte order mark"),
        (collection(GOOD[0]).replace(b"44.3", b"NaN"), "NaN"),
        (collection(GOOD[0], crs={}), "crs"),
        (collection(GOOD[0]).replace(b"44.3", b"44.30000001"), "decimals"),
        (collection(GOOD[0]).replace(b"44.3", b"190"), "globe"),
        (collection(GOOD[0], bbox=[0, 0, 1, 1]), "outside"),
        (collection(GOOD[0], bbox=None), "bbox is"),
        (collection(polygon((0, 0), (1, 1), (1, 0))), "right-hand"),
        (collection({"type": "LineString", "coordinates": [[179, 0], [-179, 0]]}), "round the world"),
        (collection({"type": "Circle", "coordinates": [0, 0]}), "no geometry"),
        (collection(GOOD[0]).replace(b'"properties": {}', b'"x": 1'), "lacks"),
        (b'{"type": "Feature"}', "no FeatureCollection"),
        (b'{"type": "FeatureCollection", "type": "x"}', "twice"),
    ],
)
def test_what_is_wrong_is_named(raw: bytes, fault: str) -> None:
    found = faults(raw)
    assert any(fault in one for one in found), found
