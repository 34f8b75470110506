"""Layers go to folders of GeoParquet, which DuckDB opens, and come back."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.errors import ExportError
from geo.exporting.folder_writer import FolderWriter, write_folder
from geo.exporting.geoparquet_folder import pieces
from tests.synthetic import make_incidents as some_incidents


def test_a_folder_of_files_comes_back_as_it_was(tmp_path: Path) -> None:
    layer = some_incidents(300)
    folder = tmp_path / "incidents.parquet"
    folder.mkdir()
    geo.write_layer(layer, folder)
    back = geo.read_layer(folder)
    one, other = (frame.sort_values("incident_id", ignore_index=True) for frame in (layer, back))
    assert list(one.columns) == list(other.columns)
    pd.testing.assert_frame_equal(
        pd.DataFrame(one.drop(columns="geometry")), pd.DataFrame(other.drop(columns="geometry"))
    )
    assert sum(len(piece) for piece in pieces(folder)) == 300


def test_what_a_layer_no_longer_has_is_taken_away(tmp_path: Path) -> None:
    layer = some_incidents(300)
    folder = tmp_path / "a.parquet"
    write_folder(layer, folder)
    kept = layer[layer["country_code"] == layer["country_code"].dropna().iloc[0]].reset_index(drop=True)
    write_folder(kept, folder)
    assert len(geo.read_layer(folder)) == len(kept)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="something else"):
        write_folder(some_incidents(3), tmp_path)


def test_duckdb_opens_it_and_finds_the_boxes(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    layer = some_incidents(200)
    write_folder(layer, tmp_path / "a.parquet")
    question = f"SELECT count(*), min(bbox.xmin), max(bbox.ymax) FROM read_parquet('{tmp_path}/a.parquet/*/*.parquet')"  # noqa: S608
    with duckdb.connect() as database:
        [found] = database.execute(question).fetchall()
    assert found[0] == 200
    assert found[1] == pytest.approx(layer.total_bounds[0])
    assert found[2] == pytest.approx(layer.total_bounds[3])


def test_duckdb_reads_what_was_written_in_pieces(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    layer = some_incidents(200)
    with FolderWriter(tmp_path / "a", most_waiting=10_000) as writer:
        for first in range(0, 200, 20):
            writer.write(layer.iloc[first : first + 20])
    files = f"read_parquet('{tmp_path}/a/*/*.parquet', hive_partitioning = true)"
    with duckdb.connect() as database:
        [found] = database.execute(f"SELECT count(*), max(bbox.ymax) FROM {files} WHERE country_code = 'IQ'").fetchall()  # noqa: S608
        [[geo_key]] = database.execute(
            f"SELECT count(*) FROM parquet_kv_metadata('{tmp_path}/a/*/*.parquet') WHERE decode(key) = 'geo'"  # noqa: S608
        ).fetchall()
    here = layer[layer["country_code"] == "IQ"]
    assert found == (len(here), pytest.approx(here.total_bounds[3]))
    assert geo_key == len(list((tmp_path / "a").glob("*/*.parquet")))


def test_geopandas_reads_a_file_that_was_written_in_pieces(tmp_path: Path) -> None:
    layer = some_incidents(100)
    write_folder(layer, tmp_path / "a.parquet")
    iraq = gpd.read_parquet(tmp_path / "a.parquet" / "country_code=IQ" / "part-0.parquet", bbox=(-180, -90, 180, 90))
    assert len(iraq) == (layer["country_code"].eq("IQ") & layer.geometry.notna()).sum()
    assert iraq.crs == "OGC:CRS84"  # what GeoParquet means where it names none
