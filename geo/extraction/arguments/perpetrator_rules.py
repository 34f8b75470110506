"""Name who did it by rules: who the clauses say did it, else who stands in the sentence and could have.

"A granary burned after shelling by the 4th Brigade": the shelling is what the brigade did, so it burned the
granary too. What these rules say is one feature of several that `perpetrator` weighs.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.entities.actors import ActorMention
from geo.extraction.entities.national_forces import force_name, is_attack, national_at
from geo.extraction.entities.participant_names import content_words, may_act, tidy
from geo.extraction.language.word_classes import any_in
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.mentions.participants import Participant
from geo.tables import word_class, word_classes, words_with_role
from geo.vocabulary import CROWDS

EXCESSIVE: Final = "Excessive force against protesters"
_MOSTLY: Final = 0.7  # share of a report's namings of rebels from which on "the rebels" are that group
_IDENTITY_REACH: Final = 3  # sentences that may identify them, that of the event included
_BEING: Final = word_class("was")
_UNKNOWN: Final = word_class("unidentified")
_COULD: Final = frozenset({"state", "rebel", "militia", "gang", "unknown", "protesters"})
_BY: Final = 3.0  # "by suspected militants"
_FIRE_REACH: Final = 3  # words from "shells" to "from"
_FROM: Final = 2.0  # "shells from a tank of the army"
_ATTACKING: Final = 2.5  # "Russian shelling", "an army raid"
_KNOWN: Final = 1.0
_BEFORE: Final = 0.5  # before the trigger, as a subject is
_ENOUGH: Final = 2.0  # to be known and named before the trigger is not enough
_FROM_WORDS: Final = word_class("origin")
_ADJECTIVES: Final = word_class("before_suspect")
# "held by the army", "loyal to", "in areas controlled by": no deed
_REBEL_HEADS: Final = word_class("rebel_noun")
_REBELS: Final = _REBEL_HEADS | word_class("rebel_description")
_UNARMED: Final = frozenset({"civilian", "civilians", "person"})
_KIND_SCORE: Final = {  # how likely it is that a participant of such a kind did it
    "state": 1.5, "rebel": 1.6, "militia": 1.6, "gang": 1.4, "unknown": 1.2, "protesters": 1.2, "": 0.3,
    "civilian": 0.6, "civilians": 0.6, "person": 0.7, "facility": 0.0,
}  # fmt: skip
_NAMED_SCORE: Final = 1.0
_ORGANISATION_SCORE: Final = 1.0
_CROWD_SCORE: Final = 3.0
_BLAMED_SCORE: Final = 0.8


def find_suspect(annotated: AnnotatedReport, cluster: EventCluster, victims: str | None) -> str | None:
    """Name the likeliest perpetrator of a group of mentions; None when nobody stands out.

    Args:
        annotated: The report.
        cluster: The mentions of one incident, in which no clause names a perpetrator.
        victims: The victims, as the report calls them; they did not do it.
    """
    suffered = (victims or "").lower()
    best: tuple[float, str] = (0.0, "")
    for mention in cluster.mentions:
        for actor in _candidates(annotated, mention):
            if actor.text.lower() in suffered or actor.name.lower() in suffered:
                continue
            score = _score(annotated, mention, actor)
            if score > best[0]:
                best = (score, actor.name)
    return best[1] if best[0] >= _ENOUGH else None


def find_identity(annotated: AnnotatedReport, cluster: EventCluster) -> str | None:
    """Identify unknown aircraft or men by the sentences just after: "the planes were American".

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
                text = words.text[words.starts[nation.first] : words.ends[nation.stop - 1]]
                return force_name(text, nation.codes, "army")
    return None


def whose_aircraft(annotated: AnnotatedReport, cluster: EventCluster, perpetrator: str) -> str | None:
    """Say whose "Apache helicopters" are: the one army that the sentence or the one before names; None otherwise."""
    if not any_in(perpetrator.lower().split(), "aircraft"):
        return None
    last = cluster.mentions[0].sentence
    start = annotated.sentences[max(0, last.index - 1)].start
    armies = {one.name for one in within(annotated.actors, start, last.end) if one.known and one.role == "army"}
    return next(iter(armies)) if len(armies) == 1 else None


