"""Combine the counts of several mentions of one incident."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.casualties.casualty_mentions import CasualtyMention
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.language.quantities import Quantity
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.event_mentions import EventMention
from geo.tables import word_class

_MOST_PARTS: Final = 16  # single people counted as part of a total
_WHOEVER: Final = word_class("anybody")


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as least and most; None: not said, or open."""

    least: int | None = None
    most: int | None = None


def count_people(cluster: EventCluster, effect: str) -> Count:
    """Count the people killed, wounded, ... in an incident: a total or parts, several or one mentioned twice."""
    reported = [
        found
        for mention in cluster.mentions
        for found in mention.casualties
        if found.effect == effect and not found.part_of_total
    ]
    sure = [found for found in reported if found.least is not None or found.most is not None]
    if not sure:
        return Count()
    once = [found for found in sure if not found.over_period]
    sure = once if once or len(cluster.mentions) > 1 else sure  # a total over months is not this one's
    if not sure:
        return Count()
    sure = [found for found in sure if not found.vague] or sure  # "the priests" are those who were counted
    parts = [part for one in cluster.mentions for part in one.casualties if part.part_of_total and part.least == 1]
    sure = [found for found in sure if not _is_counted_before(found, parts)] or sure
    people: list[list[CasualtyMention]] = []  # the counts of the same people
    for found in sure:
        same = next((counts for counts in people if _same_people(found, counts[0])), None)
        if same is None:
            people.append([found])
        else:
            same.insert(0 if _surer(found, same[0]) else len(same), found)
    return _sum(people)


def _is_counted_before(found: CasualtyMention, parts: Sequence[CasualtyMention]) -> bool:
    """Return whether somebody is one of those counted before: "30, including a minister", "Minister Adam"."""
    if found.least != 1 or not parts or not (mine := _words(found.who or "")):
        return False
    return any(
        part.effect == found.effect and part.end < found.start and mine & _words(part.who or "")
        for part in parts[:_MOST_PARTS]
    )


def _same_people(one: CasualtyMention, other: CasualtyMention) -> bool:
    """Return whether two counts are of the same people; without a difference they are the same."""
    if (one.least, one.most) == (other.least, other.most) and one.least != 1:
        return True
    if not one.who or not other.who or _are_rivals(one, other):
        return True
    if (one.whole or other.whole) and _is_anybody(one) and _is_anybody(other):
        return True  # a toll is of all who died, whatever was counted before
    mine, theirs = _words(one.who), _words(other.who)
    if mine & theirs:
        return True
    near = abs(one.start - other.start) < 250  # noqa: PLR2004 -- characters: side by side in one sentence
    if one.least == 1 and other.least == 1:
        # "Guerra was shot", later "the leader was murdered": one man, unless both are named
        return not near and "person" not in {one.kind} & {other.kind}
    return not near


def _are_rivals(one: CasualtyMention, other: CasualtyMention) -> bool:
    """Return whether two sources count whoever it was: "54 according to Amnesty", "at least 40 dead, police said"."""
    sources = one.source and other.source and one.source != other.source
    return bool(sources) and all(_is_anybody(found) and (found.least or 0) > 1 for found in (one, other))


def _words(who: str) -> set[str]:
    return {word.strip(".,'\"").removesuffix("s") for word in who.lower().split() if len(word) > 3}  # noqa: PLR2004


def _surer(one: CasualtyMention, other: CasualtyMention) -> bool:
    """Return whether a count replaces another: a higher or a definite one does."""
    if one.vague != other.vague:
        return other.vague
    return (one.least or 0) > (other.least or 0)


def _sum(people: Sequence[Sequence[CasualtyMention]]) -> Count:
    """Add up who was counted apart, unless one count is of them all."""
    total = max(people, key=lambda counts: (counts[0].whole, counts[0].least or 0))
    others = sum(counts[0].least or 0 for counts in people if counts is not total)
    whole = total[0].whole and _is_at_least(total[0], people)
    if whole or (_is_anybody(total[0]) and (total[0].least or 0) > max(1, others - 1)):
        people = [total]  # "ten people were killed in all"
    ranges = [_range(counts) for counts in people]
    least = sum(count.least or 0 for count in ranges)
    return Count(least, None if any(count.most is None for count in ranges) else sum(c.most or 0 for c in ranges))


def _is_at_least(total: CasualtyMention, people: Sequence[Sequence[CasualtyMention]]) -> bool:
    return all((counts[0].least or 0) <= (total.least or 0) for counts in people)


def _range(counts: Sequence[CasualtyMention]) -> Count:
    """Take the surest count of the same people; of sources that differ, from the least to the most."""
    best = counts[0]
    rivals = [found for found in counts[1:] if _are_rivals(found, best)]
    if not rivals:
        return Count(best.least or 0, best.most)
    numbers = [number for found in (best, *rivals) for number in (found.least, found.most) if number is not None]
    counted = [found.most for found in (best, *rivals) if found.most is not None]
    at_least = max([found.least or 0 for found in (best, *rivals) if found.most is None], default=-1)
    return Count(min(numbers), max(counted) if counted and max(counted) > at_least else None)


def _is_anybody(found: CasualtyMention) -> bool:
    """Return whether a count is of whoever it was: "ten people", not "ten other people" or "ten nurses"."""
    words = (found.who or "").lower().split()
    return bool(words) and "other" not in words and (words[-1] in _WHOEVER or not _words(found.who or ""))


def count_events(annotated: AnnotatedReport, cluster: EventCluster) -> int | None:
    """Read a series reported as one: "over 20 attacks", "eight bombings"."""
    counts = [least for mention in cluster.mentions if (least := _series(annotated, mention)) is not None]
    return max(counts, default=None)


def _series(annotated: AnnotatedReport, mention: EventMention) -> int | None:
    if not mention.plural and mention.trigger.entry.part != "phrase":
        return None
    trigger = annotated.words.words[mention.trigger.first : mention.trigger.stop]
    if any_in(trigger, "crowd"):
        return None  # "thousands of demonstrators" are one demonstration
    before = _quantity_before(annotated, mention)
    if before is None or before.least is None or before.least < 2:  # noqa: PLR2004 -- a series has two at least
        return None
    return before.least


def _quantity_before(annotated: AnnotatedReport, mention: EventMention) -> Quantity | None:
    """Find the number that stands before a plural trigger, with nothing but adjectives between."""
    for quantity in annotated.text.quantities:
        if quantity.bare_year or not mention.trigger.first - 5 <= quantity.stop <= mention.trigger.first:
            continue
        if all(annotated.tags[i] in "n-V" for i in range(quantity.stop, mention.trigger.first)):
            return quantity
    return None
