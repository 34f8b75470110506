"""Find who is blamed for an event, and who says so.

"The Pentagon charged the militia with the attack": the militia is blamed, the source is the Pentagon. The cues are in
data/events/attribution_cues.csv. Without a cue the source is the subject of the verb of saying: "the Observatory
reported", "according to the police".
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.language.chunks import NounPhrase, chunks_left, chunks_right
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.tokens import Words, places_of, read_words
from geo.extraction.triggers import Trigger
from geo.resources import read_table
from geo.tables import word_class

_OF_BODIES: Final = frozenset({"on", "for", "of", "and"})
_DOING: Final = word_class("being_behind")
_NEAR: Final = 7  # words from "behind" to the trigger
_NOBODY: Final = word_class("nobody") | {"no"}
_GAP: Final = "~"
_GAP_REACH: Final = 12  # words from the trigger to the end of "attributed the bombing of the bridge to"
_REACH: Final = 22  # words between a cue and the trigger


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is held to have done it, who says so, and how sure that is."""

    blamed: tuple[NounPhrase, ...] = ()
    sources: tuple[NounPhrase, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class _Cue:
    words: tuple[str, ...]
    blamed: str
    source: str
    side: str
    status: str
    alone: bool  # whether it needs no trigger beside it


@cache
def _cues() -> dict[str, tuple[_Cue, ...]]:
    table: dict[str, list[_Cue]] = {}
    for row in read_table("events/attribution_cues.csv"):
        words = tuple(read_words(row["cue"]).words)
        alone = row["alone"] == "yes"
        table.setdefault(words[0], []).append(
            _Cue(words, row["blamed"], row["source"], row["side"], row["status"], alone)
        )
    return {word: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for word, cues in table.items()}


def find_attribution(words: Words, tags: str, trigger: Trigger, sentence: Sentence) -> Attribution:
    """Find who is blamed for a trigger in its sentence; empty when nobody is."""
    table = _cues()
    first, stop = max(sentence.first, trigger.first - _REACH), min(sentence.stop, trigger.stop + _REACH)
    before = [first + at for at in places_of(words.words[first : trigger.first], table)]
    after = [trigger.stop + at for at in places_of(words.words[trigger.stop : stop], table)]
    for side, indices in (("before", before[::-1]), ("after", after)):
        for i in indices:
            if tags[i - 1 : i] == "-":
                continue  # "the rebel-held town"
            for cue in table[words.words[i]]:
                end = _end(words, cue, i, trigger)
                if cue.side == side and end:
                    limit = trigger.first if end <= trigger.first else sentence.stop
                    found = _read(words, tags, cue, (i, end), (sentence.first, limit))
                    behind = side == "before" and cue.blamed == "left" and end < trigger.first
                    if found.blamed and not (behind and _is_cut(words, tags, end, trigger.first)):
                        return found
    return Attribution()


def _end(words: Words, cue: _Cue, at: int, trigger: Trigger | None = None) -> int:
    """Return where a cue that begins at a word ends; 0 where other words follow. "~" stands for the trigger."""
    if _GAP not in cue.words:
        end = at + len(cue.words)
        return end if tuple(words.words[at:end]) == cue.words else 0
    if trigger is None:
        return 0
    rest = cue.words[-1]
    return next((i + 1 for i in range(trigger.stop, trigger.stop + _GAP_REACH) if words.get(i) == rest), 0)


def find_lone_attribution(words: Words, tags: str, sentence: Sentence) -> Attribution:
    """Find who is blamed in a sentence that has no trigger: "Parents blamed separatist fighters."; empty if nobody."""
    table = _cues()
    for place in places_of(words.words[sentence.first : sentence.stop], table):
        at = sentence.first + place
        for cue in table[words.words[at]]:
            end = _end(words, cue, at)
            if cue.alone and end:
                found = _read(words, tags, cue, (at, end), (sentence.first, sentence.stop))
                if found.blamed and (cue.blamed == "left" or _is_whole(words, tags, found.blamed[-1].stop)):
                    return found
    return Attribution()


def _is_cut(words: Words, tags: str, first: int, stop: int) -> bool:
    """Return whether other things stand between "behind" and the deed: "behind a screen about the killing"."""
    between = range(first, stop)
    return len(between) > _NEAR or any(
        tags[at] in "V.S" or (tags[at] == "P" and words.words[at] != "of") for at in between
    )


def _is_whole(words: Words, tags: str, stop: int) -> bool:
    """Return whether an accusation names no other deed: "accused the rebels.", not "accused the rebels of looting"."""
    if words.words[stop - 2 : stop - 1] == ["of"] and words.words[stop - 1] not in _DOING:
        return False  # "accused the government of genocide"
    if tags[stop : stop + 1] in {"", ".", ",", "S", "C"}:
        return True
    if words.get(stop) == "for":
        return tags[stop + 1 : stop + 2] == "N"
    return words.get(stop) == "of" and words.get(stop + 1) in _DOING


def _read(words: Words, tags: str, cue: _Cue, span: tuple[int, int], reach: tuple[int, int]) -> Attribution:
    """Read who stands beside a cue: `span` are its words, `reach` those that may hold the perpetrator."""
    left = tuple(chunks_left(words, tags, span[0], reach[0]))
    right = tuple(chunks_right(words, tags, span[1], reach[1]))
    if cue.blamed == "right" and cue.side == "before" and tags[max(0, span[0] - 1)] == "A" and not right:
        return Attribution(left[:2], (), cue.status)  # "the ELN was blamed for the bombing"
    blamed = right if cue.blamed == "right" else left
    if blamed and not _NOBODY.isdisjoint(words.words[max(reach[0], blamed[0].first - 1) : blamed[0].first + 1]):
        return Attribution()  # "no group claimed responsibility"
    if len(blamed) > 1 and tags[blamed[0].stop : blamed[1].first + 1] == ",D":
        blamed = blamed[:1]  # "Jemaah Islamiyah, a group that ..."
    return Attribution(blamed[:2], left[:1] if cue.source == "left" else (), cue.status)


def in_full(words: Words, tags: str, chunk: NounPhrase) -> NounPhrase:
    """Extend a phrase by what belongs to the name of a body: "National Commission on Human Rights"."""
    stop, text = chunk.stop, words.text
    if text[words.starts[chunk.first] : words.ends[stop - 1]].isupper() or not _is_capital(words, chunk.head):
        return chunk
    while words.get(stop) in _OF_BODIES and tags[stop + 1 : stop + 2] == "n" and _is_capital(words, stop + 1):
        stop += 1
        while tags[stop : stop + 1] == "n" and _is_capital(words, stop):
            stop += 1
    return NounPhrase(chunk.first, stop, chunk.head)


def _is_capital(words: Words, at: int) -> bool:
    return words.text[words.starts[at]].isupper()