def is_nameless(perpetrator: str) -> bool:
    """Return whether the words say that nobody knows who it was: "unidentified warplanes"."""
    return bool(_UNKNOWN & set(perpetrator.lower().split()))


def name_rebels(annotated: AnnotatedReport, rebels: str, country_code: str | None) -> str:
    """Return which group "the guerrillas" are, when the report names only one that fights in that country.

    Args:
        annotated: The report.
        rebels: The perpetrator in the words of the report.
        country_code: Where it happened, ISO 3166-1 alpha-2.

    Returns:
        "guerrillas (FMLN: ...)", or the words as they were.
    """
    words = rebels.lower().split()
    if not country_code or not words or not set(words) <= _REBELS or not set(words) & _REBEL_HEADS:
        return rebels
    clusters = Counter(
        actor.name
        for actor in annotated.actors
        if actor.known and actor.kind == "rebel" and actor.country_code == country_code
    )
    if not clusters:
        return rebels
    name, count = clusters.most_common(1)[0]
    return f"{rebels} ({name})" if count >= _MOSTLY * clusters.total() else rebels


def _candidates(annotated: AnnotatedReport, mention: EventMention) -> Iterable[ActorMention]:
    hurt = [(found.who_first, found.who_stop) for found in mention.casualties if found.who]
    for actor in within(annotated.actors, mention.sentence.start, mention.sentence.end):
        if (
            actor.kind not in _COULD
            or not (actor.known or may_act(actor.name))
            or any(first <= actor.first < stop for first, stop in hurt)
        ):
            continue
        first, stop = actor.first, actor.stop
        if not annotated.is_across_answer(mention.trigger, first, stop):
            yield actor


def _score(annotated: AnnotatedReport, mention: EventMention, actor: ActorMention) -> float:
    """Weigh what speaks for an actor, by the words around it."""
    words = annotated.words
    first, stop = actor.first, actor.stop
    at = first - 1
    while at >= 0 and words.words[at] in _ADJECTIVES:
        at -= 1
    before, after = words.get(at), words.get(stop)
    score = _KNOWN if actor.known else 0.0
    if annotated.speech.is_speaker(first, stop):
        return 0.0
    if before == "by":
        return score + _BY if words.get(at - 1) not in word_classes()["holding"] else 0.0
    if is_attack(after) or (after == "-" and is_attack(words.get(stop + 1))):
        return score + _ATTACKING
    if before in word_classes()["against"]:
        return 0.0
    if before in _FROM_WORDS:
        armed = any(is_attack(word) for word in words.words[max(0, at - _FIRE_REACH) : at])  # "shells from a tank of"
        return score + (_FROM if armed else 0.0)
    if first < mention.trigger.first:
        score += _BEFORE
    return score


def perpetrator_by_rule(
    annotated: AnnotatedReport, cluster: EventCluster, event_type: str, companion: EventCluster | None
) -> str | None:
    """Name who did it as grammar has it: the subject of the verb, who is blamed, or who stands nearest.

    Args:
        annotated: The report.
        cluster: The mentions of one incident.
        event_type: Of the incident.
        companion: The incident just before it, where this one is one more of the same ("missiles were also aimed at").
    """
    named = find_agent(cluster, event_type) or find_suspect(annotated, cluster, _affected_words(cluster))
    return find_agent(companion, event_type) if named is None and companion is not None else named


def find_agent(cluster: EventCluster, event_type: str) -> str | None:
    """Name the perpetrator that most mentions name, a body of the table before others; several joined by "; ".

    Args:
        cluster: The mentions of the incident.
        event_type: Of the incident, or `EXCESSIVE`; a riot or a protest is a crowd's, whoever else acts in it.
    """
    scores: dict[str, float] = {}
    crowd = _CROWD_SCORE if event_type in CROWDS else 0.0
    for mention in first_deeds(cluster):
        for participant in mention.patients if mention.has_subject_only else mention.agents:
            if crowd and participant.kind == "state" and not any_in(participant.text.lower().split(), "role_police"):
                continue  # no government marches, "as demanded by protesters"
            if event_type == EXCESSIVE and participant.kind == "protesters":
                continue  # the force is used against them
            _count(scores, participant, crowd if participant.kind == "protesters" else 0.0)
        for participant in mention.blamed:
            _count(scores, participant, _BLAMED_SCORE)
    if not scores:
        return None
    best = max(scores, key=lambda name: scores[name])
    return "; ".join([best, *_named_beside(cluster, best)])


