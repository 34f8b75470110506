"""Find which incident of a report answers which, came before which, is told beside which.

"Airstrikes in retaliation for a missile attack", "it retaliated with air strikes", "the
response to the killing was a missile attack". The cues stand in data/events/relation_cues.csv.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.coreference.clusters import Group
from geo.extraction.coreference.sequence import answer_between
from geo.extraction.language.cues import cues_between
from geo.extraction.mentions.event_mentions import Telling

_BESIDE: Final = 2  # sentences between one incident and "also" another


def find_answers(reading: Reading, groups: Sequence[Group]) -> dict[int, list[int]]:
    """Say which incidents each incident answers.

    Returns:
        Index of an incident -> indices of those that it answers, in text order.
    """
    answers: dict[int, list[int]] = {}
    for one, first, other, second in _neighbours(groups):
        pair = _pair(reading, one, first, other, second)
        if (
            pair is not None
            and pair[1] not in answers.setdefault(pair[0], [])
            and pair[0] not in answers.get(pair[1], [])
        ):
            answers[pair[0]].append(pair[1])
    return {n: sorted(others) for n, others in answers.items() if others}


def find_predecessors(reading: Reading, groups: Sequence[Group]) -> dict[int, int]:
    """Say which incidents came before which others by the words of the report: "the attack came after 20 others".

    Returns:
        Index of the earlier incident -> index of the later.
    """
    return {
        second: first
        for one, first, other, second in _neighbours(groups)
        if other.sentence is one.sentence
        and "after" in cues_between(reading.words, one.trigger.stop, other.trigger.first)
    }


def find_companions(reading: Reading, groups: Sequence[Group]) -> dict[int, int]:
    """Say which incidents are told as one more beside another: "missiles were also aimed at ...".

    Returns:
        Index of an incident -> index of the one that was told of last before it.
    """
    found: dict[int, int] = {}
    for n, group in enumerate(groups):
        first = group.tellings[0]
        if "also" not in reading.words.words[first.sentence.first : first.trigger.first]:
            continue
        before = _told_last(first, groups, n)
        if before is not None:
            found[n] = before
    return found


def find_sequels(reading: Reading, groups: Sequence[Group]) -> dict[int, int]:
    """Say which incidents are told as following within a day: "hours later, warplanes attacked ...".

    Returns:
        Index of an incident -> index of the one that was told of last before it.
    """
    found: dict[int, int] = {}
    for n, group in enumerate(groups):
        first = group.tellings[0]
        if "soon" in cues_between(reading.words, first.sentence.first, first.trigger.first):
            before = _told_last(first, groups, n)
            if before is not None:
                found[n] = before
    return found


def _told_last(first: Telling, groups: Sequence[Group], n: int) -> int | None:
    """Find which of the first `n` incidents was told of last before a telling, a few sentences off at most."""
    before = [
        (telling.trigger.first, other)
        for other in range(n)
        for telling in groups[other].tellings
        if 0 <= first.sentence.index - telling.sentence.index <= _BESIDE and telling.trigger.first < first.trigger.first
    ]
    return max(before)[1] if before else None


def _neighbours(groups: Sequence[Group]) -> Iterator[tuple[Telling, int, Telling, int]]:
    """Give each telling with the next one, where these are of different incidents."""
    order = sorted(
        ((telling, n) for n, group in enumerate(groups) for telling in group.tellings),
        key=lambda pair: pair[0].trigger.first,
    )
    for (one, first), (other, second) in pairwise(order):
        if first != second:
            yield one, first, other, second


def _pair(reading: Reading, one: Telling, first: int, other: Telling, second: int) -> tuple[int, int] | None:
    """Read which of two tellings that follow each other answers the other."""
    if not (one.standing.is_told and other.standing.is_told):
        return None
    said = answer_between(reading, one, other)
    if said == "answers":
        return first, second
    return (second, first) if said == "answered" else None
