"""Files that programs and people leave behind: broken halves, odd dates, rules of dashes, linked folders."""

import json
import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.reading import read
from geo.reading.paragraphs import readable
from geo.reading.sources import matches
from geo.report import Report

STORY = "Gunmen attacked the market of Basra on Monday, and police said that four people had been killed in it. "


def reports_and_problems(*sources: Path | str) -> tuple[list[Report], list[str]]:
    problems: list[InputError] = []
    return read(sources, on_problem=problems.append), [str(problem) for problem in problems]


def lines(path: Path, *objects: str) -> Path:
    path.write_text("".join(f"{text}\n" for text in objects), encoding="utf-8")
    return path


@pytest.mark.parametrize("key", ["text", "id", "title", "publisher"])
def test_half_an_emoji_costs_no_report(tmp_path: Path, key: str) -> None:
    cut = json.dumps({"id": "cut", "text": STORY} | {key: f"{STORY}\ud83d"})
    path = lines(tmp_path / "r.jsonl", json.dumps({"id": "a", "text": STORY}), cut, json.dumps({"text": STORY}))
    reports, problems = reports_and_problems(path)
    assert len(reports) == 3
    assert problems == []
    assert getattr(reports[1], key).endswith("\ufffd")
    assert len(reports[1].text) in {len(STORY), len(STORY) + 1}, "offsets stay"


def test_nan_says_nothing(tmp_path: Path) -> None:
    path = lines(tmp_path / "r.jsonl", f'{{"id": "a", "title": NaN, "published": NaN, "text": "{STORY}"}}')
    (report,), problems = reports_and_problems(path)
    assert (report.title, report.published, problems) == ("", None, [])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-03-13", date(2020, 3, 13)),
        ("2020-03-13T23:30:00Z", date(2020, 3, 13)),
        ("20200313", date(2020, 3, 13)),
        ("20200313121500", date(2020, 3, 13)),
        ("Fri, 13 Mar 2020 10:15:00 +0300", date(2020, 3, 13)),
        ("Fri, 13 Mar 2020 10:15:00 GMT", date(2020, 3, 13)),
        (1584094500, date(2020, 3, 13)),
        (1584094500.25, date(2020, 3, 13)),
        (1584094500000, date(2020, 3, 13)),
        ("13 March 2020", date(2020, 3, 13)),
        ("March 13, 2020 at 10:15", date(2020, 3, 13)),
        ("13/03/2020", date(2020, 3, 13)),
        ("3/13/2020 4:05 PM", date(2020, 3, 13)),
        ("2020-03-13 10:15:00.000 UTC", date(2020, 3, 13)),
        ("NaT", None),
        ("null", None),
        ("", None),
    ],
)
def test_days_of_feeds_and_databases_are_read(tmp_path: Path, written: object, day: date | None) -> None:
    path = lines(tmp_path / "r.jsonl", json.dumps({"id": "a", "published": written, "text": STORY}))
    (report,), problems = reports_and_problems(path)
    assert (report.published, problems) == (day, [])


@pytest.mark.parametrize(
    "written", ["03/04/2020", "last week", "March 2020", "Friday", "9999-12-31", "0001-01-01", "13", "x" * 10_000]
)
def test_a_day_that_nobody_can_read_is_named_and_the_report_kept(tmp_path: Path, written: str) -> None:
    path = lines(tmp_path / "r.jsonl", json.dumps({"id": "a", "published": written, "text": STORY}))
    (report,), (problem,) = reports_and_problems(path)
    assert report.published is None
    assert "line 1" in problem
    assert "2020-03-13" in problem