def first_deeds(cluster: EventCluster) -> list[EventMention]:
    """List the mentions of a cluster without what was done in answer to its perpetrators.

    "Gunmen killed four before being shot by the police", "the police shot the gunman": the police did not attack.
    """
    acted: set[str] = set()
    deeds: list[EventMention] = []
    attack: EventMention | None = None  # the first that killed and whose agents are no state's
    answering = {one.first for mention in cluster.mentions if _is_answer(None, mention) for one in mention.agents}
    for mention in cluster.mentions:
        answers = _is_answer(attack, mention) or (mention.agents and {one.first for one in mention.agents} <= answering)
        if not (deeds and answers) and acted.isdisjoint(map(_name_of, mention.patients)):
            deeds.append(mention)
            attack = attack or (mention if _is_by_others(mention) else None)
            acted.update(_name_of(one) for one in mention.agents if one.kind in _COULD or one.kind in _UNARMED)
    return deeds


def _is_answer(attack: EventMention | None, mention: EventMention) -> bool:
    """Return whether forces of a state only act on who did it: "the police shot the gunman", "shot the driver dead"."""
    if not mention.agents or any(one.kind != "state" for one in mention.agents):
        return False
    if any(map(_is_assailant, mention.patients)):
        return True
    apart = attack is not None and attack.sentence is not mention.sentence
    return apart and len(mention.patients) == 1 and not mention.casualties


def _is_by_others(deed: EventMention) -> bool:
    """Return whether a deed killed and others than a state did it."""
    hurt = any(found.effect == "killed" for found in deed.casualties)
    return hurt and any(one.kind in _UNARMED | {"rebel", "militia", "gang", "unknown"} for one in deed.agents)


def _is_assailant(participant: Participant) -> bool:
    """Return whether words name who did a deed mentioned before: "the gunman", not "gunmen from the north"."""
    words = participant.text.lower().split()
    return any_in(words[:1], "suspect") or (participant.kind == "person" and any_in(words, "suspect"))


def _count(scores: dict[str, float], participant: Participant, more: float) -> None:
    value = _KIND_SCORE.get(participant.kind, 0.5) + more + (_NAMED_SCORE if participant.name else 0.0)
    if not participant.kind and _is_organisation(participant):
        value += _ORGANISATION_SCORE
    name = _name_of(participant)
    if name and value > 0.5 and (participant.name or (participant.sort != "thing" and may_act(name))):  # noqa: PLR2004 -- words of nothing known do nothing
        scores[name] = scores.get(name, 0.0) + value


def _name_of(participant: Participant) -> str:
    return participant.name or tidy(participant.text)


def _is_organisation(participant: Participant) -> bool:
    """Return whether words that no table knows name a body: "Patriotic Liberation Front"."""
    return any(word in words_with_role("organisation") for word in participant.text.lower().replace('"', "").split())


def _named_beside(cluster: EventCluster, best: str) -> list[str]:
    """List who is named side by side with the perpetrator: "US and British warplanes"."""
    for mention in cluster.mentions:
        for participants in (mention.agents, mention.blamed):
            names = [
                _name_of(participant) for participant in participants if _KIND_SCORE.get(participant.kind, 0.5) > 1
            ]
            if best in names:
                return [name for name in dict.fromkeys(names) if not content_words(name) <= content_words(best)]
    return []


def _affected_words(cluster: EventCluster) -> str:
    """Join all the words for those who were affected: they did not do it."""
    named = [participant.text for mention in cluster.mentions for participant in mention.patients]
    names = [participant.name or "" for mention in cluster.mentions for participant in mention.patients]
    return "; ".join(named + names + [found.who or "" for mention in cluster.mentions for found in mention.casualties])
