"""Bring the counts of several tellings of one incident together."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.casualties import CasualtyMention
from geo.extraction.groups import Group
from geo.extraction.numbers import Quantity, find_quantities
from geo.extraction.readings import Reading
from geo.extraction.tellings import Telling

_WHOEVER = frozenset({"people", "persons", "dead", "victims"})


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as least and most; None: not said, or open."""

    least: int | None = None
    most: int | None = None


def count_people(group: Group, effect: str) -> Count:
    """Count whom an incident killed, wounded, ...: a total against parts, several victims against one told twice."""
    told = [
        found
        for telling in group.tellings
        for found in telling.casualties
        if found.effect == effect and not found.part_of_total
    ]
    sure = [found for found in told if found.least is not None or found.most is not None]
    if not sure:
        return Count()
    sure = [found for found in sure if not found.vague] or sure  # "the priests" are those who were counted
    kept: list[CasualtyMention] = []
    for found in sure:
        twin = next((other for other in kept if _same_people(found, other)), None)
        if twin is None:
            kept.append(found)
        elif _surer(found, twin):
            kept[kept.index(twin)] = found
    return _sum(kept)


def _same_people(one: CasualtyMention, other: CasualtyMention) -> bool:
    """Say whether two counts are of the same people; what does not tell them apart makes them the same."""
    if (one.least, one.most) == (other.least, other.most) and one.least != 1:
        return True
    if not one.who or not other.who:
        return True
    mine, theirs = _words(one.who), _words(other.who)
    if mine & theirs:
        return True
    near = abs(one.start - other.start) < 250  # noqa: PLR2004 -- characters: side by side in one sentence
    if one.least == 1 and other.least == 1:
        # "Guerra was shot", later "the leader was murdered": one man, unless both are named
        return not near and "person" not in {one.kind} & {other.kind}
    return not near


def _words(who: str) -> set[str]:
    return {word.strip(".,'\"").removesuffix("s") for word in who.lower().split() if len(word) > 3}  # noqa: PLR2004


def _surer(one: CasualtyMention, other: CasualtyMention) -> bool:
    """Say whether a count replaces another: a higher or a definite one does."""
    if one.vague != other.vague:
        return other.vague
    return (one.least or 0) > (other.least or 0)


def _sum(kept: Sequence[CasualtyMention]) -> Count:
    total = max(kept, key=lambda found: found.least or 0)
    others = sum(found.least or 0 for found in kept if found is not total)
    if _is_total(total) and (total.least or 0) >= others:
        kept = [total]  # "ten people were killed in all"
    least = sum(found.least or 0 for found in kept)
    open_end = any(found.most is None for found in kept)
    return Count(least, None if open_end else sum(found.most or 0 for found in kept))


def _is_total(found: CasualtyMention) -> bool:
    """Say whether a count is of whoever it was: "ten people", not "ten other people" or "ten nurses"."""
    words = (found.who or "").lower().split()
    return bool(words) and words[-1] in _WHOEVER and "other" not in words and (found.least or 0) > 1


def count_events(reading: Reading, group: Group) -> int | None:
    """Read a series told as one: "over 20 attacks", "eight bombings"."""
    counts = [least for telling in group.tellings if (least := _series(reading, telling)) is not None]
    return max(counts, default=None)


def _series(reading: Reading, telling: Telling) -> int | None:
    if not telling.plural and telling.trigger.entry.part != "phrase":
        return None
    before = _quantity_before(reading, telling)
    if before is None or before.least is None or before.least < 2:  # noqa: PLR2004 -- a series has two at least
        return None
    return before.least


def _quantity_before(reading: Reading, telling: Telling) -> Quantity | None:
    """Find the number that stands before a plural trigger, with nothing but adjectives between."""
    for quantity in find_quantities(reading.words):
        if quantity.bare_year or not telling.trigger.first - 5 <= quantity.stop <= telling.trigger.first:
            continue
        if all(reading.tags[i] in "n-V" for i in range(quantity.stop, telling.trigger.first)):
            return quantity
    return None
