"""Hold what the finders found in one report, so that every later step reads it once."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from operator import attrgetter
from typing import Final, Protocol, TypeVar

from geo.extraction.casualties.casualty_mentions import CasualtyMention, find_casualties
from geo.extraction.entities.actors import ActorMention, find_actors
from geo.extraction.entities.noun_phrases import find_phrases
from geo.extraction.entities.weapons import WeaponMention, find_weapons
from geo.extraction.language.chunks import NounPhrase
from geo.extraction.language.cues import RelationCues, cues_between, find_relation_cues
from geo.extraction.language.reported_speech import ReportedSpeech
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.tagged_text import TaggedText, with_tags
from geo.extraction.language.tokens import Words, read_words
from geo.extraction.language.topics import ReportTopics, find_topics
from geo.extraction.language.word_classes import tag_words
from geo.extraction.temporal.timex import DateMention, find_dates
from geo.extraction.triggers import Trigger, find_triggers
from geo.geoparsing import Location, find_locations
from geo.reading.paragraphs import readable
from geo.report import Report

_START: Final = attrgetter("start")
_FAR: Final = 100  # sentences from an incident to what may belong to it
# How far apart two words are: what cuts a sentence counts for several words.
_STEP: Final = defaultdict(lambda: 1.0, {",": 2.0, ".": 6.0, "S": 5.0, "V": 3.0, "C": 2.0, "A": 2.0})

_ANSWERING: Final = frozenset({"answers", "answered"})  # meanings of data/events/relation_cues.csv


class Spanned(Protocol):
    """Anything that was found in a text."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


Found = TypeVar("Found", bound=Spanned)

_LETTERS: Final = 600  # of a text that show how it is written
_MOSTLY: Final = 0.9  # of its letters


@dataclass(frozen=True, slots=True)
class AnnotatedReport:
    """One report with everything that was found in it; all offsets are into Report.text."""

    report: Report
    text: TaggedText
    words: Words  # of the text, as all of these four: read so often that a property would cost a hundredth of the time
    tags: str  # the class of each word, one letter each
    sentences: Sequence[Sentence]  # in text order
    speech: ReportedSpeech  # who says what
    steps: Sequence[float]  # how far each word is from the beginning
    starts: list[int]  # of the sentences
    frequencies: Counter[str]  # how often each word occurs
    topics: ReportTopics
    cues: RelationCues
    is_in_capitals: bool  # as wires and teleprinters write
    title_types: frozenset[str]  # of the triggers of its headline, where that is known
    triggers: list[Trigger]
    trigger_firsts: list[int]  # index of the first word of each
    phrases: Sequence[NounPhrase]
    dates: list[DateMention]
    casualties: list[CasualtyMention]
    actors: list[ActorMention]
    weapons: list[WeaponMention]
    locations: list[Location]

    @property
    def day(self) -> date | None:
        """Return the day on which the report was published, or filed."""
        if self.report.published:
            return self.report.published
        return next((found.last for found in self.dates if found.is_dateline and found.last), None)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds an offset."""
        return self.sentences[max(0, bisect_right(self.starts, offset) - 1)]

    def stretch(self, sentences: Sequence[int]) -> tuple[int, int]:
        """Return the offsets between which the arguments of an incident stand, of any report but a book all of it.

        Args:
            sentences: Indices of those that mention the incident, ascending.
        """
        first, last = sentences[0] - _FAR, sentences[-1] + _FAR
        return (
            self.sentences[first].start if first > 0 else 0,
            self.sentences[last].end if last < len(self.sentences) else len(self.report.text) + 1,
        )

    def triggers_within(self, first: int, stop: int) -> Sequence[Trigger]:
        """List the triggers that begin at the words `first` to `stop`."""
        begin = bisect_left(self.trigger_firsts, first)
        return self.triggers[begin : bisect_left(self.trigger_firsts, stop, begin)]

    def triggers_before(self, trigger: Trigger, found: Spanned) -> Sequence[Trigger]:
        """List the other triggers between a trigger and a find, to which the find may belong instead."""
        at = self.words.at(found.start)
        return self.triggers_within(*((trigger.stop, at) if at >= trigger.stop else (at, trigger.first)))

    def nearest_trigger(self, sentence: Sentence, found: Spanned) -> Trigger:
        """Return the trigger of a sentence that a find is nearest to; the sentence must have one."""
        triggers = self.triggers_within(sentence.first, sentence.stop)
        return min(triggers, key=lambda trigger: self.distance(trigger.first, trigger.stop, found))

    def is_across_answer(self, trigger: Trigger, first: int, stop: int) -> bool:
        """Return whether words stand beyond those that make one event the answer to another.

        In "the army launched air strikes in retaliation for a missile attack" the army did not launch the missiles.

        Args:
            trigger: Of one of the two events.
            first: Index of the first of the words, of the same sentence.
            stop: Index one past the last.
        """
        return not _ANSWERING.isdisjoint(cues_between(self.cues, *trigger.gap(first, stop)))

    def distance(self, first: int, stop: int, found: Spanned) -> float:
        """Measure how far a find is from the words `first` to `stop`, in words; commas and verbs count for more."""
        last_index = len(self.steps) - 1
        begin = min(self.words.at(found.start), last_index)
        end = min(self.words.before(found.end), last_index)
        if begin >= stop:
            return self.steps[begin] - self.steps[stop - 1]
        return max(0.0, self.steps[first] - self.steps[max(0, end - 1)])


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A report, read as far as is needed to know whether it has any trigger: without one it describes no incident."""

    report: Report
    words: Words
    tags: str
    dates: list[DateMention]
    triggers: list[Trigger]


