"""Read who says what a text reports: "officials said", "according to the police", ", said the minister".

Every verb of saying is read once, with its speakers; later steps only look up whether a phrase is a speaker, whose
statement a sentence is, and whether a verb of saying stands beside a date or a place.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from geo.extraction.language.chunks import NounPhrase, chunks_left, chunks_right
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.tokens import Words, places_of
from geo.tables import word_class, word_classes

_HAVE: Final = word_class("have")
_ACCORDING: Final = ["according", "to"]
_COUNTING: Final = word_class("gives_toll")  # "put the death toll at six": whoever does says so
_TOLL: Final = word_class("toll")
_AT: Final = attrgetter("at")
_TOLL_REACH: Final = 4  # words of "the official death toll" behind the verb


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying, or "according to", with those who speak."""

    at: int  # index of the verb, or of "according"
    speakers: tuple[NounPhrase, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReportedSpeech:
    """Who says what in a text."""

    sayings: Sequence[Saying]  # in text order
    verbs: Sequence[int]  # indices of all words of reporting, those without a speaker too
    speaking: frozenset[int]  # indices of the words that name speakers

    def is_speaker(self, first: int, stop: int) -> bool:
        """Return whether the words `first` to `stop` name somebody who only says what others did."""
        return not self.speaking.isdisjoint(range(first, stop))

    def is_reporting_within(self, first: int, stop: int) -> bool:
        """Return whether a word of reporting stands among the words `first` to `stop`: "said on Monday"."""
        at = bisect_left(self.verbs, first)
        return at < len(self.verbs) and self.verbs[at] < stop

    def within(self, first: int, stop: int) -> Sequence[Saying]:
        """List what is said by verbs among the words `first` to `stop`."""
        begin = bisect_left(self.sayings, first, key=_AT)
        return self.sayings[begin : bisect_left(self.sayings, stop, begin, key=_AT)]


def find_reported_speech(words: Words, tags: str, sentences: Sequence[Sentence]) -> ReportedSpeech:
    """Read every verb of saying of a text, with its speakers."""
    sayings = []
    tokens, saying = words.words, word_classes()["speaking"] | _COUNTING
    for sentence in sentences:
        for place in places_of(tokens[sentence.first : sentence.stop], saying):
            at = sentence.first + place
            if tokens[at] in _COUNTING and _TOLL.isdisjoint(tokens[at + 1 : at + 1 + _TOLL_REACH]):
                continue
            speakers = _speakers(words, tags, at, sentence)
            if speakers:
                sayings.append(Saying(at, speakers))
    named = frozenset(i for saying in sayings for chunk in saying.speakers for i in range(chunk.first, chunk.stop))
    return ReportedSpeech(sayings, places_of(tokens, word_classes()["reporting"]), named)


def _speakers(words: Words, tags: str, at: int, sentence: Sentence) -> tuple[NounPhrase, ...]:
    """Find who speaks by a word of saying; empty where nobody does."""
    if words.words[at] == "according":
        is_source = words.words[at : at + 2] == _ACCORDING
        return tuple(chunks_right(words, tags, at + 2, sentence.stop)[:1]) if is_source else ()
    if _is_passive(words, tags, at) or words.get(at + 1) in word_classes()["after_passive_saying"]:
        return ()
    if inverted := _inverted(words, tags, at, sentence):
        return inverted
    subject = _second_subject(tags, at, sentence.first)
    return subject or tuple(chunks_left(words, tags, at, sentence.first))


def _second_subject(tags: str, at: int, floor: int) -> tuple[NounPhrase, ...]:
    """Read the subject of a second clause: in "killed two bakers and a spokesman said" the bakers say nothing.

    In "wounding two bakers, police and officials said" two speak.
    """
    stop = at
    while stop > floor and tags[stop - 1] in "ART":
        stop -= 1
    first = _phrase_start(tags, stop, floor)
    second = floor < first < stop and tags[first - 1] == "C" and "V" in tags[floor:first]
    if not second:
        return ()
    other = _phrase_start(tags, first - 1, floor)
    both = floor < other < first - 1 and tags[other - 1] == ","
    last = NounPhrase(first, stop, stop - 1)
    return (NounPhrase(other, first - 1, first - 2), last) if both else (last,)


def _phrase_start(tags: str, stop: int, floor: int) -> int:
    """Return where the nouns that end before a word begin, their article included."""
    first = stop
    while first > floor and tags[first - 1] in "n#'-":
        first -= 1
    return first - (first > floor and tags[first - 1] == "D")


def _is_passive(words: Words, tags: str, at: int) -> bool:
    """Return whether a verb has no speaker as its subject: "a guard was reported killed"."""
    return at > 0 and tags[at - 1] == "A" and words.words[at - 1] not in _HAVE


def _inverted(words: Words, tags: str, at: int, sentence: Sentence) -> tuple[NounPhrase, ...]:
    """Read ", said the minister."; in "the mayor, Ana Diaz, said the attack killed two" the attack says nothing."""
    if at == sentence.first or tags[at - 1] not in ',"':
        return ()
    found = chunks_right(words, tags, at + 1, sentence.stop)
    return tuple(found) if found and tags[found[-1].stop : found[-1].stop + 1] in {".", ",", "P", "T", ""} else ()