@pytest.mark.parametrize("name", ["0123", "12:30:45", "1_000", "1e3", "0x1F", "2020-03-13", "yes", "0o17", "1.10"])
def test_ids_are_taken_as_they_are_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text(f"---\nid: {name}\ntitle: {name}\npublished: 2020-03-13\n---\n{STORY}")
    (report,), _ = reports_and_problems(tmp_path)
    assert (report.id, report.title, report.published) == (name, name, date(2020, 3, 13))


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Basra: gunmen attack a market", "Basra: gunmen attack a market"),
        ("title: 'Four die': police", "'Four die': police"),
        ("title: [Update] four die", "[Update] four die"),
        ("title: @police say four die", "@police say four die"),
        ("title: 100% of shops closed # so far", "100% of shops closed"),
        ('title: "Basra: four die"', "Basra: four die"),
        ("title: >\n  Four die\n  in Basra", "Four die in Basra"),
        ("title: ~", ""),
        ("title: [a, b]", ""),
        ("Title: Four die", "Four die"),
    ],
)
def test_headlines_are_read_as_people_write_them(tmp_path: Path, line: str, title: str) -> None:
    (tmp_path / "a.md").write_text(f"---\npublished: 2020-03-13\n{line}\n---\n{STORY}")
    (report,), problems = reports_and_problems(tmp_path)
    assert (report.title, report.published, problems) == (title, date(2020, 3, 13), [])


@pytest.mark.parametrize(
    "block",
    [
        "Gunmen attacked a market.\nThey fled.",
        "BASRA: Gunmen attacked a market.",
        "- one\n- two",
        "Said the governor: we shall see.",
        "From: Desk\nTo: All",
        "WIRE 12:30\nGunmen attacked: four died.",
    ],
)
def test_a_paragraph_between_two_rules_is_text(tmp_path: Path, block: str) -> None:
    (tmp_path / "a.txt").write_text(f"---\n{block}\n---\n{STORY}")
    (report,), problems = reports_and_problems(tmp_path)
    assert problems == []
    assert block.splitlines()[0] in readable(report.text)


