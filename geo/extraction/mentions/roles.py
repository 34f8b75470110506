"""Find the semantic roles of a trigger: who did it and to whom, by the words around it.

Active: subject - trigger - object. Passive: object - trigger - "by" - subject. Nouns: "the
killing of A by B", "B's attack on A", "an attack by B against A".
"""

from dataclasses import dataclass, replace
from typing import Final

from geo.extraction.language.chunks import NounPhrase, chunks_left, chunks_right
from geo.extraction.language.clauses import is_personal
from geo.extraction.language.tagged_text import TaggedText
from geo.extraction.language.tokens import Words
from geo.extraction.mentions.voice import is_modifier, is_passive, past_dates
from geo.extraction.triggers import Trigger
from geo.tables import word_class, word_classes

_PATIENT_PREPOSITIONS: Final = word_class("patient_preposition")
CARRIED_OUT: Final = word_class("carrying_out")
_ANSWERS: Final = word_class("answer_noun")
_TIMES: Final = frozenset({"before", "after", "while"})
_NAMES: Final = word_class("before_names")
_ANSWERED: Final = word_class("answer_verb")
_FAR: Final = 9  # words from a noun to "by"
_HITS_PLACES: Final = frozenset({"Remote explosive/landmine/IED", "Grenade", "Looting/property destruction"})
_NO_TARGET: Final = word_class("no_target_preposition")


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class Roles:
    """The phrases that stand beside a trigger."""

    agents: tuple[NounPhrase, ...] = ()
    patients: tuple[NounPhrase, ...] = ()
    passive: bool = False
    relative: bool = False  # "the attack that killed": the subject is another trigger
    shared: bool = False  # ", killing two": the subject is that of the main clause
    governor: int = -1  # index of the main verb whose subject it shares
    describes: bool = False  # "the murdered priest": the verb only describes a noun
    possessors: tuple[NounPhrase, ...] = ()  # "the priests' murder", "the guerrilla attack": who did it, or to whom


def find_roles(text: TaggedText, trigger: Trigger, first: int, stop: int) -> Roles:
    """Find the arguments of a trigger within the words `first` to `stop` of its sentence."""
    words, tags, frame = text.words, text.tags, trigger.entry.frame
    if frame == "naming":
        return _naming(words, tags, trigger, first, stop)
    found = (_of_noun if trigger.part == "noun" else _of_verb)(text, trigger, first, stop)
    if frame == "weapon":
        targets = _targets(words, tags, trigger.stop, stop)
        subject = found.patients if found.passive else found.agents
        struck = word_classes()["building"] - word_classes()["bomb_vehicle"]
        hit = tuple(chunk for chunk in subject if words.words[chunk.head] in struck)
        return replace(found, agents=_by(words, tags, trigger.stop, stop), patients=(*hit, *targets))
    if not found.patients or trigger.entry.sub_event_type in _HITS_PLACES:
        found = replace(found, patients=(*found.patients, *_targets(words, tags, trigger.stop, stop)))
    if frame == "patient" and trigger.part == "verb":
        return replace(found, agents=(), patients=found.patients if found.passive else found.agents or found.patients)
    if frame == "mutual":
        return _of_sides(words, tags, trigger, stop, found)
    return found


def _of_sides(words: Words, tags: str, trigger: Trigger, stop: int, found: Roles) -> Roles:
    """Sort the two sides of a fight, "A clashed with B", "clashes between A and B": who is named first acts."""
    sides = _with(words, tags, trigger.stop, stop)
    if trigger.part == "verb" and found.passive:  # "clashed with" has no object, and is no passive for that
        return replace(found, agents=found.patients, patients=sides, passive=False)
    between = "between" in words.words[trigger.stop : sides[0].first] if sides else False
    if between and len(sides) > 1 and not found.agents:
        return replace(found, agents=sides[:1], patients=sides[1:])
    return replace(found, patients=sides or found.patients)


def _targets(words: Words, tags: str, at: int, stop: int) -> tuple[NounPhrase, ...]:
    """Read what stands where it happened: "exploded in front of the bank", "bombs at two hotels"."""
    things = word_classes()["building"]
    for i in range(at, min(stop, at + 2 * _FAR)):
        if tags[i] in ".S":
            break
        if tags[i] != "P" or words.words[i] in _NO_TARGET:
            continue
        ahead = i + 3 if words.get(i + 1) == "front" and words.get(i + 2) == "of" else i + 1
        chunks = chunks_right(words, tags, ahead, stop)
        if chunks and any(word in things for chunk in chunks for word in words.words[chunk.first : chunk.stop]):
            return tuple(chunks)
    return ()


