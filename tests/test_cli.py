"""The command line, as a person or a script uses it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.commands import geo, start_geo
from tests.conftest import slow_but

STORY = (
    "BAGHDAD - Three rockets hit a police station in Mosul on Monday, killing two officers and wounding at least "
    "five people, the interior ministry said. No group has said that it was behind the attack.\n"
)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "mosul.txt"
    path.write_text(STORY)
    return path


def test_help_names_every_command() -> None:
    shown = start_geo("--help").stdout
    for command in ("map", "extract", "geoparse", "place", "plot", "convert", "gazetteer"):
        assert command in shown


def test_a_map_of_one_article_leaves_a_page_and_layers(tmp_path: Path, story: Path) -> None:
    done = start_geo("map", story, "-o", tmp_path / "out", "--published", "2020-03-11")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(tmp_path / "out" / "map.html"), "the path of the map ends the run"
    for name in ("map.html", "incidents.geojson", "uncertainty.geojson", "places.geojson", "links.geojson"):
        assert (tmp_path / "out" / name).stat().st_size > 0
    (feature,) = json.loads((tmp_path / "out" / "incidents.geojson").read_text())["features"]
    properties = feature["properties"]
    assert properties["date_start"] == "2020-03-09"
    assert (
        properties["country_code"],
        properties["killed_min"],
        properties["killed_max"],
        properties["wounded_min"],
    ) == ("IQ", 2, 2, 5)
    assert properties["evidence"][0]["start"] == 0
    assert all(STORY[span["start"] : span["end"]] == span["text"] for span in properties["evidence"])


def test_a_second_map_of_a_folder_does_not_read_the_first(story: Path) -> None:
    for _ in range(2):
        done = geo("map", ".", "-o", "out/", cwd=story.parent)
        assert done.returncode == 0
    assert "from 1 report;" in done.stderr
    assert done.stderr.count("geo wrote them") == 1
    assert "no article" not in done.stderr


def test_a_report_without_a_date_is_read_with_one_warning(story: Path) -> None:
    done = geo("extract", story)
    assert done.returncode == 0
    assert done.stderr.count("--published") == 1
    (feature,) = json.loads(done.stdout)["features"]
    assert feature["properties"]["date_start"] is None
    assert feature["properties"]["date_precision"] == "unknown"


def test_a_dateline_says_when_a_report_was_filed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY.replace("BAGHDAD -", "BAGHDAD, 11 MAR 2020 --"))
    done = geo("extract", tmp_path / "a.txt")
    assert "--published" not in done.stderr
    (feature,) = json.loads(done.stdout)["features"]
    assert feature["properties"]["date_start"] == "2020-03-09"


def test_what_cannot_be_used_is_named_and_the_rest_is_written(tmp_path: Path, story: Path) -> None:
    out = tmp_path / "all.geojson"
    done = geo("extract", tmp_path / "none.txt", story, "-o", out, "--published", "2020-03-11")
    assert done.returncode == 1
    assert "none.txt: no such file" in done.stderr
    assert len(json.loads(out.read_text())["features"]) == 1


def test_when_nothing_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    done = geo("map", tmp_path / "none.txt", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "nothing was written" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "call",
    [
        ["extract", STORY * 10],
        ["map", "~nobody-of-this-name/a.txt", "-o", "out"],
        ["convert", STORY * 10, "a.geojson"],
        ["convert", "mosul.txt", f"{STORY * 10}.geojson"],
        ["extract", "mosul.txt", "-o", f"{STORY * 10}.geojson"],
        ["map", "mosul.txt", "-o", "out", "--reviewed", STORY * 10],
    ],
)
def test_a_text_where_a_file_name_belongs_is_refused_in_words(tmp_path: Path, story: Path, call: list[str]) -> None:
    done = geo(*call, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("geo: ")
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [story.name]


@pytest.mark.parametrize(
    "call",
    [
        ["map"],
        ["map", "x.txt", "--published", "tuesday"],
        ["map", "x.txt", "--coarsen", "far"],
        ["draw"],
        ["map", "--size"],
    ],
)
def test_a_wrong_call_has_status_2(call: list[str]) -> None:
    done = geo(*call)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_json_lines_come_in_by_standard_input() -> None:
    line = json.dumps({"id": "m", "published": "2020-03-11", "text": STORY})
    done = start_geo("extract", "-", stdin=f"{line}\nnot json\n")
    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert "\r" not in done.stderr, "no progress bar where nobody watches"
    (feature,) = json.loads(done.stdout)["features"]
    assert feature["properties"]["report_ids"] == ["m"]


def test_geoparse_lists_toponyms_with_their_offsets(story: Path) -> None:
    done = geo("geoparse", story, "--published", "2020-03-11")
    found = [f["properties"] for f in json.loads(done.stdout)["features"]]
    assert {"Mosul"} <= {one["text"] for one in found}
    assert all(STORY[one["start"] : one["end"]] == one["text"] for one in found)


def test_place_shows_the_candidates() -> None:
    done = geo("place", "Abu Kamal")
    assert done.returncode == 0, done.stderr
    assert "Syria" in done.stdout
    assert "34.4" in done.stdout


def test_two_numbers_are_one_pair_of_coordinates() -> None:
    for call in (("33.3, 44.4",), ("33.3", "44.4"), ("33.3,", "44.4")):
        assert "33.3, 44.4 lies in Iraq" in geo("place", *call).stderr


def test_an_unknown_place_is_said() -> None:
    done = geo("place", "Xyzzyville-on-Nowhere")
    assert done.returncode == 1
    assert "not in the gazetteer" in done.stderr


def test_layers_convert_and_draw_again(tmp_path: Path, story: Path) -> None:
    first, second = tmp_path / "a.geojson", tmp_path / "b.gpkg"
    geo("extract", story, "-o", first, "--published", "2020-03-11")
    assert geo("convert", first, second).returncode == 0
    done = geo("map", second, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    again = json.loads((tmp_path / "out" / "incidents.geojson").read_text())
    assert again["features"][0]["properties"] == json.loads(first.read_text())["features"][0]["properties"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to write to")
@pytest.mark.parametrize(
    "command",
    slow_but(["--version"], ["place Basra", "--version", "extract mosul.txt", "geoparse mosul.txt"]),
)
def test_a_full_disk_behind_standard_output_is_one_line(command: str, story: Path) -> None:
    with Path("/dev/full").open("w") as full:
        root = Path(__file__).resolve().parent.parent
        done = subprocess.run(
            [sys.executable, "-m", "geo.cli", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=story.parent,
            env={**os.environ, "PYTHONPATH": str(root)},
            check=False,
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("geo: standard output: cannot be written (No space left on device)")


def _countries_of(places: Sequence[str], *arguments: str | Path) -> list[str]:
    """Read a bombing in each place, in a process of its own: options of a run stay in the environment."""
    text = "A car bomb killed three people in {} on Monday, police said."
    reports = [{"id": place, "published": "2023-05-02", "text": text.format(place)} for place in places]
    done = start_geo("extract", "-", *arguments, stdin="".join(f"{json.dumps(report)}\n" for report in reports))
    assert done.returncode == 0, done.stderr
    rows = [one["properties"] for one in json.loads(done.stdout)["features"]]
    countries = {report_id: row["country"] for row in rows for report_id in row["report_ids"]}
    return [countries[place] for place in places]


DESKS = [("", "Libya"), ("--country LB", "Lebanon"), ("--country lbn,iq", "Lebanon")]


@pytest.mark.parametrize(("options", "country"), slow_but(DESKS[1:2], DESKS))
def test_an_ambiguous_name_lies_in_the_country_that_a_desk_works_on(options: str, country: str) -> None:
    assert _countries_of(["Tripoli", "Tripoli, Libya"], *options.split()) == [country, "Libya"]


def test_the_country_of_a_desk_comes_first_in_a_look_up() -> None:
    first = geo("place", "Tripoli", "--country", "LB").stdout.splitlines()[1]
    assert "Lebanon" in first


def test_what_is_no_country_is_refused_with_what_is_expected() -> None:
    done = geo("place", "Tripoli", "--country", "Levant")
    assert done.returncode == 2
    assert "IQ,SY" in done.stderr


def test_places_for_one_run_are_known_in_that_run_alone(tmp_path: Path) -> None:
    places = tmp_path / "villages.csv"
    places.write_text("name,lat,lon,kind,country\nTamboulia,14.0,33.4,settlement,SD\n")
    assert _countries_of(["Tamboulia"], "--gazetteer", places) == ["Sudan"]
    assert geo("place", "Tamboulia", "--gazetteer", places).stdout
    assert "Sudan" not in geo("place", "Tamboulia").stdout
