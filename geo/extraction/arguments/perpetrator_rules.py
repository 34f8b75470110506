"""Name who did it where no clause says so outright: by who stands in the sentence and could have.

"A granary burned after shelling by the 4th Brigade": the shelling is what the brigade did, so it burned the
granary too.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.coreference.event_relations import is_across_answer
from geo.extraction.entities.actors import ActorMention
from geo.extraction.entities.national_forces import force_name, is_attack, national_at
from geo.extraction.language.word_classes import any_in, word_classes
from geo.extraction.mentions.event_mentions import EventMention

_MOSTLY: Final = 0.7  # share of a report's namings of rebels from which on "the rebels" are that group
_IDENTITY_REACH: Final = 3  # sentences in which it is said whose they were, that of the deed included
_BEING: Final = frozenset({"were", "was"})
_UNKNOWN: Final = frozenset("unidentified unknown unmarked".split())
_COULD: Final = frozenset({"state", "rebel", "militia", "gang", "unknown", "protesters"})
_BY: Final = 3.0  # "by suspected militants"
_FROM: Final = 2.0  # "shells from a tank of the army"
_ATTACKING: Final = 2.5  # "Russian shelling", "an army raid"
_KNOWN: Final = 1.0
_BEFORE: Final = 0.5  # told before the trigger, as a subject is
_ENOUGH: Final = 2.0  # to be known and told before the deed is not enough
_FROM_WORDS: Final = frozenset({"from", "of"})
_ADJECTIVES: Final = frozenset(
    "suspected alleged the a an some several unidentified armed presumed reportedly two three members".split()
)
# "held by the army", "loyal to", "in areas controlled by": no deed
_REBEL_HEADS: Final = frozenset(
    "guerrilla guerrillas guerilla guerillas rebel rebels terrorist terrorists insurgents subversives".split()
)
_REBELS: Final = _REBEL_HEADS | frozenset(
    "urban commandos commando units unit members member group groups of alleged suspected the armed column forces men "
    "criminals fighters leftist".split()
)


def find_suspect(annotated: AnnotatedReport, cluster: EventCluster, victims: str | None) -> str | None:
    """Name the likeliest perpetrator of a group of mentions; None when nobody stands out.

    Args:
        annotated: The report.
        cluster: The mentions of one incident, in which no clause names a perpetrator.
        victims: Those to whom it was done, as told; they did not do it.
    """
    suffered = (victims or "").lower()
    best: tuple[float, str] = (0.0, "")
    for mention in cluster.mentions:
        for actor in _candidates(annotated, mention):
            if actor.text.lower() in suffered or actor.name.lower() in suffered:
                continue
            worth = _worth(annotated, mention, actor)
            if worth > best[0]:
                best = (worth, actor.name)
    return best[1] if best[0] >= _ENOUGH else None


def find_identity(annotated: AnnotatedReport, cluster: EventCluster) -> str | None:
    """Name whose the unknown craft or men were, by what is said of them just after: "the planes were American".

    Args:
        annotated: The report.
        cluster: The mentions of one incident, in which the perpetrator has no name.
    """
    words, last = annotated.words, cluster.last.sentence
    for sentence in annotated.sentences[last.index : last.index + _IDENTITY_REACH]:
        if sentence.paragraph != last.paragraph:
            break
        for i in range(sentence.first + 1, sentence.stop - 1):
            if words.words[i] not in _BEING or not any_in((words.words[i - 1],), "aircraft"):
                continue
            nation = national_at(words, i + 1)
            if nation is not None and annotated.tags[nation.stop : nation.stop + 1] != "n":
                told = words.text[words.starts[nation.first] : words.ends[nation.stop - 1]]
                return force_name(told, nation.codes, "army")
    return None


def is_nameless(perpetrator: str) -> bool:
    """Say whether the words say that nobody knows who it was: "unidentified warplanes"."""
    return bool(_UNKNOWN & set(perpetrator.lower().split()))


def name_rebels(annotated: AnnotatedReport, told: str, country_code: str | None) -> str:
    """Say which group "the guerrillas" are, when the report names only one that fights in that country.

    Args:
        annotated: The report.
        told: The perpetrator as told.
        country_code: Where it happened, ISO 3166-1 alpha-2.

    Returns:
        "guerrillas (FMLN: ...)", or the words as they were.
    """
    words = told.lower().split()
    if not country_code or not words or not set(words) <= _REBELS or not set(words) & _REBEL_HEADS:
        return told
    clusters = Counter(
        actor.name
        for actor in annotated.actors
        if actor.known and actor.kind == "rebel" and actor.country_code == country_code
    )
    if not clusters:
        return told
    name, count = clusters.most_common(1)[0]
    return f"{told} ({name})" if count >= _MOSTLY * clusters.total() else told


def _candidates(annotated: AnnotatedReport, mention: EventMention) -> Iterable[ActorMention]:
    hurt = [(found.who_start, found.who_end) for found in mention.casualties if found.who]
    for actor in within(annotated.actors, mention.sentence.start, mention.sentence.end):
        if actor.kind not in _COULD or any(start <= actor.start < end for start, end in hurt):
            continue
        first, stop = annotated.words.at(actor.start), annotated.words.before(actor.end)
        if not is_across_answer(annotated, mention, first, stop):
            yield actor


def _worth(annotated: AnnotatedReport, mention: EventMention, actor: ActorMention) -> float:
    """Weigh what speaks for an actor, by the words around it."""
    words = annotated.words
    first, stop = words.at(actor.start), words.before(actor.end)
    at = first - 1
    while at >= 0 and words.words[at] in _ADJECTIVES:
        at -= 1
    before, after = words.get(at), words.get(stop)
    worth = _KNOWN if actor.known else 0.0
    if after in word_classes()["speaking"] or before == "according":
        return 0.0
    if before == "by":
        return worth + _BY if words.get(at - 1) not in word_classes()["holding"] else 0.0
    if is_attack(after) or (after == "-" and is_attack(words.get(stop + 1))):
        return worth + _ATTACKING
    if before in word_classes()["against"]:
        return 0.0
    if before in _FROM_WORDS:
        return worth + (_FROM if is_attack(words.get(at - 1)) or before == "from" else 0.0)
    if first < mention.trigger.first:
        worth += _BEFORE
    return worth
