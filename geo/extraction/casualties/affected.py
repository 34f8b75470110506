"""Find who was affected by a harm word: before it where it is passive, behind it where it is active.

"Two clerks were killed", "killed two clerks", "the death of two clerks", "left two clerks dead" are all about the
same two.
"""

from dataclasses import replace
from typing import Final

from geo.extraction.casualties.people import PeopleOfText
from geo.extraction.entities.coordination import Coordination
from geo.tables import word_class, word_classes

_ALONG: Final = 20  # words from a verb to "along with"
_JOINED: Final = 9  # words between verbs that share a subject
_STEPS: Final = 7  # words of "were later reportedly" before a verb
_LOST: Final = word_class("lost")
_TAKING: Final = word_class("life_taking")
_TAKING_BEFORE, _TAKING_BEHIND = 7, 5  # words in which "claimed" and "were lost" stand
_COST: Final = frozenset({"cost", "costs", "costing"})
_HIS: Final = word_class("possessive")
_HARM: Final = word_class("injury")
_GROWN: Final = word_class("toll_grown")
_TOLL_IS: Final = word_class("toll_is")
_TOLL_MOVES: Final = word_class("toll_moves")
_TOLL_REACHES: Final = word_class("toll_reaches")
_TOLL_NEAR: Final = 9  # words in which any verb may tie a number to "toll"
_TOLL_REACH: Final = 26  # ... and one that says that it moved
_GROWN_REACH: Final = 20  # words between "injuries" and "grown to 110"
_HARM_REACH: Final = 7  # words between "with" and "injuries"
_IMPLICATIVE: Final = word_class("implicative_verb")  # "managed to kill six"
_UNREAL: Final = word_class("before_unreal_verb")


def find_affected(text: PeopleOfText, index: int) -> Coordination | None:
    """Find who was affected by the harm word at an index; None when the text does not say."""
    return find_affected_as(text, index, text.effects[text.tokens[index]].use)


def find_affected_as(text: PeopleOfText, index: int, use: str) -> Coordination | None:
    """Find who was affected by a word that is used as `use` says (data/events/effects.csv)."""
    if use == "do" and text.get(index - 1) in _UNREAL and text.get(index - 2) not in _IMPLICATIVE:
        return None  # threatened to kill
    numbered = text.get(index - 1) == "of" and text.get(index - 2) in {
        "number",
        "count",
    }  # the number of dead at 26
    counted = text.ending.get(index)  # the number of people | killed when gunmen opened fire rose to 133
    if use == "done" and counted and text.tokens[counted.first - 2 : counted.first] == ["number", "of"]:
        return _grown(text, counted, index)
    found = _toll(text, index) if numbered else _with_harm(text, index) or _by_use(text, index, text.tokens[index], use)
    return _along(text, index, found) if found else None


def _by_use(text: PeopleOfText, index: int, word: str, use: str) -> Coordination | None:
    if use in {"doing", "do"}:
        return text.right_of(index + 1) or text.behind_of(index)
    if use in {"lives", "body"}:
        return _lives(text, index, use)
    if use == "sum":
        return text.counted_left_of(index) or _toll(text, index)
    if use == "befell":
        return text.subject_before(before_verb(text, index)[0])
    if use == "event":
        return _event(text, index, word)
    return _done(text, index) if use == "done" else _state(text, index)


def _along(text: PeopleOfText, index: int, people: Coordination) -> Coordination:
    """Add those who are named behind the verb: "was killed near his home, along with two guards", "with his son"."""
    after = people.stops[0] > index
    behind = range(index + 1, min(index + _ALONG, len(text.tokens) - 2))
    for at in sorted(set(people.stops)) if after else behind:
        if text.tags[at : at + 1] in {".", "S", "V", ""}:
            break
        along = text.tokens[at : at + 2] in (["along", "with"], ["together", "with"]) and not after
        kin = text.get(at) == "with" and text.get(at + 1) in _HIS
        more = text.right_of(at + (2 if along else 1)) if along or kin else None
        if along or more:
            return Coordination(people.items + more.items, people.parts + more.parts) if more else people
    return people


