"""Every help follows Click's conventions, and an option means the same wherever it makes sense."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

import geo
from geo.cli import app
from tests.commands import geo as run

EXTRACTING = {"map", "extract", "plot", "compare"}  # commands that make incidents of reports
ALSO_ON = {
    "--min-confidence": EXTRACTING,
    "--where": EXTRACTING | {"convert"},
    "--jobs": EXTRACTING,
    "--published": EXTRACTING | {"geoparse"},
    "--country": EXTRACTING | {"geoparse", "place"},
    "--gazetteer": EXTRACTING | {"geoparse", "place"},
    "--reviewed": EXTRACTING - {"compare"},
    "--only-reviewed": EXTRACTING - {"compare"},
    "--rejected": EXTRACTING - {"compare"},
    "--per-report": EXTRACTING - {"compare"},
    "--sort": {"map", "extract", "convert"},
    "--output": EXTRACTING | {"geoparse", "place"},
    "--quiet": EXTRACTING | {"geoparse", "place", "convert"},
    "--verbose": EXTRACTING,
}
TWO = """BAGHDAD, 11 March 2020 - Three rockets hit a police station in Mosul on Monday, killing two officers.

Officials said that unknown gunmen may have attacked a shop in Kirkuk on Sunday.
"""


@cache
def groups_and_commands() -> dict[tuple[str, ...], Any]:
    def walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        yield words, command
        for name, child in getattr(command, "commands", {}).items():
            yield from walk(child, (*words, name))

    return dict(walk(typer.main.get_command(app), ()))


def help_of(words: tuple[str, ...]) -> str:
    command = groups_and_commands()[words]
    with typer.Context(command, info_name=" ".join(["geo", *words])) as context:
        return str(command.get_help(context))


@pytest.mark.parametrize("words", groups_and_commands(), ids=" ".join)
def test_every_help_has_examples_that_begin_with_its_command(words: tuple[str, ...]) -> None:
    examples = help_of(words).partition("Examples:\n")[2].strip().splitlines()
    assert examples
    assert all(line.strip().startswith(" ".join(["geo", *words])) for line in examples)


@pytest.mark.parametrize("words", groups_and_commands(), ids=" ".join)
def test_values_are_written_in_capitals_and_without_python_types(words: tuple[str, ...]) -> None:
    shown = help_of(words)
    for option, value in re.findall(
        r"^  ((?:-\w, )?--[\w-]+(?:, --?[\w-]+)*)(?: (\S+))?(?=\s\s|$)", shown, re.MULTILINE
    ):
        assert value == value.upper(), option
    assert not re.search(r"[<{](?:str|int|list|path|NAME|FILE|A)\b", shown), shown


@pytest.mark.parametrize("option", ALSO_ON)
def test_an_option_is_on_every_command_where_it_makes_sense(option: str) -> None:
    have = {
        words[0]
        for words, command in groups_and_commands().items()
        if len(words) == 1 and option in {name for parameter in command.params for name in parameter.opts}
    }
    assert have == ALSO_ON[option]


def test_a_floor_holds_for_layers_as_for_reports(tmp_path: Path) -> None:
    """A layer that was extracted with everything in it is not drawn with everything in it."""
    layer, near_misses = tmp_path / "all.geojson", tmp_path / "rejected.csv"
    whole = geo.extract([TWO, TWO.replace("Mosul", "Basra")], merge=False).iloc[[0, 1]].assign(confidence=[0.4, 0.9])
    geo.write_layer(whole, layer)
    floor = 0.5
    done = run(
        "extract", layer, "-o", tmp_path / "sure.geojson", "--min-confidence", f"{floor}", "--rejected", near_misses
    )
    sure, rejected = geo.read_layer(tmp_path / "sure.geojson"), geo.read_layer(near_misses)
    assert 0 < len(sure) < len(whole) == len(sure) + len(rejected)
    assert sure["confidence"].min() >= floor > rejected["confidence"].max()
    assert f"{len(rejected)} rejected incident" in done.stderr
    assert rejected["reason"].str.contains("below").all()


@pytest.mark.parametrize("command", [("plot", "-o", "p.png"), ("compare", "-o", "c"), ("map", "-o", "m")])
def test_commands_say_how_many_are_below_a_floor(tmp_path: Path, command: tuple[str, ...]) -> None:
    story = tmp_path / "two.txt"
    story.write_text(TWO)
    name, option, out = command
    sources = [story, story] if name == "compare" else [story]
    done = run(name, *sources, option, tmp_path / out, "--min-confidence", "0.99")
    assert done.returncode == 0, done.stderr
    assert "below the confidence floor of 0.99" in done.stderr


@pytest.mark.parametrize(
    ("query", "place", "area"),
    [
        ("Paris, Texas", "Paris", "United States"),
        ("Tripoli, Lebanon", "Tripoli", "Lebanon"),
        ("Springfield, IL, USA", "Springfield", "Illinois"),
        ("Gaza, Gaza Strip", "Gaza", "Palestine"),
        ("33.3, 44.4", "Baghdad", "Iraq"),
        ("33°18'N 44°24'E", "Baghdad", "Iraq"),
        ("-33.93, 18.42", "Cape Town", "South Africa"),
    ],
)
def test_a_place_is_found_with_its_area_or_by_its_coordinates(query: str, place: str, area: str) -> None:
    done = run("place", query)
    assert done.returncode == 0, done.stderr
    first = done.stdout.splitlines()[1]
    assert first.startswith(place)
    assert area in first


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("Mosul, Syria", "the gazetteer has 'Mosul', but none in 'Syria'"),
        ("91, 200", "outside the Earth"),
        ("Xyzzyville, Iraq", "not in the gazetteer"),
    ],
)
def test_a_place_that_is_nowhere_is_refused_with_its_reason(query: str, said: str) -> None:
    done = run("place", query)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("version",), "Did you mean geo --version?"),
        (("help",), "Did you mean geo --help?"),
        ((str(Path(__file__)),), f"Did you mean geo map {__file__}?"),
        (("maps",), "Did you mean 'map'?"),
        (("map", "x.txt", "--date", "2020-01-01"), "--published"),
        (("extract", "x.txt", "--format", "csv"), "the suffix of -o FILE"),
    ],
)
def test_what_other_programs_call_it_is_answered_with_what_geo_calls_it(words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


def test_coordinates_may_be_two_numbers() -> None:
    assert geo.find_places((33.3, 44.4))["name"].iloc[0] == "Baghdad"


def test_coordinates_give_country_and_nearest_place(tmp_path: Path) -> None:
    assert "lies in Iraq; nearest place:" in run("place", "33.3, 44.4").stderr
    assert "outside all countries" in run("place", "0, -30").stderr
    run("place", "33.3, 44.4", "-n", "3", "-o", tmp_path / "near.csv")
    found = geo.find_places("33.3, 44.4")
    assert found["match"].eq("near").all()
    assert found["distance_m"].iloc[1:].is_monotonic_increasing
    assert found["distance_m"].min() < 1000
    assert len((tmp_path / "near.csv").read_text().splitlines()) == 4
