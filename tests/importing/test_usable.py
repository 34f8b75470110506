"""A file in which nothing is known or nothing stands is an error of every command, not an empty map."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from typer.testing import CliRunner

import geo
from geo.cli import app
from geo.errors import GeoError
from geo.incidents import join

ACLED = "event_id_cnty,event_date,event_type,actor1,fatalities\n"


def layer(path: Path) -> None:
    gpd.GeoDataFrame({"name": []}, geometry=[], crs="EPSG:4326").to_file(path)


NOTHING: dict[str, tuple[Callable[[Path], object], str]] = {
    "a.csv": (lambda path: path.write_text("foo,bar\n1,2\n"), "none of its columns (foo, bar) is known"),
    "header.csv": (lambda path: path.write_text("date,lat,lon\n"), "a header and no rows below it"),
    "acled.csv": (lambda path: path.write_text(ACLED), "a header and no rows below it"),
    "a.geojson": (lambda path: path.write_text('{"type": "FeatureCollection", "features": []}'), "no rows"),
    "null.geojson": (
        lambda path: path.write_text(
            '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties": {"a": 1}}]}'
        ),
        "none of its columns (a) is known",
    ),
    "a.gpkg": (layer, "no rows in this layer"),
}


@pytest.mark.parametrize("command", ["map", "extract", "convert", "compare"])
@pytest.mark.parametrize("name", NOTHING)
def test_a_file_of_nothing_known_ends_with_its_reason_and_without_a_result(
    tmp_path: Path, name: str, command: str
) -> None:
    make, reason = NOTHING[name]
    make(tmp_path / name)
    out = tmp_path / ("out.geojson" if command in {"convert", "extract"} else "out")
    between = {"compare": [str(tmp_path / name), "-o"], "convert": []}.get(command, ["-o"])
    done = CliRunner().invoke(app, [command, str(tmp_path / name), *between, str(out)])
    assert done.exit_code == 1
    assert reason in done.stderr
    assert not out.exists()


def test_columns_that_were_looked_for_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("foo,bar\n1,2\n")
    done = CliRunner().invoke(app, ["map", str(tmp_path / "a.csv"), "-o", str(tmp_path / "out")])
    assert "latitude and longitude" in done.stderr
    assert "such as date, place, country, event type, killed" in done.stderr
    with pytest.raises(GeoError, match="none of its columns"):
        geo.to_map(tmp_path / "a.csv")


def test_a_folder_of_parquet_is_not_made_of_nothing_known(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("foo,bar\n1,2\n")
    done = CliRunner().invoke(app, ["convert", str(tmp_path / "a.csv"), f"{tmp_path}/out/"])
    assert done.exit_code == 1
    assert not list(tmp_path.rglob("*.parquet"))


def test_rows_without_places_but_with_a_name_or_day_are_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("lat,lon,name\n,,Basra\n,,Mosul\n")
    done = CliRunner().invoke(app, ["convert", str(tmp_path / "a.csv"), str(tmp_path / "out.geojson")])
    assert done.exit_code == 0
    assert "no row has a place: lat and lon are empty in every row" in done.stderr
    assert geo.read_layer(tmp_path / "out.geojson")["name"].tolist() == ["Basra", "Mosul"]


def test_own_layers_and_filters_may_leave_nothing(tmp_path: Path) -> None:
    geo.write_layer(join([]), tmp_path / "own.geojson")
    (tmp_path / "a.csv").write_text("name,lat,lon\nBasra,30.5,47.8\n")
    for source, more in (("own.geojson", []), ("a.csv", ["--where", "name == 'Mosul'"])):
        call = ["convert", str(tmp_path / source), str(tmp_path / "out.geojson"), *more]
        done = CliRunner().invoke(app, call)
        assert (done.exit_code, done.stderr) == (0, f"0 rows written to {tmp_path / 'out.geojson'}\n")
