"""What is written comes back, value for value and type for type."""

from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point

from geo.errors import CrsError, ExportError, GeoError, InputError
from geo.exporting import LAYER_SUFFIXES, is_layer, read_layer, write_layer
from geo.incidents import DTYPES, conform
from geo.vocabulary import DATE_PRECISIONS, GEO_PRECISIONS, STATUSES, SUB_EVENT_TYPES
from tests.conftest import examples

SUFFIXES = sorted(LAYER_SUFFIXES)
# A feature is all that these hold: with no feature there are no columns, and of a user's own columns no types.
BARE = {".geojsonl", ".geojsons", ".geojsonseq"}
ROUNDED = {".geojson", ".json", *BARE}  # coordinates to 7 decimals


def same(written: gpd.GeoDataFrame, back: gpd.GeoDataFrame, suffix: str) -> None:
    assert_geodataframe_equal(back, written.reset_index(drop=True), check_less_precise=suffix in ROUNDED)
    if suffix not in ROUNDED:
        assert (written.geometry.to_wkb().fillna(b"") == back.geometry.to_wkb().fillna(b"")).all()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", ["incidents", "uncertainty", "places", "links", "empty"])
def test_every_layer_comes_back_from_every_format(
    name: str, suffix: str, layers: dict[str, gpd.GeoDataFrame], tmp_path: Path
) -> None:
    if name == "empty" and suffix in BARE:
        layers = {name: layers[name][["geometry"]]}
    write_layer(layers[name], tmp_path / f"{name}{suffix}")
    same(layers[name], read_layer(tmp_path / f"{name}{suffix}"), suffix)
    assert [path.name for path in tmp_path.iterdir()] == [f"{name}{suffix}"]


# Nul ends a text for GDAL, as for anything written in C; surrogates alone are no text at all.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12) | (
    st.sampled_from(
        ["=1+1", "'=x", "''", "-", "2020-01-01", "1e5", "true", "_x000D_", "_x005F_x0041_", "\r\n", '"', "[]"]
    )
)
maybe = st.none() | texts
days = st.none() | st.dates(date(1000, 1, 1), date(9999, 12, 31))
counts = st.none() | st.integers(0, 2**63 - 2)  # at the very last number GDAL wonders whether it was greater
reals = st.none() | st.floats(allow_nan=False, allow_infinity=False)
spans = st.fixed_dictionaries(
    {
        "report_id": maybe,
        "start": st.none() | st.integers(0, 2**40),
        "end": st.none() | st.integers(0, 2**40),
        "text": texts,
    }
)
points = st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(lambda xy: Point(*np.round(xy, 7) + 0.0))
COLUMNS: dict[str, Any] = {
    **dict.fromkeys(DTYPES, maybe),
    "report_ids": st.lists(texts, max_size=3),
    "in_response_to": st.lists(texts, max_size=3),
    "evidence": st.lists(spans, max_size=2),
    "sub_event_type": st.sampled_from(SUB_EVENT_TYPES),
    "status": st.sampled_from(STATUSES),
    "date_precision": st.sampled_from(DATE_PRECISIONS),
    "geo_precision": st.sampled_from(GEO_PRECISIONS),
    **dict.fromkeys(("date_start", "date_end"), days),
    **dict.fromkeys((name for name, dtype in DTYPES.items() if dtype == "Int64"), counts),
    **dict.fromkeys(("uncertainty_m", "confidence"), reals),
    "geometry": points,
}


@st.composite
def frames(draw: Any) -> gpd.GeoDataFrame:
    """Any table with the contract's columns and types, and three of a user's own."""
    rows = draw(st.integers(0, 4))
    data: dict[str, Any] = {}
    for name, strategy in COLUMNS.items():
        cells = [draw(strategy) for _ in range(rows)]
        column = np.empty(rows, dtype=object)
        column[:] = cells
        data[name] = column if name == "geometry" else pd.Series(column).astype(DTYPES[name])
    data["reviewed"] = pd.Series([draw(maybe) for _ in range(rows)], dtype="str")
    data["checked"] = pd.Series([draw(st.booleans()) for _ in range(rows)], dtype=bool)
    data["weight"] = pd.Series([draw(st.integers(-(2**63), 2**63 - 1)) for _ in range(rows)], dtype="int64")
    return gpd.GeoDataFrame(data, geometry="geometry", crs="EPSG:4326")


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".fgb", ".kml", ".kmz", ".xlsx"])
@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(frame=frames())
def test_any_table_comes_back(suffix: str, frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(frame, tmp_path / f"any{suffix}")
    same(frame, read_layer(tmp_path / f"any{suffix}"), suffix)


@pytest.mark.parametrize("suffix", [".csv", ".geojsonl", ".geojsons"])
@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(frame=frames())
def test_any_table_of_the_contract_comes_back_where_types_have_no_room(
    suffix: str, frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    frame = frame.drop(columns=["reviewed", "checked", "weight"])
    if len(frame) or suffix == ".csv":
        write_layer(frame, tmp_path / f"any{suffix}")
        same(frame, read_layer(tmp_path / f"any{suffix}"), suffix)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".fgb", ".kml", ".xlsx"])
