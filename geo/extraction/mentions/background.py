"""Distinguish background from news: totals of a war or a year, and what happened long before the report.

"The war has killed tens of thousands since 2023" and "last June sixty people died in protests" stand in many a report
of something else, which neither their numbers nor their days are of. The cues stand in data/events/background_cues.csv.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.language.chunks import NounPhrase
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.tokens import Words, places_of, read_words
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.participants import Participant
from geo.extraction.temporal.timex import DateMention
from geo.extraction.triggers import Trigger
from geo.geoparsing import Location
from geo.resources import read_table
from geo.vocabulary import CROWDS, EVENT_TYPE_OF

_MEANWHILE: Final = frozenset({"as", "while"})
TOTAL: Final = "total"  # of a stretch of time: no incident by itself
DATED: Final = "dated"  # of a day, month or year long before the report
REMEMBERED: Final = "remembered"  # of what an anniversary is of
_WIDE: Final = timedelta(days=31)
_LONG_AGO: Final = timedelta(days=62)
_NEW: Final = timedelta(days=14)  # before the report: what began since is news
_REMEMBERED_REACH: Final = 4  # words of "anniversary of the" before a trigger
_FREQUENT_REACH: Final = 3  # words of "remain all too common"
_RELATIVE_REACH: Final = 14  # words from "in which" to "died"
_WAR_REACH: Final = 7  # words of "war of 2014, in"
_IN: Final = frozenset({"in", "during"})
_MASS: Final = 100_000  # people; one incident drives away, kills or wounds fewer


def find_background(
    annotated: AnnotatedReport,
    trigger: Trigger,
    place: Location | None,
    participants: Sequence[Participant],
    timex: DateMention | None,
    *,
    in_clause: bool,
) -> str:
    """Say whether a mention is background: `TOTAL`, `DATED`, `REMEMBERED`, or "" when it may be the news.

    Args:
        annotated: The report.
        trigger: Of the mention.
        place: Where the mention is, as its sentence says.
        participants: Who acts in it, and who is affected.
        timex: The date of the mention.
        in_clause: Whether the date stands in the mention's own clause.
    """
    words, at = annotated.words.words, trigger.first
    if any_in(words[max(0, at - _REMEMBERED_REACH) : at], "anniversary"):
        return REMEMBERED
    goes_on = _is_frequent(words, trigger) or _goes_on(words, trigger, place) or _lasted(annotated, trigger, timex)
    if goes_on or _is_mass(trigger, participants) or _is_of_a_war(annotated, trigger):
        return TOTAL
    return _by_date(annotated, trigger, timex, in_clause=in_clause)


def _is_frequent(words: Sequence[str], trigger: Trigger) -> bool:
    """Return whether a sentence is of what happens often: "bombings remain common"."""
    behind = words[trigger.stop : trigger.stop + _FREQUENT_REACH]
    return any_in(behind[:1], "remains") and any_in(behind, "frequent")


def _goes_on(words: Sequence[str], trigger: Trigger, place: Location | None) -> bool:
    """Return whether a verb is of what goes on, nowhere in particular: "forces are fighting rebels"."""
    before = words[max(0, trigger.first - 2) : trigger.first]
    going = before[-1:] in (["is"], ["are"]) or before in (["has", "been"], ["have", "been"])
    return trigger.form == "ing" and going and place is None


def _lasted(annotated: AnnotatedReport, trigger: Trigger, timex: DateMention | None) -> bool:
    """Return whether a noun is of months: "after four months of protests", "the protests began in December"."""
    words, at = annotated.words.words, trigger.first
    if trigger.part != "noun" and trigger.form != "ing":
        return False
    if words[at - 1] == "of" and any_in(words[at - 2 : at - 1], "long_time"):
        return True
    began = any_in(words[trigger.stop : trigger.stop + 1], "beginning")
    old = timex and timex.last and annotated.day and timex.last < annotated.day - _NEW
    return began and bool(old)


def _is_mass(trigger: Trigger, participants: Sequence[Participant]) -> bool:
    """Return whether a count is too high for one incident, "two million people have fled"; marches can be as large."""
    crowd = EVENT_TYPE_OF.get(trigger.entry.sub_event_type) in CROWDS
    return not crowd and any((one.least or 0) >= _MASS for one in participants)


def _is_of_a_war(annotated: AnnotatedReport, trigger: Trigger) -> bool:
    """Return whether a relative clause is of a whole war: "the war of 2014, in which more than 2,000 people died"."""
    words, floor = annotated.words.words, annotated.sentence_at(annotated.words.starts[trigger.first]).first
    for at in range(max(floor + 1, trigger.first - _RELATIVE_REACH), trigger.first):
        if words[at] == "which" and words[at - 1] in _IN:
            return any_in(words[max(floor, at - _WAR_REACH) : at - 1], "war")
    return False


def _by_date(annotated: AnnotatedReport, trigger: Trigger, timex: DateMention | None, *, in_clause: bool) -> str:
    """Say by its date, and by cues in its sentence, whether a mention is of a stretch of time or of long ago."""
    words, sentence = annotated.words, annotated.sentence_at(annotated.words.starts[trigger.first])
    old = False
    if timex and timex.first and timex.last:
        wide = timex.last - timex.first > _WIDE
        at = words.at(timex.start)
        if wide and words.words[at] == "since" and (in_clause or at == sentence.first):
            return TOTAL  # "Since October, 200 people, most of them fighters, have died"
        old = in_clause and annotated.day is not None and timex.last < annotated.day - _LONG_AGO
        if in_clause and not (wide or old):
            return ""
    return TOTAL if _has_cue(words, sentence) else DATED if old else ""


@cache
def _cues() -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for row in read_table("events/background_cues.csv"):
        cue = tuple(read_words(row["cue"]).words)
        table.setdefault(cue[0], []).append(cue)
    return {first: tuple(cues) for first, cues in table.items()}


def _has_cue(words: Words, sentence: Sentence) -> bool:
    """Say whether the sentence has a cue; a comma within one does not count: "the war, which began ..."."""
    table = _cues()
    if table.keys().isdisjoint(words.words[sentence.first : sentence.stop]):
        return False
    tokens = [word for word in words.words[sentence.first : sentence.stop] if word != ","]
    return any(tuple(tokens[at : at + len(cue)]) == cue for at in places_of(tokens, table) for cue in table[tokens[at]])


def is_meanwhile(annotated: AnnotatedReport, phrase: NounPhrase) -> bool:
    """Return whether a phrase is the subject of what went on meanwhile: "as the president was attending prayers"."""
    words, tags, at = annotated.words.words, annotated.tags, phrase.first - 1
    while at > 0 and tags[at] in "Dn":
        at -= 1
    verb = phrase.stop
    while tags[verb : verb + 1] in {"A", "R"}:
        verb += 1
    does = tags[verb : verb + 1] == "V" and (words[verb].endswith("ing") or not annotated.text.verbs[verb].is_passive)
    return at >= 0 and words[at] in _MEANWHILE and does and not annotated.triggers_within(verb, verb + 1)
