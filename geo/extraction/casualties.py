"""Count who was killed, wounded, kidnapped or arrested, as least and most.

A word of effect ("killed", "the death of") is met with the people told beside it: before it where it is passive,
after it where it is active. Lists are added up; a part ("including three children") is marked as one, so that
nobody is counted twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.phrases import VERBS, Phrase, find_phrases
from geo.extraction.wordclasses import tag_words
from geo.extraction.words import Words, read_words
from geo.resources import read_table

_JOINED: Final = 9  # words between verbs that share a subject
_REACH: Final = 30  # words between an effect and the people that it befell
_BE: Final = frozenset("was were is are been being be am get got gets getting".split())
_HAVE: Final = frozenset(
    "has have had having may might could must also reportedly allegedly later then subsequently".split()
)
_ADDING: Final = (
    (",",), ("and",), (",", "and"), ("as", "well", "as"), (",", "as", "well", "as"), ("along", "with"),
    (",", "along", "with"), ("together", "with"), (",", "together", "with"), ("plus",), ("or",), ("and", "also"),
    (",", "and", "also"), ("/",), ("&",), ("in", "addition", "to"),
)  # fmt: skip
_PARTING: Final = frozenset({
    ("including",), (",", "including"), ("(", "including"), ("-", "including"), ("among", "them"), (",", "among", "them"),
    ("(", "among", "them"), (",", "mostly"), (",", "most", "of", "them"), (",", "mainly"), (":",), ("(",), ("-",), ("-", "-"),
    (",", "including", "at", "least"), ("who", "included"), (",", "of", "whom"), (",", "of", "which"), ("—",), ("–",),
    (",", "all"), (",", "both"), ("-", "all", "of", "them"), (",", "some", "of", "them"), ("including", "the"), ("of", "whom"),
})  # fmt: skip
_UNREAL: Final = frozenset("to will would could might may can should not must".split())
_NOBODY: Final = frozenset({"nobody", "none"})
_MISSED: Final = frozenset(
    "casualties casualty victims injuries deaths fatalities wounded injured dead injury harm".split()
)


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """People to whom something was done, as told."""

    start: int  # offset of the first character: of the effect or of the people, whichever comes first
    end: int  # offset one past the last character
    effect: str  # killed, wounded, kidnapped, arrested, raped
    least: int | None  # how many; None: open
    most: int | None
    who: str | None  # the words for the people; None when only a number is told
    who_start: int  # offsets of those words, and of their number
    who_end: int
    part_of_total: bool = False  # counted already in another mention ("including three children")
    vague: bool = False  # the words do not say how many ("killed civilians")
    kind: str = ""  # of the people: civilian, state, rebel, ... ; "" unknown


@dataclass(frozen=True, slots=True)
class _Group:
    """People told side by side: "two soldiers and a civilian, including one officer"."""

    items: tuple[Phrase, ...]
    parts: tuple[Phrase, ...]

    @property
    def first(self) -> int:
        return self.items[0].first

    @property
    def stop(self) -> int:
        return max(self.items[-1].stop, self.parts[-1].stop if self.parts else 0)


@cache
def _effects() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["effect"], row["use"]) for row in read_table("effects.csv")}


def find_casualties(text: str) -> list[CasualtyMention]:
    """Find all counts of people killed, wounded, kidnapped, arrested or raped, in text order.

    Args:
        text: A readable text, in any case.
    """
    words = read_words(text)
    effects = _effects()
    anchors = [index for index, word in enumerate(words.words) if word in effects or word in _MISSED]
    if not anchors:
        return []
    reader = _Reader(words)
    found = [mention for index in anchors for mention in reader.read(index)]
    found.sort(key=lambda mention: (mention.start, mention.part_of_total))
    return _without_doubled(found)


def _without_doubled(found: Sequence[CasualtyMention]) -> list[CasualtyMention]:
    """Keep one of the mentions that count the same words for the same effect."""
    seen: set[tuple[str, int]] = set()
    kept = []
    for mention in found:
        key = (mention.effect, mention.who_end)
        if key not in seen:
            seen.add(key)
            kept.append(mention)
    return kept


class _Reader:
    """Reads the counts of one text."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.told = words.words
        self.tags = tag_words(words)
        self.phrases = [phrase for phrase in find_phrases(words) if phrase.sort != "thing"]
        self.groups = self._grouped()
        self.starting = {group.first: group for group in self.groups}
        # A list can be entered at any of its items: "12 people died, three of them children".
        self.ending = {stop: group for group in self.groups for stop in (group.items[-1].tail, group.items[-1].stop)}
        self.effects = _effects()

    def read(self, index: int) -> list[CasualtyMention]:
        """Read the counts that the effect at a word tells."""
        word = self.told[index]
        nobody = self._nobody(index, word)
        if nobody:
            return nobody
        if word == "death" and self._get(index - 1) == "to":  # stabbed to death
            word, index = "killed", index - 2
        elif (one := self._pronoun(index, word)) is not None:
            return [one]
        if word not in self.effects:
            return []
        effect, use = self.effects[word]
        if use == "done":
            group = self._done(index)
        elif use == "do" and self._get(index - 1) in _UNREAL:
            return []  # "threatened to kill"
        elif use in {"doing", "do"}:
            group = self._right(index + 1) or (self._right(index + 2) if self._get(index + 1) == "of" else None)
        elif use == "befell":
            group = self._subject(self._before_verb(index)[0])
        elif use == "state":
            group = self._state(index)
        elif use == "lives":
            group = self._right(index + 2) if self._get(index + 1) == "of" else self._left(index)
        elif use == "body":
            group = self._right(index + 2) if self._get(index + 1) == "of" else self._counted_left(index)
        elif use == "sum":
            group = self._counted_left(index) or self._toll(index)
        else:
            group = self._event(index, word)
        return self._mentions(index, effect, group) if group else []

    # -- the people of each use ----------------------------------------------------------------------

    def _done(self, index: int) -> _Group | None:
        """Read "two were killed", "killed two", "two soldiers killed", "killed were A and B"."""
        before, passive = self._before_verb(index)
        if not passive and (joined := self._joined_verb(index)) >= 0:
            before, passive = self._before_verb(joined)
            if not passive:
                return self._right(index + 1)
        if passive:
            if before >= 0 and (group := self._subject(before)):
                return group
            return None
        right = self._right(index + 1)
        left = self._left(index)
        if right is not None and (left is None or right.items[0].sort != "name" or left.items[0].sort != "number"):
            return right
        if left is not None:
            return left
        inverted = self._inverted(index)
        return inverted if inverted is not None else self._other_effect(index)

    def _before_verb(self, index: int) -> tuple[int, bool]:
        """Step back over "were reportedly": the index that the subject must end at, and whether that is passive."""
        at, passive = index, False
        while at > 0 and index - at < 7:  # noqa: PLR2004
            word, tag = self.told[at - 1], self.tags[at - 1]
            if word in _BE:
                passive = True
            elif word == "and" and at > 1 and self.told[at - 2] in self.effects:
                at -= 1  # "were killed and wounded"
            elif not (tag in "RA" or word in _HAVE or word in self.effects):
                break
            elif word in self.effects and not passive and self.effects[word][1] != "done":
                break
            at -= 1
        return at, passive

    def _joined_verb(self, index: int) -> int:
        """Find the first verb of "was robbed, stabbed and murdered", "was shot in the head and killed"; -1: none."""
        if self._get(index - 1) not in {"and", "then", "later", ","}:
            return -1
        for at in range(index - 2, max(-1, index - _JOINED), -1):
            if self.tags[at] in ".S":
                return -1
            if self._is_verb(at) and (self._get(at - 1) in _BE or self.tags[at - 1] in "RA"):
                return at
        return -1

    def _is_verb(self, at: int) -> bool:
        word = self.told[at]
        return word in self.effects or word in VERBS or (word.endswith("ed") and self.tags[at] in "nV")

    def _subject(self, stop: int) -> _Group | None:
        """Find the people who are the subject of a verb whose auxiliaries begin at `stop`."""
        if self._get(stop - 1) in {"who", "which", "that"}:
            stop -= 1
        if self._get(stop - 1) in {",", ")"}:
            apposed = self._before_apposition(stop - 1)
            if apposed is not None:
                return apposed
            stop -= 1
        near = self.ending.get(stop)
        if near is not None and self._get(near.first - 1) not in _GOVERNING:
            return near
        if near is not None and len(near.items) > 1 and near.items[-1].counted and not near.items[-2].counted:
            return _Group(near.items[-1:], near.parts)  # "killed by troops and four others were hurt"
        best = None
        for group in self.groups:
            if group.first >= stop:
                break
            if stop - group.first <= _REACH and not self._cut(group.stop, stop):
                governed = self._get(group.first - 1) in _GOVERNING
                if best is None or not governed or self._get(best.first - 1) in _GOVERNING:
                    best = group if not governed or best is None else best
        if best is not None and self._get(best.first - 1) in _GOVERNING:
            return None
        return best

    def _before_apposition(self, comma: int) -> _Group | None:
        """Find the person of "Dr. Adam, a consultant in the city, was shot": the name before the first comma."""
        for at in range(comma - 1, max(0, comma - _REACH), -1):
            if self.tags[at] == ".":
                return None
            if self.told[at] in {",", "("} and (group := self.ending.get(at)):
                return group
        return None

    def _left(self, index: int) -> _Group | None:
        """Take the people who stand right before a word."""
        at = index
        while (
            at > 0
            and (self.tags[at - 1] == "R" or self.told[at - 1] in {",", "reported", "confirmed"})
            and index - at < 3
        ):  # noqa: PLR2004
            at -= 1
        for stop in (index, at):
            if stop in self.ending:
                return self.ending[stop]
        return None

    def _counted_left(self, index: int) -> _Group | None:
        """Take a number that counts the noun itself: "five deaths", "two bodies"."""
        for phrase in self.phrases:
            near = 0 <= index - phrase.stop <= 2 and not self.tags[phrase.stop : index].strip("n")  # noqa: PLR2004
            if near and phrase.counted and phrase.least != 0:
                return _Group((phrase,), ())
        return None

    def _right(self, at: int) -> _Group | None:
        """Take the people who stand right after a word."""
        for skip in range(4):
            if at + skip in self.starting:
                return self.starting[at + skip]
            word, tag = self._get(at + skip), self.tags[at + skip : at + skip + 1]
            if not (tag in "RA" and tag) and word not in {"and", "or", "/"} and word not in self.effects:
                break
        return self._inside(at)

    def _inside(self, at: int) -> _Group | None:
        """Enter a list at one of its later items."""
        for group in self.groups:
            for number, item in enumerate(group.items):
                if item.first == at:
                    return _Group(group.items[number:], group.parts)
        return None

    def _inverted(self, index: int) -> _Group | None:
        """Read "killed in the same strike were A and B"."""
        for at in range(index + 1, min(index + 14, len(self.told))):
            if self.tags[at] == ".":
                return None
            if self.told[at] in {"were", "was"}:
                return self._right(at + 1)
        return None

    def _other_effect(self, index: int) -> _Group | None:
        """Read the second of "killed two and wounded", whose people stand with the first."""
        if self._get(index + 1) in {"and", "or", "/"} and self._get(index + 2) in self.effects:
            return self._right(index + 3)
        return None

    def _state(self, index: int) -> _Group | None:
        """Read "left three dead", "the dead include", "26 dead", "were dead", "shot dead two men", "dead: 3"."""
        group = self._left(index)
        if group is not None:
            return group
        if self._get(index - 1) in {"shot", "found", "lay", "left", "pronounced", "hacked", "beaten"}:
            right = self._right(index + 1)
            if right is not None:
                return right
        before, linked = self._before_verb(index if self._get(index - 1) in _BE else index - 1)
        if linked or self._get(index - 1) in {"found", "shot", "pronounced", "declared"}:
            return self._subject(before)
        return self._right(index + 2) if self._get(index + 1) in {"of", ":"} and self.told[index] == "dead" else None

    def _event(self, index: int, word: str) -> _Group | None:
        """Read "the death of two nurses", "the Suleimani assassination", "the death toll rose to 12"."""
        if self._get(index + 1) == "toll":
            return self._toll(index)
        at = index + 1
        if self._get(at) == "of":
            return self._right(at + 1)
        if (
            word == "arrest"
            and self.tags[index - 1 : index] in {"V", "n", "A"}
            and self._get(index - 1) not in {"the", "under", "house"}
        ):
            return self._right(at)
        return None

    def _toll(self, index: int) -> _Group | None:
        """Read the number after "death toll rose to", "deaths reached"."""
        for at in range(index + 1, min(index + 9, len(self.told))):
            if self.tags[at] in ".N" and self.told[at] != ":":
                return None
            if self.told[at] in {"to", "at", "of", "reached", "is", "was", "stands", "exceeds", ":"}:
                group = self.starting.get(at + 1)
                if group is not None and group.items[0].counted:
                    return group
        return None

    def _nobody(self, index: int, word: str) -> list[CasualtyMention]:
        """Read "no casualties", "without injuries", "no one was hurt", "nobody was killed"."""
        first = None
        if word in _MISSED:
            at = index
            while at > 0 and index - at < 4:  # noqa: PLR2004
                at -= 1
                if self.told[at] in {"no", "without", "neither", "zero"}:
                    first = at
                    break
                if self.tags[at] not in "nCR,A-" and self.told[at] not in {"or", "any", "reported", "reports", "of"}:
                    break
        if first is None and word in self.effects and self.effects[word][1] in {"done", "befell"}:
            before, _ = self._before_verb(index)
            for at in range(max(0, before - 2), before + 1):
                if self.told[at] in _NOBODY or (
                    self.told[at] == "no" and self._get(at + 1) in {"one", "people", "person", "civilians"}
                ):
                    first = at
        if first is None:
            return []
        effects = _NOBODY_EFFECTS.get(word) or ((self.effects[word][0],) if word in self.effects else ("wounded",))
        start, end = self.words.starts[first], self.words.ends[index]
        return [CasualtyMention(start, end, effect, 0, 0, None, start, end) for effect in effects]

    def _pronoun(self, index: int, word: str) -> CasualtyMention | None:
        """Read "killing her", "he later died": one person, told of before."""
        use = self.effects.get(word, ("", ""))[1]
        at = -1
        if use in {"done", "doing", "do"} and self._get(index + 1) in {"him", "her"}:
            at = index + 1 if self.tags[index + 2 : index + 3] != "n" else -1
        elif use == "befell" or (use == "done" and self._before_verb(index)[1]):
            before = self._before_verb(index)[0] - 1
            at = before if self._get(before) in {"he", "she"} else -1
        elif word == "dead" and self._get(index - 1) in {"him", "her"}:
            at = index - 1
        if at < 0:
            return None
        words, effect = self.words, self.effects[word][0]
        start, end = words.starts[min(at, index)], words.ends[max(at, index)]
        return CasualtyMention(start, end, effect, 1, 1, None, words.starts[at], words.ends[at])

    # -- groups ---------------------------------------------------------------------------------------

    def _grouped(self) -> list[_Group]:
        """Put together the phrases that stand side by side, and mark the parts of a total."""
        groups: list[_Group] = []
        items: list[Phrase] = []
        parts: list[Phrase] = []
        for phrase in self.phrases:
            link = self._link(items, parts, phrase) if items else ""
            if link == "add" and not parts:
                items.append(phrase)
            elif link == "part" or (link == "add" and parts):
                parts.append(phrase)
            else:
                if items:
                    groups.append(_Group(tuple(items), tuple(parts)))
                items, parts = [phrase], []
        if items:
            groups.append(_Group(tuple(items), tuple(parts)))
        return groups

    def _link(self, items: list[Phrase], parts: list[Phrase], phrase: Phrase) -> str:
        """Say how a phrase goes on from the one before it: "add", "part" or "" (not at all)."""
        last = parts[-1] if parts else items[-1]
        for stop in (last.stop, last.tail):
            gap = tuple(self.told[stop : phrase.first])
            if gap in _PARTING and last.counted and (phrase.counted or gap[-1] in {"including", "mostly", "mainly"}):
                total, part = items[-1].least, phrase.least
                if total is None or part is None or part <= total:
                    return "part"
            if gap in _ADDING and phrase.first >= stop:
                apposed = gap == (",",) and (last.sort == "name") != (phrase.sort == "name")
                return "" if apposed and phrase.sort != "name" else "add"
        return ""

    def _cut(self, first: int, stop: int) -> bool:
        """Say whether a sentence ends between two words."""
        return any(
            self.tags[at] == "." and self.told[at] not in {".", "/", ":"} or self.told[at] == "."
            for at in range(first, stop)
        )

    def _get(self, index: int) -> str:
        return self.told[index] if 0 <= index < len(self.told) else ""

    # -- answers --------------------------------------------------------------------------------------

    def _mentions(self, index: int, effect: str, group: _Group) -> list[CasualtyMention]:
        counted = [item for item in group.items if item.sort != "body" or item.counted]
        counted = _without_apposed(self.told, counted)
        if not counted:
            return []
        least = sum(item.least or 0 for item in counted)
        tops = [item.most for item in counted]
        most = None if any(top is None for top in tops) else sum(top or 0 for top in tops)
        vague = not any(item.counted for item in counted)
        total = self._mention(index, effect, counted[0].first, self._whole(counted[-1]), counted[-1].kind)
        mentions = [
            _with(
                total,
                least or (None if most is not None else 0) if any(item.least is None for item in counted) else least,
                most,
                vague=vague,
            )
        ]
        for part in group.parts:
            one = self._mention(index, effect, part.first, part.stop, part.kind)
            mentions.append(_with(one, part.least, part.most, part_of_total=True))
        return mentions

    def _whole(self, phrase: Phrase) -> int:
        """Take in the noun after a number that no table knows: "seven masons"."""
        stop = phrase.stop
        if phrase.sort != "number" or self.tags[stop : stop + 1] != "n":
            return stop
        word = self.told[stop]
        return stop if word in VERBS or word in self.effects or word.endswith("ed") else stop + 1

    def _mention(self, index: int, effect: str, first: int, stop: int, kind: str) -> CasualtyMention:
        words = self.words
        who_start, who_end = words.starts[first], words.ends[stop - 1]
        start, end = min(words.starts[index], who_start), max(words.ends[index], who_end)
        return CasualtyMention(
            start, end, effect, None, None, words.text[who_start:who_end], who_start, who_end, kind=kind
        )