def _of_verb(text: TaggedText, trigger: Trigger, first: int, stop: int) -> Roles:
    words, tags, verb = text.words, text.tags, text.verbs[trigger.first]
    if is_modifier(words, tags, trigger, stop):
        return Roles((), tuple(chunks_right(words, tags, trigger.stop, stop)[:1]), passive=True, describes=True)
    if verb.inverted >= 0 and trigger.form == "past":
        return Roles(
            _by(words, tags, trigger.stop, stop), tuple(chunks_right(words, tags, verb.inverted, stop)), passive=True
        )
    before = verb.first - 1
    left = tuple(chunks_left(words, tags, before if verb.relative else trigger.first, first))
    if verb.is_infinitive and not left:
        left = _controller(words, tags, before, first)
    relative = bool(verb.relative) and not is_personal(verb.relative)
    if is_passive(text, trigger, stop):
        if not left and before >= first and words.words[before] in _TIMES:
            left = _subject_of_main(text, before, first)
        return Roles(_by(words, tags, trigger.stop, stop), left, passive=True, relative=relative)
    shared = trigger.form == "ing" and before >= first and tags[before] in ",CSP"
    if before >= first and tags[before] == "C":
        left = _of_verb_before(words, tags, before, first) or left
    after = past_dates(words, tags, trigger.stop, stop)
    after += words.get(after) == "dead"  # "shot dead | ten people"
    right = tuple(chunks_right(words, tags, after, stop))
    if not right and trigger.stop < stop and words.words[trigger.stop] in ("against", "on", "at", "into", "to", "upon"):
        right = tuple(chunks_right(words, tags, trigger.stop + 1, stop))
    governor = -1
    if shared:  # "troops entered the camp, arresting ten": whose deed it is, the main clause says
        governor = _main_verb(text, before, first) if tags[before] == "," else -1
        left = _subject_of_main(text, before, first) if tags[before] == "," else ()
    return Roles(left, right, relative=relative, shared=shared, governor=governor)


def _controller(words: Words, tags: str, to: int, first: int) -> tuple[NounPhrase, ...]:
    """Read whose deed an infinitive is: "rebels managed to kill", "forces claimed to have captured"."""
    governed = to - 1 >= first and tags[to - 1] == "V"
    return tuple(chunks_left(words, tags, to - 1, first)) if governed else ()


def _subject_of_main(text: TaggedText, joint: int, first: int) -> tuple[NounPhrase, ...]:
    """Read the subject of the active verb before a joint: "gunmen killed a man | before being shot"."""
    words, tags = text.words, text.tags
    at = _main_verb(text, joint, first)
    if at < 0 or words.words[at] in word_classes()["speaking"] or text.verbs[at].is_passive:
        return ()
    verb = text.verbs[at]
    return (
        _controller(words, tags, verb.first - 1, first)
        if verb.is_infinitive
        else tuple(chunks_left(words, tags, at, first))
    )


def _main_verb(text: TaggedText, joint: int, first: int) -> int:
    """Find the last verb before a joint that is none of a noun's: "a car hit people leaving a rally, | killing two"."""
    words, tags = text.words.words, text.tags
    at = _verb_before(tags, joint, first)
    while at > first and words[at].endswith("ing") and tags[at - 1] in "n#":
        earlier = _verb_before(tags, at, first)
        if earlier < 0:
            break
        at = earlier
    return at


def _verb_before(tags: str, at: int, first: int) -> int:
    """Find the last verb before a word, but no participle before its noun ("a suspected thief"); -1 without one."""
    at = tags.rfind("V", first, at)
    while at > first and (tags[at - 1] in "D-" or (tags[at - 1] in "P#" and tags[at + 1 : at + 2] == "n")):
        at = tags.rfind("V", first, at)
    return at


def _of_verb_before(words: Words, tags: str, joint: int, first: int) -> tuple[NounPhrase, ...]:
    """Read the subject that a verb behind "and" shares with the one before: "a shell killed ten and wounded two"."""
    verb = _verb_before(tags, joint, first)
    if verb < 0 or any(tag in ".SN" for tag in tags[verb:joint]) or words.words[verb].endswith("ing"):
        return ()
    return tuple(chunks_left(words, tags, verb, first))


def _by(words: Words, tags: str, at: int, stop: int) -> tuple[NounPhrase, ...]:
    """Find "by" and who follows it, before the next clause."""
    for i in range(at, min(stop, at + 3 * _FAR)):
        if tags[i] in ".SV" and words.words[i] not in ("who", "that"):
            break
        if words.words[i] == "by" and i + 1 < stop and tags[i + 1] in 'nD#["':
            return tuple(chunks_right(words, tags, i + 1, stop)[:3])
    return ()