_ONE: Final = frozenset({"he", "she"})


def _done(text: PeopleOfText, index: int) -> Coordination | None:
    """Read "two were killed", "killed two", "two soldiers killed", "killed were A and B"."""
    before, passive = before_verb(text, index)
    if not passive and (joined := _joined_verb(text, index)) >= 0:
        before, passive = before_verb(text, joined)
        if not passive:
            return text.right_of(index + 1)
    if passive:
        named = (
            before >= 0 and text.get(before - 1) not in _ONE
        )  # "killed three before he was shot dead": not the three
        return text.subject_before(before) if named else None
    right = text.right_of(index + 1)
    left = text.left_of(index)
    if right is not None and (left is None or right.items[0].sort != "name" or left.items[0].sort != "number"):
        return right
    if left is not None:
        return left
    inverted = text.text.verbs[index].inverted
    return text.right_of(inverted) if inverted >= 0 else _other_effect(text, index)


def before_verb(text: PeopleOfText, index: int) -> tuple[int, bool]:
    """Step back over "were reportedly": the index that the subject must end at, and whether that is passive."""
    at, passive = index, False
    while index - at < _STEPS:
        verb = text.text.verbs[at]
        passive, at = passive or verb.is_passive, verb.first
        word = text.get(at - 1)
        joined = word == "and" and text.get(at - 2) in text.effects  # "were killed and wounded"
        if joined or (word in text.effects and (passive or text.effects[word].use == "done")):
            at -= 2 if joined else 1  # "were shot dead"
        else:
            break
    return at, passive


def _joined_verb(text: PeopleOfText, index: int) -> int:
    """Find the first verb of "was robbed, stabbed and murdered", "was shot in the head and killed"; -1: none."""
    if text.get(index - 1) not in {"and", "then", "later", ","}:
        return -1
    for at in range(index - 2, max(-1, index - _JOINED), -1):
        if text.tags[at] in ".S":
            return -1
        if is_verb(text, at) and (text.get(at - 1) in word_classes()["be"] or text.tags[at - 1] in "RA"):
            return at
    return -1


def is_verb(text: PeopleOfText, at: int) -> bool:
    """Return whether a word is, or may be, the past form of a verb of harm."""
    word = text.tokens[at]
    return (
        word in text.effects or word in word_classes()["harm_verb"] or (word.endswith("ed") and text.tags[at] in "nV")
    ) or (text.tags[at] == "V" and not word.endswith("ing"))


def _other_effect(text: PeopleOfText, index: int) -> Coordination | None:
    """Read the second of "killed two and wounded": its people are those of the first."""
    if text.get(index + 1) in {"and", "or", "/"} and text.get(index + 2) in text.effects:
        return text.right_of(index + 3)
    return None


def _state(text: PeopleOfText, index: int) -> Coordination | None:
    """Read "left three dead", "the dead include", "26 dead", "were dead", "shot dead two men", "dead: 3"."""
    people, verbs = text.left_of(index), text.text.verbs
    if people is not None:
        return people
    if (
        text.get(index - 1) in {"shot", "found", "lay", "left", "pronounced", "hacked", "beaten"}
        and not verbs[index - 1].is_passive
    ):
        right = text.right_of(index + 1)
        if right is not None:
            return right
    before, linked = before_verb(text, index if text.get(index - 1) in word_classes()["be"] else index - 1)
    if linked or text.get(index - 1) in {"found", "shot", "pronounced", "declared"}:
        return text.subject_before(before)
    return text.right_of(index + 2) if text.get(index + 1) in {"of", ":"} and text.tokens[index] == "dead" else None


