"""A GeoPackage remembers what was done to it, whoever did it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from geo.exporting.edit_log import install, read_edits
from geo.incidents import Edits


@pytest.fixture
def layer(tmp_path: Path) -> Iterator[Path]:
    """A table of three incidents whose edits are logged."""
    path = tmp_path / "incidents.gpkg"
    with closing(sqlite3.connect(path)) as database:
        database.execute(
            "CREATE TABLE incidents (fid INTEGER PRIMARY KEY, incident_id, evidence, killed_min, geometry)"
        )
        evidence = '[{"report_id": "r1", "start": 7, "end": 9, "text": "x"}]'
        database.executemany(
            "INSERT INTO incidents VALUES (?, ?, ?, 1, x'00')", [(n, f"i{n}", evidence) for n in (1, 2, 3)]
        )
        install(database, "incidents", [{"incident_id": "old", "spans": [["r0", 3]]}])
        database.commit()
    return path


def run(path: Path, *commands: str) -> Edits:
    with closing(sqlite3.connect(path)) as database:
        for command in commands:
            database.execute(command)
        database.commit()
    edits = read_edits(path)
    assert edits is not None
    return edits


EARLIER = {"old": frozenset({("r0", 3)})}


def test_a_file_that_nobody_touched_has_no_edits_but_those_of_earlier_rounds(layer: Path) -> None:
    assert read_edits(layer) == Edits(dropped=EARLIER)


def test_a_changed_cell_is_logged_by_column(layer: Path) -> None:
    edits = run(layer, "UPDATE incidents SET killed_min = 5, geometry = x'01' WHERE fid = 1")
    assert edits.changed == {"i1": frozenset({"killed_min", "geometry"})}


def test_a_cell_written_anew_with_the_same_value_is_no_edit(layer: Path) -> None:
    assert run(layer, "UPDATE incidents SET killed_min = 1, geometry = x'00'").changed == {}


def test_a_deleted_row_is_logged_with_its_sentences(layer: Path) -> None:
    edits = run(layer, "DELETE FROM incidents WHERE fid = 2")
    assert edits.dropped == {**EARLIER, "i2": frozenset({("r1", 7)})}


def test_a_new_row_is_logged_and_one_cut_and_pasted_is_not_new(layer: Path) -> None:
    add = "INSERT INTO incidents VALUES (9, '{}', '[]', 1, x'00')"
    assert run(layer, add.format("mine")).added == {"mine"}
    edits = run(layer, "DELETE FROM incidents WHERE fid = 3", add.replace("9", "10").format("i3"))
    assert edits == Edits(added=frozenset({"mine"}), dropped=EARLIER)


def test_a_new_row_that_is_thrown_away_again_leaves_no_trace(layer: Path) -> None:
    add, drop = "INSERT INTO incidents VALUES (9, 'mine', NULL, 1, x'00')", "DELETE FROM incidents WHERE fid = 9"
    assert run(layer, add, drop) == Edits(dropped=EARLIER)


def test_a_file_without_a_log_has_none(tmp_path: Path, layer: Path) -> None:
    (tmp_path / "incidents.geojson").write_text("{}", encoding="utf-8")
    assert read_edits(tmp_path / "incidents.geojson") is None
    with closing(sqlite3.connect(layer)) as database:
        database.execute("DROP TABLE geo_edits")
    assert read_edits(layer) is None