def _with(words: Words, tags: str, at: int, stop: int) -> tuple[NounPhrase, ...]:
    """Find the other side of a clash: "with B", "against B", "between A and B"."""
    for i in range(at, min(stop, at + 2 * _FAR)):
        if tags[i] in ".S":
            break
        if words.words[i] in ("with", "against", "between"):
            return tuple(chunks_right(words, tags, i + 1, stop)[:3])
    return ()


def _of_noun(text: TaggedText, trigger: Trigger, first: int, stop: int) -> Roles:
    words, tags = text.words, text.tags
    agents: tuple[NounPhrase, ...] = ()
    patients: tuple[NounPhrase, ...] = ()
    at = trigger.stop
    while at < stop and at - trigger.stop < 3 * _FAR:
        if tags[at] in "TR" or (tags[at] == "C" and tags[at - 1] == "T"):
            at += 1
            continue
        if tags[at] != "P":
            break
        preposition = words.words[at]
        got = tuple(chunks_right(words, tags, at + 1, stop))
        if preposition == "by":
            agents = got[:3] or agents
        elif preposition in _PATIENT_PREPOSITIONS or (preposition == "of" and not patients):
            patients = patients + got
        at = got[-1].stop if got else at + 1
    agents = _carried_out_by(words, tags, at, stop) or agents or _carrier(words, tags, trigger.first, first)
    agents = _responder(words, tags, trigger.first, first) or agents
    patients = patients or _targets_of(words, tags, trigger, first, stop)
    return Roles(agents, patients, possessors=_possessor(tags, trigger.first, first))


def _possessor(tags: str, at: int, first: int) -> tuple[NounPhrase, ...]:
    """Read what stands straight before a noun: "Iran's", "guerrilla", "US-led"."""
    begin = at
    while begin - 1 >= first and tags[begin - 1] in "n'-#" and at - begin < 8:  # noqa: PLR2004 -- words
        begin -= 1
    stop = at
    while stop > begin and tags[stop - 1] in "-'":
        stop -= 1
    return (NounPhrase(begin, stop, stop - 1),) if stop > begin else ()


def _carried_out_by(words: Words, tags: str, at: int, stop: int) -> tuple[NounPhrase, ...]:
    """Read "... was carried out by B" after a noun."""
    for i in range(at, min(stop, at + _FAR)):
        if tags[i] in ".S" and words.words[i] not in ("which", "that"):
            return ()
        if words.words[i] in CARRIED_OUT:
            return _by(words, tags, i + 1, stop)
    return ()


def _carrier(words: Words, tags: str, at: int, first: int) -> tuple[NounPhrase, ...]:
    """Read "B carried out the attack", "B answered A with an attack": the subject of the verb before a noun."""
    answered = False
    for i in range(at - 1, max(first, at - _FAR - 1) - 1, -1):
        answered = answered or words.words[i] == "with"
        if words.words[i] in (_ANSWERED if answered else CARRIED_OUT):
            passive = i > first and words.words[i - 1] in word_classes()["be"]
            return () if passive else tuple(chunks_left(words, tags, i, first)[:3])
        if not answered and tags[i] not in "nD'-#PR":
            return ()
    return ()


def _responder(words: Words, tags: str, at: int, first: int) -> tuple[NounPhrase, ...]:
    """Read "B's response to A was an attack": the agent is B."""
    for i in range(at - 1, first, -1):
        if words.words[i] in _ANSWERS and words.get(i + 1) == "to" and "A" in tags[i:at]:
            begin = i
            while begin > first and tags[begin - 1] in "n'-":
                begin -= 1
            return (NounPhrase(begin, i, i - 1),) if begin < i and words.get(begin - 1) != "in" else ()
    return ()


def _targets_of(words: Words, tags: str, trigger: Trigger, first: int, stop: int) -> tuple[NounPhrase, ...]:
    """Read "the targets of the raids were A and B"."""
    before = words.words[max(first, trigger.first - 6) : trigger.first]
    if not {"target", "targets"} & set(before):
        return ()
    for i in range(trigger.stop, min(stop, trigger.stop + 4)):
        if words.words[i] in word_classes()["be"]:
            return tuple(chunks_right(words, tags, i + 1, stop))
    return ()


def _naming(words: Words, tags: str, trigger: Trigger, first: int, stop: int) -> Roles:
    """Read who is named: "the victims were A and B", "the dead man was identified as A"."""
    at = trigger.stop
    if trigger.entry.part == "noun":
        while at < stop and tags[at] in "AR":
            at += 1
        if at == trigger.stop and words.get(at) not in _NAMES:
            return Roles()
        at += words.get(at) in _NAMES
    subject = tuple(chunks_left(words, tags, trigger.first, first)) if trigger.entry.part == "phrase" else ()
    return Roles(subject, tuple(chunks_right(words, tags, at, stop)))