def test_aliases_of_aliases_do_not_grow(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (tmp_path / "a.md").write_text("---\n" + "\n".join(rows) + f"\ntitle: *a11\nid: b\n---\n{STORY}")
    began = time.process_time()
    (report,), _ = reports_and_problems(tmp_path)
    assert (report.id, report.title) == ("b", "")
    assert time.process_time() - began < 5


@pytest.mark.parametrize("odd", ["[" * 100_000, '{"a":' * 100_000, '"', "null", "[]", "5", "\ufeff", "{}", "NaN"])
def test_one_odd_line_costs_no_other(tmp_path: Path, odd: str) -> None:
    good = json.dumps({"id": "a", "text": STORY})
    reports, problems = reports_and_problems(lines(tmp_path / "r.jsonl", odd, good))
    assert [report.id for report in reports] == ["a"]
    assert len(problems) == 1
    assert "line 1" in problems[0]


def test_fields_that_are_lists_or_objects_are_passed_over(tmp_path: Path) -> None:
    line = json.dumps({"id": {"$oid": "5"}, "title": ["a", ["b"]], "published": [], "text": STORY})
    (report,), problems = reports_and_problems(lines(tmp_path / "r.jsonl", line))
    assert (report.id, report.title, report.published, problems) == ("r.jsonl:1", "", None, [])


def test_a_line_of_many_megabytes_is_passed_over_and_named(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "' + b"x" * 45_000_000 + b'"}\n')
        file.write(json.dumps({"id": "a", "text": STORY}).encode() + b"\n")
    (report,), (problem,) = reports_and_problems(path)
    assert report.id == "a"
    assert "line 1: more than 40 MB" in problem


def test_json_lines_of_windows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes("\r\n".join(json.dumps({"id": name, "text": STORY}) for name in "ab").encode("utf-16"))
    reports, problems = reports_and_problems(path)
    assert [report.id for report in reports] == ["a", "b"]
    assert problems == []


def test_a_closed_standard_input_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    reports, (problem,) = reports_and_problems("-")
    assert reports == []
    assert "standard input is closed" in problem


def test_no_id_shows_where_on_the_computer_a_file_lay(tmp_path: Path) -> None:
    for folder in ("x/2019", "y/2019", "y/2020"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text(STORY)
        lines(tmp_path / folder / "r.jsonl", json.dumps({"text": STORY}))
    reports, problems = reports_and_problems(tmp_path)
    assert problems == []
    assert [r.id for r in reports] == ["a", "r.jsonl:1", "2019/a", "2019/r.jsonl:1", "2020/a", "2020/r.jsonl:1"]
    named = [f"{tmp_path}/{folder}/{name}" for folder in ("x/2019", "y/2019") for name in ("a.txt", "r.jsonl")]
    reports, problems = reports_and_problems(*named)
    assert [r.id for r in reports] == ["a", "r.jsonl:1", "a-2", "r.jsonl:1-2"]
    assert problems == []


def test_a_folder_that_vanishes_or_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refusing(path: object) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)  # type: ignore[call-overload]

    monkeypatch.setattr("geo.reading.sources.os.scandir", refusing)
    reports, (problem,) = reports_and_problems(tmp_path)
    assert len(reports) == 1
    assert "closed: this folder cannot be read (Permission denied)" in problem


def test_links_in_a_ring_come_to_an_end(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.txt").write_text(STORY)
    for n in range(6):
        (inside / f"again{n}").symlink_to(tmp_path)
    for source in (tmp_path, f"{tmp_path}/**/*.txt", f"{tmp_path}/**/**/*.txt", f"{tmp_path}/i*/**/a.txt"):
        reports, problems = reports_and_problems(source)
        assert ([report.id for report in reports], problems) == (["a"], [])


def test_a_linked_folder_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.txt").write_text(STORY)
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "old").symlink_to(tmp_path / "archive")
    reports, _ = reports_and_problems(tmp_path / "work")
    assert [report.id for report in reports] == ["a"]


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """Folders in folders; pytest could not clean up so many."""
    path = tmp_path
    for _ in range(1500):
        path /= "d"
        path.mkdir()
    yield path
    for inner in [path, *path.parents][:1500]:
        inner.rmdir()


@pytest.mark.slow
def test_folders_a_thousand_deep_are_read(tmp_path: Path, deep: Path) -> None:
    (deep / "a.txt").write_text(STORY)
    for source in (tmp_path, f"{tmp_path}/**/a.txt"):
        reports, problems = reports_and_problems(source)
        assert ([report.id for report in reports], problems) == (["a"], [])
    (deep / "a.txt").unlink()


@pytest.mark.parametrize(
    "source", [STORY * 100, "x\0y", "~nobody-of-this-name/a.txt", "[" * 5000, "**/" * 50 + "z.txt"]
)
def test_a_text_is_no_file_name(source: str) -> None:
    reports, (problem,) = reports_and_problems(source)
    assert reports == []
    assert "no such file" in problem or "no file matches" in problem


def test_a_file_name_that_is_not_utf_8_can_be_said(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w") as file:  # noqa: PTH123 - bytes
        file.write(STORY)
    (report,), problems = reports_and_problems(tmp_path)
    assert (report.id, problems) == ("café", [])


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("a/b/c.txt", "**/*.txt", True),
        ("c.txt", "**/*.txt", True),
        ("a/b/c.txt", "**", True),
        ("a/.b/c.txt", "**/*.txt", False),
        ("a/.b/c.txt", "**/.b/*.txt", True),
        ("a/b/c.txt", "a/**/c.txt", True),
        ("a/c.txt", "a/**/c.txt", True),
        ("a/b/c.txt", "b/**/c.txt", False),
        ("a/b/c/d", "**/b/**/d", True),
        ("a/b/c/d", "**/b/*", False),
    ],
)
def test_two_stars_stand_for_any_folders(path: str, pattern: str, *, fits: bool) -> None:
    assert matches(tuple(path.split("/")), tuple(pattern.split("/"))) is fits