def test_columns_of_ones_own_keep_their_types(suffix: str, tmp_path: Path) -> None:
    own = gpd.GeoDataFrame(
        {
            "small": pd.Series([1, 2], dtype="int16"),
            "share": pd.Series([0.5, np.nan], dtype="float32"),
            "maybe": pd.Series([True, None], dtype="boolean"),
            "seen": pd.Series([np.datetime64("2020-03-12T13:14:15"), None], dtype="datetime64[us]"),
            "seen_utc": pd.to_datetime(pd.Series(["2020-03-12T13:14:15Z", None])).astype("datetime64[us, UTC]"),
            "kind": pd.Categorical(["a", None]),
            "anything": pd.Series([{"a": [1, None]}, None], dtype=object),
            "numbers": pd.Series([[1, 2], []], dtype=object),
            "code": pd.Series(["007", "1e5"], dtype="str"),
            "nothing": pd.Series([None, None], dtype="str"),
        },
        geometry=[Point(1, 2), None],
        crs="EPSG:4326",
    )
    write_layer(own, tmp_path / f"own{suffix}")
    same(own, read_layer(tmp_path / f"own{suffix}"), suffix)


def test_another_coordinate_system_is_turned_into_degrees(tmp_path: Path) -> None:
    metres = gpd.GeoDataFrame({"a": [1]}, geometry=[Point(5_000_000, 4_000_000)], crs="EPSG:3857")
    write_layer(metres, tmp_path / "a.gpkg")
    back = read_layer(tmp_path / "a.gpkg")
    assert back.crs == "EPSG:4326"
    assert back.geometry[0].x == pytest.approx(44.9158)


def test_a_layer_that_does_not_say_its_coordinate_system_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CrsError, match="set_crs"):
        write_layer(gpd.GeoDataFrame(geometry=[Point(1, 2)]), tmp_path / "a.gpkg")
    with pytest.raises(CrsError, match="no geometry"):
        write_layer(pd.DataFrame({"a": [1]}), tmp_path / "a.csv")  # type: ignore[arg-type]


def test_an_unknown_suffix_is_refused_with_the_known_ones(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.shp .* \.geojson, .*\.gpkg"):
        write_layer(incidents, tmp_path / "a.shp")
    with pytest.raises(ExportError, match="no suffix"):
        write_layer(incidents, tmp_path / "a")
    assert not is_layer("a.shp")
    assert is_layer("A.GeoJSON")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_something_else_is_named(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"broken{suffix}"
    path.write_bytes(b"\x00\x01 this is nothing of the kind\n\x02")
    if suffix == ".csv":
        path.write_bytes(b"")
    with pytest.raises(InputError, match="broken"):
        read_layer(path)
    with pytest.raises(InputError, match="no such file"):
        read_layer(tmp_path / f"missing{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_layer_that_cannot_be_written_leaves_the_earlier_file_whole(
    suffix: str, incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    write_layer(incidents, path)
    before = path.read_bytes()
    strange = incidents.copy()
    strange["weapon"] = pd.Series(range(len(incidents)), dtype="uint64") + np.uint64(2**63)
    with pytest.raises(GeoError, match="weapon"):
        write_layer(strange, path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_table_by_hand_is_read_as_incidents(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "Longitude,Latitude,sub_event_type,date_start,killed_min,evidence,note\n"
        '44.26,33.52,Air/drone strike,2020-03-12,26,"Rockets hit, the base.",007\n'
        ",,Attack,,,,x\n",
        encoding="utf-8",
    )
    mine = conform(read_layer(path))
    assert mine.geometry[0] == Point(44.26, 33.52)
    assert mine.geometry[1] is None
    assert mine["date_start"][0] == pd.Timestamp("2020-03-12")
    assert mine["killed_min"].tolist() == [26, pd.NA]
    assert mine["evidence"][0][0]["text"] == "Rockets hit, the base."
    assert mine["event_type"].tolist() == ["Explosions/Remote violence", "Violence against civilians"]
    assert mine["note"].tolist() == ["007", "x"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_a_table_of_another_program_is_read_too(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes("lat;lon;place_name\r\n33.5;44.2;Café\r\n".encode(encoding))
    layer = read_layer(path)
    assert layer["place_name"][0] == "Café"
    assert layer.geometry[0] == Point(44.2, 33.5)


def test_a_coordinate_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("lat,lon\n33.5,east\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"lon.*east"):
        read_layer(path)