def _with(
    mention: CasualtyMention, least: int | None, most: int | None, *, part_of_total: bool = False, vague: bool = False
) -> CasualtyMention:
    return CasualtyMention(
        mention.start, mention.end, mention.effect, least, most, mention.who,
        mention.who_start, mention.who_end, part_of_total, vague, mention.kind,
    )  # fmt: skip


def _without_apposed(told: Sequence[str], items: Sequence[Phrase]) -> list[Phrase]:
    """Count once who is told twice: "a judge, Carlos Valencia"."""
    kept: list[Phrase] = []
    for item in items:
        previous = kept[-1] if kept else None
        beside = previous is not None and tuple(told[previous.stop : item.first]) in {(",",), ()}
        if (
            previous is not None
            and beside
            and item.sort == "name"
            and previous.sort == "people"
            and previous.least == 1
        ):
            continue
        kept.append(item)
    return kept


_GOVERNING: Final = frozenset("in by at near with from to against for on of into under inside outside between".split())
_NOBODY_EFFECTS: Final = {
    "casualties": ("killed", "wounded"), "casualty": ("killed", "wounded"), "victims": ("killed", "wounded"),
    "harm": ("killed", "wounded"), "deaths": ("killed",), "fatalities": ("killed",), "dead": ("killed",),
    "injuries": ("wounded",), "injury": ("wounded",), "wounded": ("wounded",), "injured": ("wounded",), "hurt": ("killed", "wounded"),
}  # fmt: skip
