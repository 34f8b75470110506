"""Index the people of one text by the words where they begin and end, to be found from a word beside them."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from geo.extraction.entities.coordination import Coordination, find_coordinations
from geo.extraction.language.chunks import NounPhrase
from geo.extraction.language.tagged_text import TaggedText
from geo.tables import effects, word_class

_REACH: Final = 30  # words between a harm word and those affected
_ADVERBS: Final = 3  # words between people and "killed"
_GOVERNING: Final = word_class("governing_preposition")


class PeopleOfText:
    """The people that one text names, alone or in lists, by where they stand."""

    def __init__(self, text: TaggedText, phrases: Sequence[NounPhrase]) -> None:
        """Find the lists of people among the noun phrases of a text."""
        self.text = text
        self.words = text.words
        self.tokens = text.words.words
        self.tags = text.tags
        self.phrases = [phrase for phrase in phrases if phrase.sort != "thing"]
        self.coordinations = find_coordinations(text, self.phrases)
        self.starting = {people.first: people for people in self.coordinations}
        self.ending = {stop: people for people in self.coordinations for stop in people.stops}
        self.within = {
            item.first: (people, number) for people in self.coordinations for number, item in enumerate(people.items)
        }
        self.counted = {phrase.stop: phrase for phrase in self.phrases if phrase.counted and phrase.least != 0}
        self.effects = effects()

    def use_of(self, word: str) -> str:
        """Say how a harm word is used; "" of another word."""
        return self.effects[word].use if word in self.effects else ""

    def behind_of(self, index: int) -> Coordination | None:
        """Take the people behind "of"."""
        return self.right_of(index + 2) if self.get(index + 1) == "of" else None

    def subject_before(self, stop: int) -> Coordination | None:
        """Find the people who are the subject of a verb whose auxiliaries begin at `stop`."""
        if self.get(stop - 1) in {"who", "which", "that"}:
            stop -= 1
        if self.get(stop - 1) in {",", ")"}:
            apposed = self.before_apposition(stop - 1)
            if apposed is not None:
                return apposed
            stop -= 1
        near = self.ending.get(stop)
        if near is not None and self.get(near.first - 1) not in _GOVERNING:
            return near
        if near is not None and len(near.items) > 1 and near.items[-1].counted and not near.items[-2].counted:
            return Coordination(near.items[-1:], near.parts)  # "killed by troops and four others were hurt"
        return self.nearest_subject(stop)

    def nearest_subject(self, stop: int) -> Coordination | None:
        """Return the nearest people before a word, in its sentence, that no preposition governs."""
        at = bisect_left(self.coordinations, stop, key=lambda people: people.first) - 1
        while (
            at >= 0
            and stop - self.coordinations[at].first <= _REACH
            and not self.is_cut(self.coordinations[at].stops[1], stop)
        ):
            if self.get(self.coordinations[at].first - 1) not in _GOVERNING:
                return self.coordinations[at]
            at -= 1
        return None

    def before_apposition(self, comma: int) -> Coordination | None:
        """Find the person of "Dr. Adam, a consultant in the city, was shot": the name before the first comma."""
        for at in range(comma - 1, max(0, comma - _REACH), -1):
            if self.tags[at] == ".":
                return None
            if self.tokens[at] in {",", "("} and (people := self.ending.get(at)):
                return people
        return None

    def left_of(self, index: int) -> Coordination | None:
        """Take the people who stand right before a word."""
        at = index
        while (
            at > 0
            and (self.tags[at - 1] == "R" or self.tokens[at - 1] in {",", "reported", "confirmed"})
            and index - at < _ADVERBS
        ):
            at -= 1
        for stop in (index, at):
            if stop in self.ending:
                return self.ending[stop]
        return None

    def counted_left_of(self, index: int) -> Coordination | None:
        """Take a number that counts the noun itself: "five deaths", "two lifeless bodies"."""
        for stop in (index, index - 1, index - 2):
            if stop in self.counted and not self.tags[stop:index].strip("n"):
                return Coordination((self.counted[stop],))
        return None

    def right_of(self, at: int) -> Coordination | None:
        """Take the people who stand right after a word."""
        for skip in range(4):
            if at + skip in self.starting:
                return self.starting[at + skip]
            word, tag = self.get(at + skip), self.tags[at + skip : at + skip + 1]
            if not (tag in "RA" and tag) and word not in {"and", "or", "/"} and word not in self.effects:
                break
        return self._inside(at)

    def _inside(self, at: int) -> Coordination | None:
        """Enter a list at one of its later items."""
        if at not in self.within:
            return None
        people, number = self.within[at]
        return Coordination(people.items[number:], people.parts)

    def is_cut(self, first: int, stop: int) -> bool:
        """Return whether a sentence ends between two words."""
        return any(
            (self.tags[at] == "." and self.tokens[at] not in {".", "/", ":"}) or self.tokens[at] == "."
            for at in range(first, stop)
        )

    def get(self, index: int) -> str:
        """Return a word, or "" outside of the text."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else ""
