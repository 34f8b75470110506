"""Read how two mentions follow each other: does the one answer the other, or does another begin?"""

from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.language.cues import cues_between
from geo.extraction.mentions.event_mentions import EventMention

_REACH: Final = 12  # words before a trigger in which a contrast stands
_POINTING: Final = frozenset("it this that they these those".split())  # "It was the answer to": what was told before
_ANSWERING: Final = frozenset({"answers", "answered"})
_WIDEST: Final = 30  # words between two triggers of which the one answers the other


def answer_between(annotated: AnnotatedReport, one: EventMention, other: EventMention) -> str:
    """Say whether `one`, told before `other`, answers it, is answered by it, or neither: "answers", "answered", ""."""
    first, stop = one.trigger.stop, other.trigger.first
    if other.sentence.index - one.sentence.index > 1 or stop - first > _WIDEST:
        return ""
    meanings = cues_between(annotated.words, first, stop) - {"contrast", "after", "soon"}
    if other.sentence is not one.sentence:
        opens = annotated.words.words[other.sentence.first] in _POINTING
        return "answered" if "answered" in meanings else "answers" if "answers" in meanings and opens else ""
    clause = annotated.tags[first:stop].partition("S")[0]  # in "answer to A, in which ten were killed" nothing turns
    turned = "A" in clause or "with" in annotated.words.words[first : first + len(clause)]
    if turned and "answers" in cues_between(annotated.words, one.sentence.first, one.trigger.first):
        return "answered"  # "the response to A was B", "they answered A with B"
    return meanings.pop() if len(meanings) == 1 else "answers" if "answers" in meanings else ""


def is_across_answer(annotated: AnnotatedReport, mention: EventMention, first: int, stop: int) -> bool:
    """Say whether words stand beyond those that make one deed the answer to another.

    In "the army launched air strikes in retaliation for a missile attack" the army did not launch the missiles.

    Args:
        annotated: The report.
        mention: Of one of the two deeds.
        first: Index of the first of the words, of the same sentence.
        stop: Index one past the last.
    """
    trigger = mention.trigger
    between = (stop, trigger.first) if first < trigger.first else (trigger.stop, first)
    return not _ANSWERING.isdisjoint(cues_between(annotated.words, *between))


def has_contrast(annotated: AnnotatedReport, mention: EventMention) -> bool:
    """Say whether the words before a trigger begin another incident: "another attack"."""
    begin = max(mention.sentence.first, mention.trigger.first - _REACH)
    return bool({"contrast", "after"} & cues_between(annotated.words, begin, mention.trigger.stop))
