"""A condition picks rows, and of a dataset by month only the files that may hold such rows are opened."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import geo
from geo.cli import app
from geo.errors import InputError
from geo.exporting.folder_writer import write_folder
from geo.exporting.geoparquet_folder import select
from tests.synthetic import make_incidents

LAYER = make_incidents(400)
DAY = LAYER["date_start"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("date >= 2020-01 and country_code == 'IQ'", (DAY >= "2020-01-01") & (LAYER["country_code"] == "IQ")),
        ("date <= 2020-01", DAY <= "2020-01-31"),
        ("date < 2020-02", DAY < "2020-02-01"),
        ("date > 2020", DAY > "2020-12-31"),
        ("date == 2020-12", (DAY >= "2020-12-01") & (DAY <= "2020-12-31")),
        ("2019-05-03 <= date <= 2019-06", (DAY >= "2019-05-03") & (DAY <= "2019-06-30")),
        ("not date >= 2020", DAY < "2020-01-01"),
        ("date is None", DAY.isna()),
        ("killed_min >= 5 or wounded_min > 30", (LAYER["killed_min"] >= 5) | (LAYER["wounded_min"] > 30)),
        ("country_code in ('IQ', 'SY') and not status == 'denied'", LAYER["country_code"].isin(["IQ", "SY"]) & (LAYER["status"] != "denied")),
        ("actor1 is not None and confidence >= 0.7", LAYER["actor1"].notna() & (LAYER["confidence"] >= 0.7)),
        ("lon > 43 and lat < 34", (LAYER.geometry.x > 43) & (LAYER.geometry.y < 34)),
        ("place_text == 'the outskirts of 2020-01'", DAY == "1900-01-01"),
    ],
)  # fmt: skip
def test_a_condition_picks_the_rows_that_it_says(where: str, expected: pd.Series, tmp_path: Path) -> None:
    wanted = set(LAYER.loc[expected.fillna(value=False).astype(bool), "incident_id"])
    assert set(select(LAYER, where)["incident_id"]) == wanted
    layer = LAYER.assign(month=DAY.dt.strftime("%Y-%m"))
    write_folder(layer, tmp_path / "d", by="month")
    assert set(geo.read_layer(tmp_path / "d", where=where)["incident_id"]) == wanted


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("date >= ", "cannot be read"),
        ("colour == 'red'", "there is no column 'colour'; there are date, lon, lat"),
        ("date >= 2020-13", "'2020-13' is no date"),
        ("date > 'yesterday'", "'yesterday' is no date"),
        ("__import__('os').system('true') == 0", "expected the name of a column"),
        ("country_code", "expected a comparison"),
    ],
)
def test_a_condition_that_cannot_be_read_is_named(where: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        select(LAYER, where)


def test_months_that_a_condition_rules_out_are_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    write_folder(LAYER.assign(month=DAY.dt.strftime("%Y-%m")), folder, by="month")
    opened = set(folder.glob("month=2020-*/*.parquet"))
    for path in set(folder.glob("*/*.parquet")) - opened:
        if path != min(folder.glob("*/*.parquet")):  # whose columns are looked at
            path.write_bytes(b"no Parquet at all")
    found = geo.read_layer(folder, where="date == 2020 and killed_min >= 0")
    assert set(found["date_start"].dt.year) == {2020}


def test_a_map_of_a_dataset_shows_what_was_asked_for(tmp_path: Path) -> None:
    folder, out = tmp_path / "dataset", tmp_path / "out"
    write_folder(LAYER, folder, by="country_code")
    done = CliRunner().invoke(
        app, ["map", str(folder), "--where", "date >= 2022 and country_code == 'IQ'", "-o", str(out)]
    )
    assert done.exit_code == 0, done.output
    drawn = geo.read_layer(out / "incidents.geojson")
    assert set(drawn["country_code"]) == {"IQ"}
    assert drawn["date_start"].min().date() >= date(2022, 1, 1)
