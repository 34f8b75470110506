"""Find whom a word of effect befell: before it where it is passive, behind it where it is active.

"Two clerks were killed", "killed two clerks", "the death of two clerks", "left two clerks dead" all tell of the
same two.
"""

from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import Final

from geo.extraction.entities.coordination import Coordination, find_coordinations
from geo.extraction.entities.noun_phrases import find_phrases
from geo.extraction.language.tokens import Words
from geo.extraction.language.word_classes import tag_words, word_classes
from geo.resources import read_table

_ALONG: Final = 20  # words from a verb to "along with"
_JOINED: Final = 9  # words between verbs that share a subject
_REACH: Final = 30  # words between an effect and the people that it befell
_STEPS: Final = 7  # words of "were later reportedly" before a verb
_ADVERBS: Final = 3  # words between people and "killed"
_HIS: Final = frozenset({"his", "her", "their"})
_HARM: Final = frozenset({"injuries", "injury", "wounds"})
_GROWN: Final = frozenset({"grown", "grew", "risen", "rose", "climbed"})
_TOLL_IS: Final = frozenset({"to", "at", "of", "reached", "is", "was", "stands", "exceeds", ":"})
_TOLL_MOVES: Final = frozenset(
    "rose risen rises rising climbed climbs climbing grew grown jumped revised raised up stood stands stand put soared "
    "increased fell dropped lowered down".split()
)
_TOLL_REACHES: Final = frozenset("reached exceeded topped passed hit".split())
_TOLL_NEAR: Final = 9  # words in which any verb may tie a number to "toll"
_TOLL_REACH: Final = 26  # ... and one that says that it moved
_GROWN_REACH: Final = 20  # words between "injuries" and "grown to 110"
_HARM_REACH: Final = 7  # words between "with" and "injuries"
_BE: Final = frozenset("was were is are been being be am get got gets getting".split())
_HAVE: Final = frozenset(
    "has have had having may might could must also reportedly allegedly later then subsequently".split()
)
_UNREAL: Final = frozenset("to will would could might may can should not must".split())
_GOVERNING: Final = frozenset("in by at near with from to against for on of into under inside outside between".split())


@cache
def read_effects() -> dict[str, tuple[str, str]]:
    """Read the table: word -> what was done to people, and how the word is used."""
    return {row["word"]: (row["effect"], row["use"]) for row in read_table("events/effects.csv")}


