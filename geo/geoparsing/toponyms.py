"""Find the toponyms of a report and the places that they mean."""

import math
from dataclasses import dataclass
from typing import Final, Literal

from geo.collecting import collection_paused
from geo.gazetteer import Place, open_gazetteer
from geo.geoparsing.recognition.recognising import Recognised, recognise
from geo.geoparsing.resolution.ranking import Group
from geo.geoparsing.resolution.resolving import resolve
from geo.geoparsing.resolution.unlisted_places import contain
from geo.geoparsing.words.datelines import find_dateline
from geo.geoparsing.words.names import Row
from geo.geoparsing.words.tokens import Tokens, tokenise
from geo.memo import Memo
from geo.reading.paragraphs import readable
from geo.report import Report

_UNRANKED: Final = 0.5  # a container is a guess at where a name lies
_MOST_CANDIDATES: Final = 4
_BESIDE: Final = 0.4  # degrees, about 40 km


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym may mean."""

    place: Place
    score: float  # probability, 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """The span of a report that names a place."""

    report_id: str
    start: int  # offset of the first character in Report.text, in code points
    end: int  # offset one past the last character
    text: str
    kind: Literal["place", "nationality"]
    place: Place | None  # the likeliest candidate; None when no gazetteer has the name
    candidates: tuple[Candidate, ...]  # best first
    container: Place | None  # where a place without an entry lies
    noun: str  # "hospital" of "Yarmouk Hospital", "province" of "Anbar Province"; empty without
    confidence: float  # that this is a toponym and means this place, 0 to 1

    @property
    def located(self) -> Place | None:
        """The place whose point stands for the toponym: its own, or what contains it."""
        return self.place or self.container


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report's words and what was recognised and resolved in them."""

    report: Report
    text: str  # readable, of the same length as the report's
    tokens: Tokens
    found: list[Recognised]
    toponyms: list[Toponym]


def parse(report: Report) -> Parsed:
    """Find the toponyms of a report, and keep the words for those who look further."""
    return _PARSED[report]


@collection_paused()  # what is made for one report is all needed until it is read
def _parse(report: Report) -> Parsed:
    text = readable(report.text)
    tokens = tokenise(text)
    found = recognise(tokens)
    groups = resolve(tokens, found)
    containers = contain(tokens, found, groups, find_dateline(tokens))
    made: dict[int, tuple[tuple[Candidate, ...], float]] = {}
    toponyms = []
    for one, group, container in zip(found, groups, containers, strict=True):
        if id(group) not in made:
            made[id(group)] = _candidates(group)
        candidates, sure = made[id(group)]
        start, end = tokens.starts[one.span.first], tokens.end(one.span.last)
        toponyms.append(
            Toponym(
                report_id=report.id,
                start=start,
                end=end,
                text=report.text[start:end],
                kind="nationality" if one.span.name.demonym else "place",
                place=candidates[0].place if candidates and container is None else None,
                candidates=candidates if container is None else (),
                container=container,
                noun=one.span.noun,
                confidence=round(one.probability * (sure or _UNRANKED) * group.doubt, 4),
            )
        )
    return Parsed(report, text, tokens, found, toponyms)


# Names and locations of one report are asked for one after the other.
_PARSED: Final = Memo(_parse, most=1)


def find_toponyms(report: Report) -> list[Toponym]:
    """Find the toponyms of a report, in the order of the text, without overlaps."""
    return parse(report).toponyms


def _candidates(group: Group) -> tuple[tuple[Candidate, ...], float]:
    """Make places of the best rows, with probabilities; also that of the best with what lies beside it."""
    if not group.ranked:
        return (), 0.0
    top, best_row = group.ranked[0]
    odds = [math.exp(max(score - top, -30.0)) for score, _ in group.ranked]
    total = sum(odds)
    # A city and the province around it are two candidates and one place on the map.
    sure = sum([o for (_, row), o in zip(group.ranked, odds, strict=True) if _is_beside(row, best_row)])
    place = open_gazetteer().place
    best = zip(group.ranked[:_MOST_CANDIDATES], odds, strict=False)
    return tuple([Candidate(place(row.row), round(o / total, 4)) for (_, row), o in best]), sure / total


def _is_beside(row: Row, best: Row) -> bool:
    return row is best or (abs(row.lat - best.lat) < _BESIDE and abs(row.lon - best.lon) < _BESIDE)