def _lives(text: PeopleOfText, index: int, use: str) -> Coordination | None:
    """Read "the bodies of two nurses", "claimed 12 lives"; not "put the lives of thousands at risk"."""
    if use == "lives" and text.get(index - 1) in _HIS:
        return _lost_lives(text, index)
    if use == "lives" and not _is_taken(text, index):
        return None
    return text.behind_of(index) or text.left_of(index) or text.counted_left_of(index)


def _is_taken(text: PeopleOfText, index: int) -> bool:
    """Return whether lives were lost: "claimed the lives of", "the loss of 12 lives", "12 lives were lost"."""
    around = (*text.tokens[max(0, index - _TAKING_BEFORE) : index], *text.tokens[index + 1 : index + _TAKING_BEHIND])
    return not _TAKING.isdisjoint(around)


def _lost_lives(text: PeopleOfText, index: int) -> Coordination | None:
    """Read "three soldiers lost their lives", "the blast cost six people their lives"."""
    if text.get(index - 2) in _LOST:
        return text.subject_before(before_verb(text, index - 2)[0])
    cost = text.ending.get(index - 1)
    return cost if cost and text.get(cost.first - 1) in _COST else None


def _event(text: PeopleOfText, index: int, word: str) -> Coordination | None:
    """Read "the death of two nurses", "the Suleimani assassination", "the death toll rose to 12"."""
    if text.get(index + 1) == "toll":
        return _toll(text, index)
    at = index + 1 + (text.get(index + 1) == "[")  # THE MASSACRE [OF SIX PRIESTS]
    if text.get(at) == "of":
        return text.right_of(at + 1)
    if text.tags[index - 1 : index] == "'" and (owner := text.ending.get(index - 1)):
        return Coordination(owner.items[-1:])  # Suleimani's death
    if (
        word == "arrest"
        and text.tags[index - 1 : index] in {"V", "n", "A"}
        and text.get(index - 1) not in {"the", "under", "house"}
    ):
        return text.right_of(at)
    return None


def _with_harm(text: PeopleOfText, index: int) -> Coordination | None:
    """Read "left 110 troops with brain injuries", "two guards suffered wounds"."""
    if text.tokens[index] not in _HARM:
        return None
    for at in range(index - 1, max(-1, index - _HARM_REACH), -1):
        if text.tokens[at] == "with" and (people := text.ending.get(at)):
            if text.tokens[people.first - 2 : people.first] == ["number", "of"]:
                return _grown(text, people, index)
            return people if text.get(people.first - 1) in {"left", "leaving", "leaves"} else None
        if text.tokens[at] in {"suffered", "sustained", "suffering", "sustaining"}:
            return text.subject_before(before_verb(text, at)[0])
    return None


def _grown(text: PeopleOfText, people: Coordination, index: int) -> Coordination | None:
    """Read "the number of troops with injuries from the attack has grown to 110"."""
    for at in range(index + 1, min(index + _GROWN_REACH, len(text.tokens))):
        if text.tags[at] == ".":
            return None
        number = text.starting.get(at + 1) if text.tokens[at] == "to" and text.tokens[at - 1] in _GROWN else None
        if number is not None and number.items[0].counted:
            count = number.items[0]
            return Coordination((replace(people.items[0], least=count.least, most=count.most, counted=True),))
    return None


def _toll(text: PeopleOfText, index: int) -> Coordination | None:
    """Read the number after "death toll rose to", "death toll from the blast in Baquba has climbed to"."""
    for at in range(index + 1, min(index + _TOLL_REACH, len(text.tokens))):
        if text.tags[at] in ".N" and text.tokens[at] != ":":
            return None
        near = at < index + _TOLL_NEAR and text.tokens[at] in _TOLL_IS
        moved = text.tokens[at] in {"to", "at"} and text.tokens[at - 1] in _TOLL_MOVES
        if near or moved or text.tokens[at] in _TOLL_REACHES:
            people = text.starting.get(at + 1)
            if people is not None and people.items[0].counted:
                return people
    return None
