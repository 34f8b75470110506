"""Distinguish background from news: totals of a war or a year, and what happened long before the report.

"The war has killed tens of thousands since 2023" and "last June sixty people died in protests" stand in many a report
of something else, which neither their numbers nor their days are of. The cues stand in data/events/background_cues.csv.
"""

from datetime import date, timedelta
from functools import cache
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.language.chunks import NounPhrase
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.tokens import Words, places_of, read_words
from geo.extraction.temporal.timex import DateMention
from geo.resources import read_table

_MEANWHILE: Final = frozenset({"as", "while"})
TOTAL: Final = "total"  # of a stretch of time: no incident by itself
DATED: Final = "dated"  # of a day, month or year long before the report
REMEMBERED: Final = "remembered"  # of what an anniversary is of
_WIDE: Final = timedelta(days=31)
_LONG_AGO: Final = timedelta(days=62)


def find_background(
    words: Words, sentence: Sentence, timex: DateMention | None, today: date | None, *, in_clause: bool
) -> str:
    """Say whether a mention is background: `TOTAL`, `DATED`, or "" when it may be the news.

    Args:
        words: Of the report.
        sentence: That of the mention.
        timex: The date of the mention.
        today: The day of the report, where it is known.
        in_clause: Whether the date stands in the mention's own clause.
    """
    old = False
    wide = bool(timex and timex.first and timex.last and timex.last - timex.first > _WIDE)
    at = words.at(timex.start) if timex else 0
    if wide and words.words[at] == "since" and (in_clause or at == sentence.first):
        return TOTAL  # "Since October, 200 people, most of them fighters, have died"
    if in_clause and timex and timex.first and timex.last:
        old = today is not None and timex.last < today - _LONG_AGO
        if not (wide or old):
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
    tokens = [word for word in words.words[sentence.first : sentence.stop] if word != ","]
    table = _cues()
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
