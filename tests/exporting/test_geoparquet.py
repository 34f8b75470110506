"""GeoParquet says its version, boxes and types as version 1.1 asks."""

import json
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import InputError
from geo.exporting import read_layer, write_layer

FORMULAS = "=+-@\t\r\n＝＋－＠"
KML = "{http://www.opengis.net/kml/2.2}"


def test_geoparquet_says_its_version_boxes_and_types(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.parquet")
    schema = pq.read_schema(tmp_path / "a.parquet")
    geo = json.loads(schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    column = geo["columns"]["geometry"]
    assert column["encoding"] == "WKB"
    assert column["geometry_types"] == ["Point"]
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert column["bbox"] == pytest.approx(incidents.total_bounds.tolist())
    assert pa.types.is_date32(schema.field("date_start").type)
    assert pa.types.is_struct(schema.field("evidence").type.value_type)
    box = pq.read_table(tmp_path / "a.parquet", columns=["bbox"]).column("bbox").to_pylist()
    assert box[0]["xmin"] == box[0]["xmax"] == incidents.geometry[0].x
    assert [b is None for b in box] == incidents.geometry.isna().tolist()


def test_geopandas_reads_geoparquet_by_its_box(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.parquet")
    west, south, east, north = 40.0, 30.0, 45.0, 36.0
    part = gpd.read_parquet(tmp_path / "a.parquet", bbox=(west, south, east, north))
    assert 0 < len(part) < len(incidents)
    assert set(part["incident_id"]) == set(incidents.cx[west:east, south:north]["incident_id"])
    assert part["killed_min"].dtype == "Int64"


def test_a_layer_of_others_in_geoparquet_is_read(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    incidents[["incident_id", "geometry"]].to_crs("EPSG:3857").to_parquet(tmp_path / "theirs.parquet")
    back = read_layer(tmp_path / "theirs.parquet")
    assert back.crs == "EPSG:4326"
    assert back["incident_id"].tolist() == incidents["incident_id"].tolist()


@pytest.mark.parametrize("column", ["place_name", "note"])
def test_a_column_of_structs_is_refused_in_words(incidents: gpd.GeoDataFrame, tmp_path: Path, column: str) -> None:
    layer = incidents.assign(note="seen")
    write_layer(layer, tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    structs = pa.array([{"by": "desk", "at": n} for n in range(len(table))])
    pq.write_table(table.set_column(table.column_names.index(column), column, structs), tmp_path / "b.parquet")
    with pytest.raises(InputError, match=r"b\.parquet: its columns are not of the types that geo writes"):
        read_layer(tmp_path / "b.parquet")