def begin(report: Report) -> Begun:
    """Find the dates and the triggers of a report, the first of all that `annotate` finds."""
    words = read_words(readable(report.text))
    dates = find_dates(words, report.published)
    tags = tag_words(words)
    triggers = [found for found in find_triggers(words, tags) if not _inside(words, found, dates)]
    return Begun(report, words, tags, dates, triggers)


def annotate(report: Report) -> AnnotatedReport:
    """Run every finder over a report."""
    return complete(begin(report))


def complete(begun: Begun) -> AnnotatedReport:
    """Run all other finders over a report that is begun."""
    report, words = begun.report, begun.words
    text = with_tags(words, _retag(words, begun.tags, begun.triggers, begun.dates))
    phrases = find_phrases(text)
    return AnnotatedReport(
        report,
        text,
        words,
        text.tags,
        text.sentences,
        text.speech,
        list(accumulate(map(_STEP.__getitem__, text.tags), initial=0.0)),
        [sentence.start for sentence in text.sentences],
        Counter(words.words),
        find_topics(words.words, text.sentences, report.title),
        find_relation_cues(words),
        _is_in_capitals(report.text),
        _types_of(report.title),
        begun.triggers,
        [trigger.first for trigger in begun.triggers],
        phrases,
        begun.dates,
        find_casualties(text, phrases),
        find_actors(words, phrases),
        find_weapons(text),
        find_locations(report),
    )


def _is_in_capitals(text: str) -> bool:
    letters = [letter for letter in text[:_LETTERS] if letter.isalpha()]
    return sum(map(str.isupper, letters)) > _MOSTLY * len(letters)


def _types_of(title: str) -> frozenset[str]:
    """List the sub-event types of the triggers of a headline."""
    words = read_words(title)
    return frozenset(found.entry.sub_event_type for found in find_triggers(words, tag_words(words)))


def _inside(words: Words, trigger: Trigger, dates: Sequence[DateMention]) -> bool:
    """Return whether a trigger is only a part of a date ("27 March")."""
    start = words.starts[trigger.first]
    before = bisect_right(dates, start, key=_START) - 1  # dates do not overlap
    return before >= 0 and start < dates[before].end


def _retag(words: Words, tags: str, triggers: Sequence[Trigger], dates: Sequence[DateMention]) -> str:
    """Mark triggers that are verbs as V, and dates as T."""
    letters = list(tags)
    for trigger in triggers:
        if trigger.part == "verb":
            letters[trigger.first] = "V"
    for mention in dates:
        for i in range(words.at(mention.start), words.before(mention.end)):
            letters[i] = "T"
    return "".join(letters)


def within(found: list[Found], start: int, end: int) -> list[Found]:
    """List the finds that begin in a span of the text; `found` is in text order."""
    first = bisect_left(found, start, key=_START)
    return found[first : bisect_left(found, end, first, key=_START)]
