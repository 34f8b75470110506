"""The work that a text takes grows as the text does, however it is written.

Work is counted in lines of Python that were run, turns of a loop included, which no other load of the machine changes.
"""

import random
import sys
from collections import Counter
from types import FrameType
from typing import Any

import pytest

from geo.extraction import extract_report
from geo.extraction.arguments import perpetrator, place_candidates
from geo.extraction.coreference import resolution
from geo.extraction.coreference.clusters import EventCluster
from geo.report import Report
from tests.odd_texts import ODD_TEXTS, repeated

SMALL, LARGE = 4_000, 16_000  # characters
LINEAR = LARGE / SMALL


def lines_run(text: str) -> int:
    """Count the lines that run while incidents are extracted from a text."""
    report, count = Report(id="long", text=text), 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        extract_report(report)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_four_times_the_text_takes_about_four_times_the_work(name: str) -> None:
    text = ODD_TEXTS[name]
    extract_report(Report(id="tables", text=repeated(text, SMALL // 2)))  # the tables are read
    small, large = lines_run(repeated(text, SMALL)), lines_run(repeated(text, LARGE))
    # Half as much again: until 20 incidents are found, each mention is held against all of them.
    assert large < 1.5 * LINEAR * small, f"{small:,} lines for {SMALL:,} characters, {large:,} for {LARGE:,}"


TOWNS = "Gao Kidal Mopti Timbuktu Kayes Kirkuk Mosul Basra Ramadi Baquba Aleppo Homs Hama Idlib Raqqa Palmyra".split()
DEEDS = ("A mine killed {} soldiers", "Gunmen of the Taliban shot dead {} farmers", "A car bomb wounded {} students")
COMPARED = (
    (resolution, "features_of_pair"),  # a mention with an incident
    (perpetrator, "_of_mention"),  # an incident with somebody who is named
    (place_candidates, "_in_reach"),  # an incident with a place
)


def chronicle(sentences: int) -> str:
    """Write the chronicle of a war: a deed in each sentence, each of another day."""
    dice = random.Random(7)  # noqa: S311 - no secrets
    days = [f"{day} {month} {year}" for year in range(1990, 2020) for month in ("May", "July") for day in range(1, 29)]
    return " ".join(
        f"{dice.choice(DEEDS).format(n % 90 + 2)} in {dice.choice(TOWNS)} on {days[n]}." for n in range(sentences)
    )


def comparisons(monkeypatch: pytest.MonkeyPatch, text: str) -> Counter[str]:
    """Count how often one thing of a report is held against another."""
    count: Counter[str] = Counter()

    def counted(name: str, compare: Any) -> Any:
        def called(*arguments: Any, **named: Any) -> Any:
            count[name] += 1
            return compare(*arguments, **named)

        return called

    with monkeypatch.context() as patch:
        for module, name in COMPARED:
            patch.setattr(module, name, counted(name, getattr(module, name)))
        extract_report(Report(id="chronicle", text=text))
    return count


@pytest.mark.slow
def test_incidents_of_a_chronicle_are_held_against_those_around_them_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (comparisons(monkeypatch, chronicle(sentences)) for sentences in (200, 400))
    assert set(small) == {name for _, name in COMPARED}
    for name, calls in small.items():
        assert large[name] < 2.5 * calls, f"{name}: {calls:,} for 200 incidents, {large[name]:,} for 400"


@pytest.mark.parametrize("index", range(-1, 12))
def test_the_nearest_sentence_of_an_incident_is_found_without_looking_at_all(index: int) -> None:
    cluster = EventCluster(sentences=[0, 3, 4, 9])
    assert cluster.sentences_to(index) == min((index - own for own in (0, 3, 4, 9)), key=lambda n: (abs(n), n))