class VictimFinder:
    """Finds, in one text, whom a word of effect befell."""

    def __init__(self, words: Words) -> None:
        """Cut the text into phrases and lists of people."""
        self.words = words
        self.told = words.words
        self.tags = tag_words(words)
        self.phrases = [phrase for phrase in find_phrases(words) if phrase.sort != "thing"]
        self.coordinations = find_coordinations(words, self.phrases)
        self.starting = {people.first: people for people in self.coordinations}
        self.ending = {stop: people for people in self.coordinations for stop in people.stops}
        self.within = {
            item.first: (people, number) for people in self.coordinations for number, item in enumerate(people.items)
        }
        self.counted = {phrase.stop: phrase for phrase in self.phrases if phrase.counted and phrase.least != 0}
        self.effects = read_effects()

    def find(self, index: int) -> Coordination | None:
        """Find whom the effect at a word befell; None when nobody is told."""
        return self.find_as(index, self.effects[self.told[index]][1])

    def find_as(self, index: int, use: str) -> Coordination | None:
        """Find whom a word befell that is used as `use` says (data/events/effects.csv)."""
        if use == "do" and self.get(index - 1) in _UNREAL:  # threatened to kill
            return None
        numbered = self.get(index - 1) == "of" and self.get(index - 2) in {
            "number",
            "count",
        }  # the number of dead at 26
        found = self._toll(index) if numbered else self._by_use(index, self.told[index], use) or self._with_harm(index)
        return self._along(index, found) if found else None

    def _by_use(self, index: int, word: str, use: str) -> Coordination | None:
        if use in {"doing", "do"}:
            return self._right(index + 1) or self._of(index)
        if use in {"lives", "body"}:
            return self._of(index) or self._left(index) or self._counted_left(index)
        if use == "sum":
            return self._counted_left(index) or self._toll(index)
        if use == "befell":
            return self._subject(self.before_verb(index)[0])
        if use == "event":
            return self._event(index, word)
        return self._done(index) if use == "done" else self._state(index)

    def _of(self, index: int) -> Coordination | None:
        """Take the people behind "of"."""
        return self._right(index + 2) if self.get(index + 1) == "of" else None

    def _along(self, index: int, people: Coordination) -> Coordination:
        """Take in those who are told behind: "was killed near his home, along with two guards", "with his son"."""
        after = people.stops[0] > index
        behind = range(index + 1, min(index + _ALONG, len(self.told) - 2))
        for at in sorted(set(people.stops)) if after else behind:
            if self.tags[at : at + 1] in {".", "S", "V", ""}:
                break
            along = self.told[at : at + 2] in (["along", "with"], ["together", "with"]) and not after
            kin = self.get(at) == "with" and self.get(at + 1) in _HIS
            more = self._right(at + (2 if along else 1)) if along or kin else None
            if along or more:
                return Coordination(people.items + more.items, people.parts + more.parts) if more else people
        return people

    # -- the people of each use ----------------------------------------------------------------------

    def _done(self, index: int) -> Coordination | None:
        """Read "two were killed", "killed two", "two soldiers killed", "killed were A and B"."""
        before, passive = self.before_verb(index)
        if not passive and (joined := self._joined_verb(index)) >= 0:
            before, passive = self.before_verb(joined)
            if not passive:
                return self._right(index + 1)
        if passive:
            if before >= 0 and (people := self._subject(before)):
                return people
            return None
        right = self._right(index + 1)
        left = self._left(index)
        if right is not None and (left is None or right.items[0].sort != "name" or left.items[0].sort != "number"):
            return right
        if left is not None:
            return left
        inverted = self._inverted(index)
        return inverted if inverted is not None else self._other_effect(index)

    def before_verb(self, index: int) -> tuple[int, bool]:
        """Step back over "were reportedly": the index that the subject must end at, and whether that is passive."""
        at, passive = index, False
        while at > 0 and index - at < _STEPS:
            word, tag = self.told[at - 1], self.tags[at - 1]
            if word in _BE:
                passive = True
            elif word == "and" and at > 1 and self.told[at - 2] in self.effects:
                at -= 1  # "were killed and wounded"
            elif word in self.effects:
                if not passive and self.effects[word][1] != "done":
                    break
            elif tag not in "RA" and word not in _HAVE:
                break
            at -= 1
        return at, passive

    def _joined_verb(self, index: int) -> int:
        """Find the first verb of "was robbed, stabbed and murdered", "was shot in the head and killed"; -1: none."""
        if self.get(index - 1) not in {"and", "then", "later", ","}:
            return -1
        for at in range(index - 2, max(-1, index - _JOINED), -1):
            if self.tags[at] in ".S":
                return -1
            if self.is_verb(at) and (self.get(at - 1) in _BE or self.tags[at - 1] in "RA"):
                return at
        return -1

    def is_verb(self, at: int) -> bool:
        """Say whether a word is, or may be, the past form of a verb of harm."""
        word = self.told[at]
        return (
            word in self.effects
            or word in word_classes()["harm_verb"]
            or (word.endswith("ed") and self.tags[at] in "nV")
        )

    def _subject(self, stop: int) -> Coordination | None:
        """Find the people who are the subject of a verb whose auxiliaries begin at `stop`."""
        if self.get(stop - 1) in {"who", "which", "that"}:
            stop -= 1
        if self.get(stop - 1) in {",", ")"}:
            apposed = self._before_apposition(stop - 1)
            if apposed is not None:
                return apposed
            stop -= 1
        near = self.ending.get(stop)
        if near is not None and self.get(near.first - 1) not in _GOVERNING:
            return near
        if near is not None and len(near.items) > 1 and near.items[-1].counted and not near.items[-2].counted:
            return Coordination(near.items[-1:], near.parts)  # "killed by troops and four others were hurt"
        return self._nearest_subject(stop)

    def _nearest_subject(self, stop: int) -> Coordination | None:
        """Take the nearest people before a word, in its sentence, on whom no preposition lays hold."""
        at = bisect_left(self.coordinations, stop, key=lambda people: people.first) - 1
        while (
            at >= 0
            and stop - self.coordinations[at].first <= _REACH
            and not self._cut(self.coordinations[at].stops[1], stop)
        ):
            if self.get(self.coordinations[at].first - 1) not in _GOVERNING:
                return self.coordinations[at]
            at -= 1
        return None

    def _before_apposition(self, comma: int) -> Coordination | None:
        """Find the person of "Dr. Adam, a consultant in the city, was shot": the name before the first comma."""
        for at in range(comma - 1, max(0, comma - _REACH), -1):
            if self.tags[at] == ".":
                return None
            if self.told[at] in {",", "("} and (people := self.ending.get(at)):
                return people
        return None

    def _left(self, index: int) -> Coordination | None:
        """Take the people who stand right before a word."""
        at = index
        while (
            at > 0
            and (self.tags[at - 1] == "R" or self.told[at - 1] in {",", "reported", "confirmed"})
            and index - at < _ADVERBS
        ):
            at -= 1
        for stop in (index, at):
            if stop in self.ending:
                return self.ending[stop]
        return None

    def _counted_left(self, index: int) -> Coordination | None:
        """Take a number that counts the noun itself: "five deaths", "two lifeless bodies"."""
        for stop in (index, index - 1, index - 2):
            if stop in self.counted and not self.tags[stop:index].strip("n"):
                return Coordination((self.counted[stop],))
        return None

    def _right(self, at: int) -> Coordination | None:
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

    def _inverted(self, index: int) -> Coordination | None:
        """Read "killed in the same strike were A and B"."""
        for at in range(index + 1, min(index + 14, len(self.told))):
            if self.tags[at] == ".":
                return None
            if self.told[at] in {"were", "was"}:
                return self._right(at + 1)
        return None

    def _other_effect(self, index: int) -> Coordination | None:
        """Read the second of "killed two and wounded", whose people stand with the first."""
        if self.get(index + 1) in {"and", "or", "/"} and self.get(index + 2) in self.effects:
            return self._right(index + 3)
        return None

    def _state(self, index: int) -> Coordination | None:
        """Read "left three dead", "the dead include", "26 dead", "were dead", "shot dead two men", "dead: 3"."""
        people = self._left(index)
        if people is not None:
            return people
        if self.get(index - 1) in {"shot", "found", "lay", "left", "pronounced", "hacked", "beaten"}:
            right = self._right(index + 1)
            if right is not None:
                return right
        before, linked = self.before_verb(index if self.get(index - 1) in _BE else index - 1)
        if linked or self.get(index - 1) in {"found", "shot", "pronounced", "declared"}:
            return self._subject(before)
        return self._right(index + 2) if self.get(index + 1) in {"of", ":"} and self.told[index] == "dead" else None

    def _event(self, index: int, word: str) -> Coordination | None:
        """Read "the death of two nurses", "the Suleimani assassination", "the death toll rose to 12"."""
        if self.get(index + 1) == "toll":
            return self._toll(index)
        at = index + 1 + (self.get(index + 1) == "[")  # THE MASSACRE [OF SIX PRIESTS]
        if self.get(at) == "of":
            return self._right(at + 1)
        if self.tags[index - 1 : index] == "'" and (owner := self.ending.get(index - 1)):
            return Coordination(owner.items[-1:])  # Suleimani's death
        if (
            word == "arrest"
            and self.tags[index - 1 : index] in {"V", "n", "A"}
            and self.get(index - 1) not in {"the", "under", "house"}
        ):
            return self._right(at)
        return None

    def _with_harm(self, index: int) -> Coordination | None:
        """Read "left 110 troops with brain injuries", "two guards suffered wounds"."""
        if self.told[index] not in _HARM:
            return None
        for at in range(index - 1, max(-1, index - _HARM_REACH), -1):
            if self.told[at] == "with" and (people := self.ending.get(at)):
                if self.told[people.first - 2 : people.first] == ["number", "of"]:
                    return self._grown(people, index)
                return people if self.get(people.first - 1) in {"left", "leaving", "leaves"} else None
            if self.told[at] in {"suffered", "sustained", "suffering", "sustaining"}:
                return self._subject(self.before_verb(at)[0])
        return None

    def _grown(self, people: Coordination, index: int) -> Coordination | None:
        """Read "the number of troops with injuries from the attack has grown to 110"."""
        for at in range(index + 1, min(index + _GROWN_REACH, len(self.told))):
            if self.tags[at] == ".":
                return None
            number = self.starting.get(at + 1) if self.told[at] == "to" and self.told[at - 1] in _GROWN else None
            if number is not None and number.items[0].counted:
                count = number.items[0]
                return Coordination((replace(people.items[0], least=count.least, most=count.most, counted=True),))
        return None

    def _toll(self, index: int) -> Coordination | None:
        """Read the number after "death toll rose to", "death toll from the blast in Baquba has climbed to"."""
        for at in range(index + 1, min(index + _TOLL_REACH, len(self.told))):
            if self.tags[at] in ".N" and self.told[at] != ":":
                return None
            near = at < index + _TOLL_NEAR and self.told[at] in _TOLL_IS
            moved = self.told[at] in {"to", "at"} and self.told[at - 1] in _TOLL_MOVES
            if near or moved or self.told[at] in _TOLL_REACHES:
                people = self.starting.get(at + 1)
                if people is not None and people.items[0].counted:
                    return people
        return None

    def _cut(self, first: int, stop: int) -> bool:
        """Say whether a sentence ends between two words."""
        return any(
            (self.tags[at] == "." and self.told[at] not in {".", "/", ":"}) or self.told[at] == "."
            for at in range(first, stop)
        )

    def get(self, index: int) -> str:
        """Give a word, or "" outside of the text."""
        return self.told[index] if 0 <= index < len(self.told) else ""
