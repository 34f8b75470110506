"""Find which incident of a report answers, precedes or accompanies which.

"Airstrikes in retaliation for a missile attack", "it retaliated with air strikes", "the
response to the killing was a missile attack". The cues stand in data/events/relation_cues.csv.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.language.cues import cues_between
from geo.extraction.mentions.event_mentions import EventMention
from geo.tables import word_class

_BESIDE: Final = 2  # sentences between one incident and "also" another
_REACH: Final = 12  # words before a trigger in which a contrast stands
_POINTING: Final = word_class("pointing")  # "It was the answer to": refers to the incident before
_WIDEST: Final = 30  # words between two triggers of which the one answers the other


@dataclass(frozen=True, slots=True)
class EventRelations:
    """How the incidents of a report lie to each other; keys and values are their indices, in text order."""

    answers: Mapping[int, Sequence[int]]  # incident -> those that it answers
    predecessors: Mapping[int, int]  # the earlier -> the later
    companions: Mapping[int, int]  # one more of the same -> the one before it
    sequels: Mapping[int, int]  # what followed within a day -> the one before it


def relate_events(annotated: AnnotatedReport, clusters: Sequence[EventCluster]) -> EventRelations:
    """Read how the incidents of a report lie to each other."""
    return EventRelations(
        find_answers(annotated, clusters),
        find_predecessors(annotated, clusters),
        find_companions(annotated, clusters),
        find_sequels(annotated, clusters),
    )


def find_answers(annotated: AnnotatedReport, clusters: Sequence[EventCluster]) -> dict[int, list[int]]:
    """Return which incidents each incident answers.

    Returns:
        Index of an incident -> indices of those that it answers, in text order.
    """
    answers: dict[int, list[int]] = {}
    for one, first, other, second in _neighbours(clusters):
        pair = _pair(annotated, one, first, other, second)
        if (
            pair is not None
            and pair[1] not in answers.setdefault(pair[0], [])
            and pair[0] not in answers.get(pair[1], [])
        ):
            answers[pair[0]].append(pair[1])
    return {n: sorted(others) for n, others in answers.items() if others}


def find_predecessors(annotated: AnnotatedReport, clusters: Sequence[EventCluster]) -> dict[int, int]:
    """Return which incidents came before which others by the words of the report: "the attack came after 20 others".

    Returns:
        Index of the earlier incident -> index of the later.
    """
    return {
        second: first
        for one, first, other, second in _neighbours(clusters)
        if other.sentence is one.sentence
        and "after" in cues_between(annotated.cues, one.trigger.stop, other.trigger.first)
    }


def find_companions(annotated: AnnotatedReport, clusters: Sequence[EventCluster]) -> dict[int, int]:
    """Return which incidents are reported as one more like another: "missiles were also aimed at ...".

    Returns:
        Index of an incident -> index of the one mentioned last before it.
    """
    words = annotated.words.words
    return _after_last(clusters, lambda first: "also" in words[first.sentence.first : first.trigger.first])


def find_sequels(annotated: AnnotatedReport, clusters: Sequence[EventCluster]) -> dict[int, int]:
    """Return which incidents followed within a day: "hours later, warplanes attacked ...".

    Returns:
        Index of an incident -> index of the one mentioned last before it.
    """
    cues = annotated.cues
    return _after_last(clusters, lambda first: "soon" in cues_between(cues, first.sentence.first, first.trigger.first))


def _after_last(clusters: Sequence[EventCluster], is_linked: Callable[[EventMention], bool]) -> dict[int, int]:
    """Link the incidents whose first mention says so to the incident mentioned last before."""
    found: dict[int, int] = {}
    for n, cluster in enumerate(clusters):
        first = cluster.mentions[0]
        before = _mentioned_last(first, clusters, n) if is_linked(first) else None
        if before is not None:
            found[n] = before
    return found


def _mentioned_last(first: EventMention, clusters: Sequence[EventCluster], n: int) -> int | None:
    """Find which of the first `n` incidents was mentioned last before a mention, a few sentences away at most."""
    before = [
        (mention.trigger.first, other)
        for other in range(n)
        for mention in clusters[other].mentions
        if 0 <= first.sentence.index - mention.sentence.index <= _BESIDE and mention.trigger.first < first.trigger.first
    ]
    return max(before)[1] if before else None


def _neighbours(clusters: Sequence[EventCluster]) -> Iterator[tuple[EventMention, int, EventMention, int]]:
    """Return each mention with the next one, where these are of different incidents."""
    order = sorted(
        ((mention, n) for n, cluster in enumerate(clusters) for mention in cluster.mentions),
        key=lambda pair: pair[0].trigger.first,
    )
    for (one, first), (other, second) in pairwise(order):
        if first != second:
            yield one, first, other, second


def _pair(
    annotated: AnnotatedReport, one: EventMention, first: int, other: EventMention, second: int
) -> tuple[int, int] | None:
    """Read which of two mentions that follow each other answers the other."""
    if not (one.factuality.is_asserted and other.factuality.is_asserted):
        return None
    said = answer_between(annotated, one, other)
    if said == "answers":
        return first, second
    return (second, first) if said == "answered" else None


def answer_between(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> str:
    """Return whether `one`, mentioned before `other`, "answers" it, is "answered" by it, or neither: ""."""
    first, stop = one.trigger.stop, other.trigger.first
    if other.sentence.index - one.sentence.index > 1 or stop - first > _WIDEST:
        return ""
    meanings = cues_between(annotated.cues, first, stop) - {"contrast", "after", "soon"}
    if other.sentence is not one.sentence:
        opens = annotated.words.words[other.sentence.first] in _POINTING
        return "answered" if "answered" in meanings else "answers" if "answers" in meanings and opens else ""
    clause = annotated.tags[first:stop].partition("S")[0]  # in "answer to A, in which ten were killed" nothing turns
    turned = "A" in clause or "with" in annotated.words.words[first : first + len(clause)]
    if turned and "answers" in cues_between(annotated.cues, one.sentence.first, one.trigger.first):
        return "answered"  # "the response to A was B", "they answered A with B"
    return meanings.pop() if len(meanings) == 1 else "answers" if "answers" in meanings else ""


def has_contrast(annotated: AnnotatedReport, mention: EventMention) -> bool:
    """Return whether the words before a trigger begin another incident: "another attack"."""
    begin = max(mention.sentence.first, mention.trigger.first - _REACH)
    return bool({"contrast", "after"} & cues_between(annotated.cues, begin, mention.trigger.stop))
