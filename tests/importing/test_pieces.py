"""A table is read in pieces as it is read whole, whatever only all of its rows together say."""

import csv
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import geo
from geo.cli import app
from geo.exporting import geoparquet_folder, write_layer
from geo.exporting.folder_writer import FolderWriter
from geo.importing import pieces
from geo.importing.pieces import read_pieces
from tests.synthetic import make_incidents

ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,iso,country,admin1,location,"
    "latitude,longitude,geo_precision,source,notes,fatalities,timestamp,code,score"
).split(",")


def acled_row(n: int, **other: object) -> list[object]:
    row: dict[str, object] = dict(zip(ACLED, (
        f"IRQ{n}", "03/04/2020", 1, "Battles", "Armed clash", "A", "B", 368, "Iraq", "Baghdad", "Baghdad",
        33.3 + n / 1000, 44.4, 1, "AP", f"On a day, number {n} fell.", 1, 1000 + n, n, n), strict=True))  # fmt: skip
    return [*(row | other).values()]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows are a piece, so that a hundred are several."""
    monkeypatch.setattr(pieces, "ROWS", 10)


def written(path: Path, rows: list[list[object]], header: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def in_pieces(path: Path, **how: object) -> tuple[list[gpd.GeoDataFrame], list[str], list[str]]:
    notes: list[str] = []
    problems: list[str] = []
    found = list(read_pieces(path, on_problem=lambda p: problems.append(str(p)), on_note=notes.append, **how))  # type: ignore[arg-type]
    return found, notes, problems


def test_types_and_the_order_of_dates_are_those_of_all_rows(tmp_path: Path) -> None:
    rows = [acled_row(n) for n in range(100)]
    rows[95] = acled_row(95, event_date="25/04/2020", code="007", score=1.5, actor1="Unknown")
    path = written(tmp_path / "a.csv", rows, ACLED)
    found, notes, _ = in_pieces(path)
    assert [len(piece) for piece in found] == [10] * 10
    whole = geo.read_layer(path, on_note=notes.append)
    joined = pd.concat(found, ignore_index=True)
    pd.testing.assert_frame_equal(pd.DataFrame(joined), pd.DataFrame(whole))
    assert joined["date_start"].dt.month.eq(4).all()
    assert joined["acled_code"].tolist()[94:96] == ["94", "007"]
    assert joined["acled_score"].dtype == "float64"
    assert "acled_actor1" in joined.columns
    assert notes[0] == notes[1]


def test_ids_that_come_twice_are_found_across_pieces(tmp_path: Path) -> None:
    rows = [acled_row(n) for n in range(60)]
    rows[55] = acled_row(5, notes="Newer.", timestamp=9999)
    path = written(tmp_path / "a.csv", rows, ACLED)
    found, notes, _ = in_pieces(path)
    joined = pd.concat(found)
    assert len(joined) == 59
    assert joined["incident_id"].is_unique
    assert joined.set_index("incident_id").loc["acled:IRQ5", "evidence"][0]["text"] == "Newer."
    assert "1 left out as duplicates" in notes[0]


def test_rows_that_cannot_be_used_are_named_with_their_lines(tmp_path: Path) -> None:
    rows = [acled_row(n) for n in range(40)]
    rows[3] = acled_row(3, latitude=99)
    rows[33] = acled_row(33, notes="two\nlines")
    rows[34] = acled_row(34, fatalities="many")
    rows.append(["IRQ40", "too few"])
    path = written(tmp_path / "a.csv", rows, ACLED)
    found, notes, problems = in_pieces(path)
    assert sum(map(len, found)) == 38
    assert [problem.split(", ")[1].split(":")[0] for problem in problems] == ["line 5", "line 37", "line 43"]
    assert "3 that cannot be used" in notes[0]


def test_a_plain_table_has_the_types_of_all_its_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [[n, 33 + n / 100, 44, n] for n in range(50)]
    rows[44] = ["x1", 33, 44, 2.5]
    rows[45] = ["x2", 0, 0, 2]
    path = written(tmp_path / "p.csv", rows, ["code", "lat", "lon", "size"])
    found, notes, _ = in_pieces(path)
    whole = geo.read_layer(path)
    pd.testing.assert_frame_equal(pd.DataFrame(pd.concat(found, ignore_index=True)), pd.DataFrame(whole))
    assert "1 row lies at 0, 0" in notes[0]


def test_a_csv_of_geo_itself_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.exporting.csvfile.BLOCK", 20_000)
    layer = make_incidents(200)
    write_layer(layer, tmp_path / "own.csv")
    found, _, _ = in_pieces(tmp_path / "own.csv")
    assert len(found) > 3
    joined = pd.DataFrame(pd.concat(found, ignore_index=True))
    pd.testing.assert_frame_equal(joined, pd.DataFrame(geo.read_layer(tmp_path / "own.csv")))


def test_a_condition_is_met_in_every_piece(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", [acled_row(n) for n in range(50)], ACLED)
    found, _, _ = in_pieces(path, where="lat >= 33.3395")
    assert sum(map(len, found)) == 10


def test_convert_writes_a_folder_from_pieces_and_reads_it_back(tmp_path: Path) -> None:
    rows = [acled_row(n, **({"iso": 760, "country": "Syria"} if n % 3 else {})) for n in range(90)]
    path = written(tmp_path / "a.csv", rows, ACLED)
    done = CliRunner().invoke(app, ["convert", str(path), f"{tmp_path}/out/"])
    assert done.exit_code == 0, done.output
    assert sorted(child.name for child in (tmp_path / "out").iterdir()) == ["country_code=IQ", "country_code=SY"]
    back = geo.read_layer(tmp_path / "out").sort_values("incident_id", ignore_index=True)
    whole = geo.read_layer(path).sort_values("incident_id", ignore_index=True)
    pd.testing.assert_frame_equal(pd.DataFrame(back), pd.DataFrame(whole))
    again = CliRunner().invoke(
        app, ["convert", f"{tmp_path}/out", f"{tmp_path}/iraq/", "--where", "country_code == 'IQ'"]
    )
    assert again.exit_code == 0, again.output
    assert len(geo.read_layer(tmp_path / "iraq")) == 30


def test_a_table_without_countries_is_one_part(tmp_path: Path) -> None:
    path = written(tmp_path / "p.csv", [[n, 33, 44] for n in range(30)], ["code", "lat", "lon"])
    done = CliRunner().invoke(app, ["convert", str(path), f"{tmp_path}/out/"])
    assert done.exit_code == 0, done.output
    assert list(geo.read_layer(tmp_path / "out").columns) == ["code", "geometry"]
    found = geo.read_layer(tmp_path / "out", where="code >= 25")
    assert len(found) == 5


def test_few_rows_wait_while_a_folder_is_written(tmp_path: Path) -> None:
    """By counts: of ten times the rows no more wait in memory, and files get groups of rows, not single ones."""
    waiting = {}
    for parts in (5, 50):
        with FolderWriter(tmp_path / str(parts), most_waiting=200_000) as writer:
            for seed in range(parts):
                writer.write(make_incidents(100, seed=seed))
        assert writer.rows == parts * 100
        waiting[parts] = writer.most_rows_waiting
    assert waiting[50] <= waiting[5] * 1.2 < 1000
    groups = [pq.ParquetFile(path).metadata.num_row_groups for path in (tmp_path / "50").glob("*/*.parquet")]
    assert sum(groups) < 5000 / 20


def test_few_rows_are_read_at_a_time(tmp_path: Path) -> None:
    with FolderWriter(tmp_path / "d") as writer:
        writer.write(make_incidents(3000))
    sizes = [len(piece) for piece in geoparquet_folder.pieces(tmp_path / "d", rows=100)]
    assert sum(sizes) == 3000
    assert max(sizes) <= 100
    assert len(sizes) < 60


def test_a_folder_of_more_values_than_open_files_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.exporting.folder_writer.MOST_OPEN", 2)
    layer = make_incidents(300)
    with FolderWriter(tmp_path / "d", by="place_name", most_waiting=1_000) as writer:
        for first in range(0, 300, 50):
            writer.write(layer.iloc[first : first + 50])
    back = geo.read_layer(tmp_path / "d")
    assert set(back["incident_id"]) == set(layer["incident_id"])


def write_two(folder: Path, one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> None:
    with FolderWriter(folder, most_waiting=10) as writer:
        writer.write(one)
        writer.write(other)


def test_a_folder_stays_as_it_was_when_a_piece_fails(tmp_path: Path) -> None:
    layer = make_incidents(50)
    geo.write_layer(layer, f"{tmp_path}/d/")
    with pytest.raises(geo.GeoError, match="not in all pieces"):
        write_two(tmp_path / "d", layer.iloc[:5], layer.iloc[5:].drop(columns="weapon"))
    assert len(geo.read_layer(tmp_path / "d")) == 50
    assert not list((tmp_path / "d").glob("*/.*"))


def test_a_condition_holds_for_folders_of_others_too(tmp_path: Path) -> None:
    layer = make_incidents(40)[["incident_id", "killed_min", "geometry"]]
    (tmp_path / "d" / "source=x").mkdir(parents=True)
    layer.to_parquet(tmp_path / "d" / "source=x" / "0.parquet")
    found = geo.read_layer(tmp_path / "d", where="killed_min >= 2")
    assert set(found["incident_id"]) == set(layer.loc[layer["killed_min"].fillna(0) >= 2, "incident_id"])
    assert set(found["source"]) == {"x"}


def test_an_empty_layer_is_a_folder_that_can_be_read(tmp_path: Path) -> None:
    geo.write_layer(make_incidents(3).iloc[:0], f"{tmp_path}/d/")
    back = geo.read_layer(tmp_path / "d")
    assert len(back) == 0
    assert "incident_id" in back.columns
