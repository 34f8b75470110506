"""Words of one's own: files that extend the tables of data/language and data/events."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from geo.additions.checks import check_file, extensible_tables
from geo.additions.files import add_file, list_added, remove
from geo.cli import app
from geo.cli_reading import Problems
from geo.cli_settings import read_settings
from geo.cli_watch import follow
from geo.errors import InputError
from geo.extraction.triggers import _patterns
from geo.incidents.reports.cache import ReportCache
from geo.report import Report
from geo.resources import data_path, read_table

ROOT = Path(__file__).resolve().parent.parent
TRIGGERS = "trigger,part,sub_event_type,frame,strength\nzorble,verb,Attack,agent_patient,0.95\n"
ACTORS = "name;kind;aliases\nQarnak Brigade;rebel;QRNK\n"
TEXT = "MOSUL, Iraq (12 March 2020) - The Qarnak Brigade zorbled two civilians in Mosul on Wednesday.\n"
Geo = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vocabulary folder of the test's own."""
    monkeypatch.setenv("GEO_VOCABULARY", str(tmp_path / "vocabulary"))
    monkeypatch.setenv("GEO_VOCABULARY_FILES", "")
    return tmp_path


@pytest.fixture
def geo(home: Path) -> Geo:
    """Run the command line in a process of its own: tables are read once in a process."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "geo.cli", *arguments],
            cwd=home,
            env=dict(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def incidents(geo: Geo) -> list[dict[str, str]]:
    done = geo("extract", "report.txt", "-o", "out.geojson", "--min-confidence", "0")
    assert done.returncode == 0, done.stderr
    found = json.loads((Path(os.environ["GEO_VOCABULARY"]).parent / "out.geojson").read_text(encoding="utf-8"))
    return [feature["properties"] for feature in found["features"]]


@pytest.mark.slow
def test_a_trigger_word_and_an_actor_of_ones_own_are_found_until_they_are_removed(home: Path, geo: Geo) -> None:
    write(home, "report.txt", TEXT)
    write(home, "my_triggers.csv", TRIGGERS)
    write(home, "my_actors.csv", ACTORS)
    assert incidents(geo) == []

    done = geo("vocabulary", "add", "my_triggers.csv", "my_actors.csv")
    assert (done.returncode, done.stderr.count("added")) == (0, 2), done.stderr
    listed = geo("vocabulary", "list").stdout.splitlines()
    assert listed == ["my_actors: 1 row of events/actors.csv", "my_triggers: 1 row of events/triggers.csv"]
    (found,) = incidents(geo)
    assert (found["sub_event_type"], found["actor1"]) == ("Attack", "Qarnak Brigade")

    assert geo("vocabulary", "remove", "my_triggers").returncode == 0
    assert incidents(geo) == []


def test_a_project_names_its_files_in_its_settings(home: Path, geo: Geo) -> None:
    write(home, "report.txt", TEXT)
    write(home, "words.csv", TRIGGERS)
    write(home, "geo.toml", 'vocabulary = ["words.csv"]\n')
    assert [row["sub_event_type"] for row in incidents(geo)] == ["Attack"]
    assert geo("vocabulary", "list").stdout == ""


def test_settings_refuse_a_wrong_file(home: Path) -> None:
    write(home, "words.csv", TRIGGERS.replace("0.95", "often"))
    write(home, "geo.toml", 'vocabulary = "words.csv"\n')
    with pytest.raises(
        InputError, match=r"words\.csv, line 2, column strength: found 'often'; expected a number from 0"
    ):
        read_settings(home)


@pytest.mark.parametrize("table", sorted(extensible_tables()))
def test_every_table_passes_its_own_check(table: str, home: Path) -> None:
    checked = check_file(data_path(table))
    shipped = list(read_table(table))
    assert (checked.table, len(checked.rows)) == (table, len(shipped))
    lines = data_path(table).read_text(encoding="utf-8").splitlines()
    header = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    added = add_file(write(home, Path(table).name, "\n".join(lines[: header + 2])))
    assert list(read_table(table)) == [*shipped, shipped[0]]
    assert list_added() == [added]


def test_all_tables_of_words_can_be_extended() -> None:
    present = {f"{room}/{path.name}" for room in ("language", "events") for path in data_path(room).glob("*.csv")}
    # how event types are drawn, and points of merging, are no words
    shown = CliRunner().invoke(app, ["vocabulary", "tables"]).stdout.splitlines()
    assert {line.partition(":")[0] for line in shown} == set(extensible_tables())
    assert "events/weapons.csv: weapon, class" in shown
    assert present - set(extensible_tables()) == {"events/event_types.csv", "events/merging_points.csv"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "trigger,part\nx,verb\n", "found the columns trigger, part in its first line; expected .*triggers"),
        ("a.csv", TRIGGERS.replace("Attack", "Atack"), "line 2, column sub_event_type: found 'Atack'; expected one of"),
        ("a.csv", "# mine\n\n" + TRIGGERS.replace(",verb", ",vrb"), "line 4, column part: .* noun, phrase, verb"),
        ("a.csv", TRIGGERS.replace("zorble", "Zorble"), "line 2, column trigger: found 'Zorble'; expected lower-case"),
        ("a.csv", TRIGGERS.replace("zorble", "set fire|"), "column trigger"),
        ("a.csv", TRIGGERS.replace("0.95\n", "0.95,,more\n"), "line 2: found 7 cells; expected 5. Put quotes"),
        ("a.csv", TRIGGERS.splitlines()[0], "found a header of events/triggers.csv without rows"),
        ("a.csv", "", "found no header in its first line"),
        ("a.csv", "weapon,class\nzapper,\n", "line 2, column class: found nothing; expected one of air"),
        ("a.csv", "name,kind,country_code\nX Front,rebel,XX\n", "column country_code: found 'XX'; expected one of"),
        ("a.csv", "phrase,fixed,shift,days\nx,02-31,0,1\n", "column fixed: found '02-31'; expected a month and day"),
        ("a.csv", "word,metres\nleague,0\n", "line 2, column metres: found '0'; expected a number above 0"),
        ("a.csv", "sub_event_type,related\nAttack,Grenade\n", "fits .*coreferent_types.csv and .*related_types.csv"),
        ("a.csv", next(data_path("models").glob("*_weights.csv")).read_text(encoding="utf-8"), "learned table"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(home: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        add_file(write(home, name, text))
    assert "\n" not in str(caught.value)
    assert re.match(rf"{re.escape(str(home / name))}[,:] ", str(caught.value))
    assert list_added() == []


def test_the_examples_of_the_documentation_can_be_added(home: Path) -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    tables = [add_file(write(home, f"words{i}.csv", example)).table for i, example in enumerate(examples)]
    assert tables == ["events/triggers.csv", "events/actors.csv"]


@given(
    st.text("ab|~-_. '\u00e9", max_size=12), st.sampled_from(["verb", "noun", "phrase"]), st.text("ab| ", max_size=8)
)
def test_every_trigger_that_is_accepted_can_be_read(trigger: str, part: str, forms: str) -> None:
    with TemporaryDirectory() as folder:
        path = write(Path(folder), "words.csv", TRIGGERS.splitlines()[0] + ",forms,needs\n")
        with path.open("a", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerow([trigger, part, "Attack", "agent_patient", "1", forms, ""])
        try:
            (row,) = check_file(path).rows
        except InputError:
            return
    assert all(first for first, _ in _patterns(row.cells))


def test_what_is_missing_or_no_text_is_refused(home: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        add_file(home / "none.csv")
    (home / "book.xlsx").write_bytes(b"PK\x03\x04\0\0")
    with pytest.raises(InputError, match="Save the table as CSV"):
        add_file(home / "book.xlsx")
    with pytest.raises(InputError, match="'none' is not in your vocabulary; it holds nothing"):
        remove("none")


def test_a_table_of_windows_and_a_file_of_the_same_name(home: Path) -> None:
    (home / "mine.csv").write_bytes("\ufeffName;Kind\r\nÉtoile Noire;rebel\r\n".encode("cp1252", "ignore"))
    assert add_file(home / "mine.csv").table == "events/actors.csv"
    assert list(read_table("events/actors.csv"))[-1]["name"] == "Étoile Noire"
    write(home, "mine.csv", "weapon,class\nzapper,air\n")
    add_file(home / "mine.csv")
    assert [(added.name, added.table) for added in list_added()] == [("mine", "events/weapons.csv")]


def test_watching_stops_when_the_words_change(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEO_CACHE", str(home / "cache"))
    monkeypatch.setattr("geo.cli_watch.EVERY_S", 0)
    report = write(home, "report.txt", TEXT)
    words = write(home, "words.csv", TRIGGERS)
    drawn = []

    def draw(_: Problems, cache: ReportCache) -> None:
        drawn.append(cache)
        add_file(words)

    with pytest.raises(InputError, match="your vocabulary has changed"):
        follow([str(report)], draw, Problems(), home / "out")
    assert len(drawn) == 1


def test_a_cache_serves_nothing_that_was_read_with_other_words(home: Path) -> None:
    report = Report(id="a", text=TEXT)
    before = ReportCache(home / "cache")
    before.put(report, [])
    assert before.get(report) == []
    add_file(write(home, "words.csv", TRIGGERS))
    changed = ReportCache(home / "cache")
    assert changed.get(report) is None
    before.put(Report(id="b", text=TEXT), [])  # read with who knows which words
    remove("words")
    assert ReportCache(home / "cache").get(Report(id="b", text=TEXT)) is None
    assert ReportCache(home / "cache").get(report) == []
