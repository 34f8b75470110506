"""Read the noun phrases to the left and to the right of a word, whatever they are made of.

`entities.noun_phrases` finds the nouns for people and things; a trigger's object may be anything ("the residence of
Vice President-elect Merino"), so here a phrase is a run of words without a function word inside. Runs joined by "and"
or commas are returned as several phrases.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.extraction.language.tokens import Words
from geo.tables import word_class, word_classes

_LONGEST: Final = 16  # words in one run
_MOST: Final = 12  # runs in one list
_INSIDE: Final = frozenset("n#'-[]\"")
_OWNED: Final = word_class("owned")
_SHORTEST_VERB: Final = 5  # letters: "bed" and "king" are nouns
_RELATIVE: Final = word_class("subject_relative") | {"that"}
_UNITS: Final = word_class("time_unit")
_MOTION: Final = word_class("motion")
_HIDDEN: Final = word_class("hidden")
_ARTICLES: Final = frozenset({"a", "an", "the"})
_STRONGHOLD: Final = word_class("stronghold")
_WANTED: Final = word_class("wanting")
_INTO: Final = frozenset({"in", "inside", "into", "under", "beneath"})
_DISGUISED: Final = word_class("disguised")
_SUBJECT_REACH: Final = 40  # words from a verb back to the beginning of its subject
_CLAUSE_REACH: Final = 18  # words of "who had fled the camp" before the verb of the main clause


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class NounPhrase:
    """A noun phrase, as word indices; what it stands for is known once `entities` has found its noun in a table."""

    first: int  # index of its first word
    stop: int  # index one past its last word
    head: int  # index of its noun: the last before "of"
    sort: str = ""  # people, body, thing, name, number; "" of a noun that no table has
    kind: str = ""  # civilian, state, rebel, militia, gang, protesters, unknown; of a thing health, vehicle, ...
    least: int | None = None  # how many people; None: open
    most: int | None = None
    counted: bool = False  # whether the words say how many
    tail: int = 0  # index one past "of the Supreme Court", where that follows, else `stop`; 0 where `sort` is ""


def chunks_right(words: Words, tags: str, at: int, limit: int) -> list[NounPhrase]:
    """List the noun phrases that begin at word `at`, up to word `limit`."""
    found: list[NounPhrase] = []
    while at < limit and len(found) < _MOST:
        chunk = _chunk_from(words, tags, at, limit)
        if chunk is None:
            break
        chunk = _extended(words, tags, chunk, limit)
        following = tags[chunk.stop] if chunk.stop < limit else "."
        if found and following in "VA":
            break  # the subject of the next clause
        found.append(chunk)
        joint = _joint(tags, chunk.stop, limit)
        if not joint:
            break
        at = chunk.stop + joint
        if tags[at : at + 1] == "V" and words.words[at].endswith("ing"):
            break  # "killed two men and wounding | scores"
    return found


def _extended(words: Words, tags: str, chunk: NounPhrase, limit: int) -> NounPhrase:
    """Extend a phrase by the owner of a thing: "positions held by the militia", "sites associated with the group"."""
    at = chunk.stop
    if at + 1 >= limit or words.words[at] not in _OWNED or tags[at + 1] != "P":
        return chunk
    owner = _chunk_from(words, tags, at + 2, limit)
    return NounPhrase(chunk.first, owner.stop, chunk.head) if owner else chunk


def _joint(tags: str, at: int, limit: int) -> int:
    """Return how many words join one run to the next: "and", ",", ", and"; 0 when none does."""
    ahead = tags[at : min(at + 2, limit)]
    if ahead == ",C":
        return 2
    return 1 if ahead[:1] in ("C", ",") else 0


def _chunk_from(words: Words, tags: str, at: int, limit: int) -> NounPhrase | None:
    """Read one run that begins at `at`, chained by "of"."""
    limit = min(limit, at + _LONGEST)
    while at < limit and tags[at] in 'R["':
        at += 1
    first, head, chained = at, -1, False
    while at < limit:
        tag = tags[at]
        if tag in _INSIDE:
            if tag == "n" and head >= 0 and _looks_like_verb(words, tags, at):
                break
            if tag == "#" and chained and tags[at - 1] == "n":
                break  # "in the district of Ahrweiler | 18 people were killed"
            if tag in "n#" and not chained:
                head = at
            at += 1
        elif head >= 0 and words.words[at] == "of" and at + 1 < limit and tags[at + 1] in 'nD#["':
            chained = True
            at += 2 if tags[at + 1] == "D" else 1
        elif head < 0 and (tag == "D" or _is_modifier(words, tags, at, limit)):
            at += 1
        else:
            break
    while at > first and tags[at - 1] in "-'[\"":
        at -= 1
    return NounPhrase(first, at, head) if first <= head < at else None


def _is_modifier(words: Words, tags: str, at: int, limit: int) -> bool:
    """Return whether a verb form before a noun describes it: "armed men", "the murdered priest"."""
    form = tags[at] == "V" and words.words[at].endswith(("ed", "ing"))
    return form and at + 1 < limit and tags[at + 1] == "n"


def _looks_like_verb(words: Words, tags: str, at: int) -> bool:
    """Return whether "...ed" after a noun is a verb of its own: what follows begins a new phrase."""
    word = words.words[at]
    if not word.endswith(("ed", "ing")) or len(word) < _SHORTEST_VERB or word in word_classes()["attack_noun"]:
        return False
    return at + 1 >= len(tags) or tags[at + 1] in "PDRNS.,AT"


def chunks_left(words: Words, tags: str, at: int, floor: int) -> list[NounPhrase]:
    """List the noun phrases that end before word `at`, the subject of what follows, down to word `floor`.

    Prepositional phrases between the subject and its verb are stepped over: in "six priests at
    the university were killed" the priests come out.
    """
    finite = tags[at : at + 1] in {"V", "n"} and (words.words[at] in _MOTION or _is_finite(tags, at, floor))
    at = _before_verbs(tags, at - 1, floor)
    aside: list[NounPhrase] = []
    if at >= floor and tags[at] == ",":
        opening = _opening_comma(words, tags, at - 1, floor)
        if opening >= floor:  # "X, the leader of Y, was killed"
            inner = _chunk_from(words, tags, opening + 1, at)
            aside = [inner] if inner else []
            at = opening
        at -= 1
    return _chain_left(words, tags, at, floor, finite=finite) + aside


def _is_finite(tags: str, at: int, floor: int) -> bool:
    """Return whether a verb has an auxiliary or an object, so that what stands before it is its subject."""
    after = tags[at + 1 : at + 4].removeprefix("P") if tags[at + 1 : at + 4] == "PR#" else tags[at + 1 : at + 3]
    return "A" in tags[max(floor, at - 2) : at] or after.lstrip("R")[:1] in {"D", "n", "#"}  # "killed at least 84"


def _before_verbs(tags: str, at: int, floor: int) -> int:
    """Step over what belongs to the verb: "were searched and [destroyed]"."""
    while at >= floor and tags[at] in "ART":
        at -= 1
    if at - 2 >= floor and tags[at] == "C" and tags[at - 1] == "V" and tags[at - 2] in "ARVn":
        return _before_verbs(tags, at - 2, floor)
    return at


def _opening_comma(words: Words, tags: str, at: int, floor: int) -> int:
    comma = tags.rfind(",", max(floor, at - _CLAUSE_REACH), at)
    if comma >= 0 and words.words[comma + 1] in _RELATIVE and "." not in tags[comma:at]:  # ", who had fled,"
        return comma
    for i in range(at, max(floor, at - 16) - 1, -1):
        if tags[i] == ",":
            return i
        if tags[i] == "." or (tags[i] == "V" and not words.words[i].endswith("ing")):  # ", speaking on the phone,"
            return -1
    return -1


def _chain_left(words: Words, tags: str, at: int, floor: int, *, finite: bool) -> list[NounPhrase]:
    """Walk left over runs and prepositions to where the clause begins; read the first run there.

    Before a finite verb, a clause that describes the subject is stepped over: "men who had fled", "a man known for".
    """
    begin = at + 1
    listed = False
    for i in _leftwards(tags, at, max(floor, at - _SUBJECT_REACH)):
        tag = tags[i]
        if tag == "C":
            listed = True
            if i - 1 < floor or tags[i - 1] not in "n,]#'" or _is_aside(words, tags, i - 1, floor):
                break
        elif tag == ",":
            if not (listed and i - 1 >= floor and tags[i - 1] in "n]#"):
                break
        elif tag in ".SAN" or (tag == "V" and not _is_modifier(words, tags, i, at + 1)):
            inside = i < at or words.words[i - 1] == "to"  # "protesters who want her to resign | clashed"
            described = _described(words, tags, i, floor) if finite and inside else -1
            if described >= floor:
                return _chain_left(words, tags, described, floor, finite=False)
            break
        begin = i
    while begin <= at and (
        tags[begin] in "CR,T"
        or tags[begin : begin + 2] == "PT"
        or (words.words[begin] in _UNITS and tags[begin + 1] == "R")
    ):
        begin += 1  # "hours later | a drone fired", "on Sunday | a bomb exploded"
    if begin <= at and tags[begin] == "P":
        return _after_opening(words, tags, begin, at + 1)
    return chunks_right(words, tags, begin, at + 1)


def _leftwards(tags: str, at: int, floor: int) -> Iterator[int]:
    """Walk left word by word, over what is quoted: 'a gunman yelling "all must die" | stormed'."""
    while at >= floor:
        opening = tags.rfind('"', floor, at) if tags[at] == '"' else -1
        at = opening if opening >= floor else at
        yield at
        at -= 1


def is_owner(words: Words, first: int) -> bool:
    """Return whether a phrase only says whose a thing is: "radios used by | the militia blew up"."""
    return words.get(first - 1) == "by" and words.get(first - 2) in _OWNED


def takes_no_part(words: Words, first: int, stop: int) -> bool:
    """Return whether a phrase is none of the participants of the clause that it stands in.

    It is what somebody only looks like, "gunmen dressed as | soldiers", where something was put, "a bomb hidden in |
    a parked car", who is to do something, "protesters who want | the president | to resign", or whose land it is, "a
    stronghold of | the militia".
    """
    at = first - (words.get(first - 1) in _ARTICLES)
    before, verb = words.get(at - 1), words.get(at - 2)
    disguise = (before == "as" and verb in _DISGUISED) or (before == "of" and verb in _STRONGHOLD)
    return disguise or (before in _INTO and verb in _HIDDEN) or (words.get(stop) == "to" and before in _WANTED)


def _is_aside(words: Words, tags: str, comma: int, floor: int) -> bool:
    """Return whether what stands before ", and" says where: "in the city centre, and | 170 people were hurt"."""
    at = comma - 1
    while at >= floor and tags[at] in _INSIDE | {"D"}:
        at -= 1
    return tags[comma] == "," and at >= floor and tags[at] == "P" and words.words[at] != "of"


def _described(words: Words, tags: str, verb: int, floor: int) -> int:
    """Return the last word of the noun that the clause of a verb describes; -1 where it is a clause of its own."""
    for i in range(verb, max(floor, verb - _CLAUSE_REACH), -1):
        if tags[i] == "S":
            if words.words[i] == "as" and words.words[i - 1] in _DISGUISED:  # "gunmen dressed as soldiers"
                return i - 2
            return i - 1 if words.words[i] in _RELATIVE and tags[i - 1] in "n]#'" else -1
        if tags[i] in ".,C":
            break
    is_participle = tags[verb] == "V" and words.words[verb].endswith(("ed", "ing", "known", "held"))
    is_reduced = (
        words.words[verb] not in word_classes()["speaking"] or words.get(verb + 1) == "by"
    )  # "bombings claimed by"
    return verb - 1 if is_participle and is_reduced and verb > floor and tags[verb - 1] in "n]#" else -1


def _after_opening(words: Words, tags: str, begin: int, limit: int) -> list[NounPhrase]:
    """Read a subject that follows an opening such as "in San Salvador" without a comma.

    It is the first run that no preposition leads to, "in Kabul | a bomb at the mosque", or else the last.
    """
    last: list[NounPhrase] = []
    at, led = begin, True
    while at < limit:
        got = [] if tags[at] in "PTRC,[]" else chunks_right(words, tags, at, limit)
        if got:
            if not led:
                return got
            last, at, led = [*got[:-1], _behind_name(words, got[-1])], got[-1].stop, False
        else:
            led = led or tags[at] == "P"
            at += 1
    return last


def _behind_name(words: Words, chunk: NounPhrase) -> NounPhrase:
    """Leave out the town that an opening names straight before the subject: "in Narayanganj | protesters stormed"."""
    text, low = words.text, range(chunk.first + 1, chunk.stop)
    at = next((i for i in low if text[words.starts[i]].islower()), chunk.first)
    named = at > chunk.first and all(text[words.starts[i]].isupper() for i in range(chunk.first, at))
    return NounPhrase(at, chunk.stop, max(at, chunk.head)) if named else chunk
