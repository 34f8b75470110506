"""Weigh everybody whom a report names for being who did it.

The subject of the deed and whom somebody blames are the best guesses, but many reports tell who did it paragraphs
before or after, or not at all. The weights stand in data/models/perpetrator_weights.csv.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.arguments.participant_names import telling as telling_words
from geo.extraction.arguments.participant_names import tidy
from geo.extraction.coreference.clusters import Group
from geo.extraction.coreference.sequence import is_across_answer
from geo.extraction.entities.actors import ActorMention
from geo.extraction.language.word_classes import word_classes
from geo.extraction.linear_model import BIAS, odds, read_model
from geo.extraction.mentions.event_mentions import Telling
from geo.extraction.mentions.participants import Party

TABLE: Final = "models/perpetrator_weights.csv"
DOER: Final = "doer"
_LEAST_TOLD: Final = -2.0  # log-odds from which one is named whom grammar makes the doer
_LEAST_GROUP: Final = 0.0  # and an armed group whom the report names elsewhere
_LEAST: Final = 1.5  # and anybody else
_NEAR: Final = (3, 8, 16)  # words from a trigger: bounds of what is near
_CLOSE: Final = 2  # sentences from a telling in which also those without a name in the table may have done it
_COULD: Final = frozenset({"state", "rebel", "militia", "gang", "unknown", "protesters"})
_GROUPS: Final = frozenset({"rebel", "militia", "gang"})
_CLAIM: Final = frozenset(
    "claimed claim claims responsibility responsible attributed blamed blames accused accuses charged perpetrated "
    "committed suspected suspect suspects alleged believed".split()
)
_OFTEN: Final = 4
_MANY: Final = 4  # bodies in a report, from which on it does not matter how many
_TOLD: Final = frozenset({"agent", "blamed", "rule 0", "rule 1"})  # grammar makes one the doer
_SUFFERED: Final = frozenset({"patient", "hurt"})
_WHERE: Final = frozenset({"own", "apart 1", "apart 2", "apart 3", "apart 4"})


@dataclass(slots=True)
class Doer:
    """Somebody who may have done it."""

    name: str
    seen: set[str]  # what was observed of its tellings


def find_doers(reading: Reading, group: Group, country_code: str | None, rule: str | None) -> list[Doer]:
    """List all who may have done it, with what was observed of each.

    Args:
        reading: The report.
        group: The tellings of one incident.
        country_code: Where it happened.
        rule: Whom grammar alone would name.
    """
    found: dict[frozenset[str], Doer] = {}
    ruled = [part for part in (rule or "").split("; ") if part]
    for place, name in enumerate(ruled):
        if words := telling_words(name):
            found[words] = Doer(name, {f"rule {min(place, 1)}"})
    for name, seen in _all_told(reading, group, country_code):
        words = telling_words(name)
        doer = found.setdefault(words, Doer(name, set())) if words else None
        # whom grammar makes the doer may well be told elsewhere too
        if doer is not None and (doer.seen.isdisjoint(_TOLD) or not seen[0].startswith("apart")):
            doer.seen.update(seen)
    event = max(group.kinds, key=group.kinds.count) if group.kinds else "unknown"
    bodies = len({actor.name for actor in reading.actors if actor.known})
    groups = Counter(actor.name for actor in reading.actors if actor.known and actor.kind in _GROUPS)
    most = groups.most_common(1)[0][0] if groups else ""
    for doer in found.values():
        told = "told" if doer.seen & _TOLD else "not told"
        doer.seen.update([f"{told} / {feature} / {min(bodies, _MANY)}" for feature in doer.seen if feature in _WHERE])
        doer.seen.update([f"{told} / {feature}" for feature in doer.seen if feature.startswith("kind ")])
        doer.seen.update([f"{event} / {feature}" for feature in doer.seen if feature.startswith("kind ")])
        doer.seen.add("rule names none" if not ruled else "rule" if "rule 0" in doer.seen else "rule names another")
        if doer.name in groups:
            doer.seen.add(f"often {min(groups[doer.name], _OFTEN)}")
            doer.seen.add("only group" if len(groups) == 1 else "most told" if doer.name == most else "other group")
    return [doer for doer in found.values() if doer.seen & _TOLD or _may_be_doer(doer)]


def _may_be_doer(doer: Doer) -> bool:
    """Leave out who suffered it, and who only says so; "claimed" may mean responsibility."""
    claims = any(feature.startswith("claim / ") for feature in doer.seen)
    return doer.seen.isdisjoint(_SUFFERED) and (claims or "after speaking" not in doer.seen)


def _all_told(reading: Reading, group: Group, country_code: str | None) -> Iterator[tuple[str, list[str]]]:
    for telling in group.tellings:
        for role, parties in (("agent", telling.agents), ("blamed", telling.doers), ("patient", telling.patients)):
            for place, party in enumerate(parties):
                if party.sort != "thing":
                    yield party.name or tidy(party.text), _of_party(telling, role, place, party)
    by_sentence = {telling.sentence.index: telling for telling in group.tellings}
    for actor in reading.actors:
        if actor.kind not in _COULD:
            continue
        index = reading.sentence_at(actor.start).index
        apart = min(abs(index - own) for own in by_sentence)
        own = by_sentence.get(index)
        first, stop = reading.words.at(actor.start), reading.words.before(actor.end)
        if own is not None and is_across_answer(reading, own, first, stop):
            continue
        if actor.known or apart <= _CLOSE:
            seen = _of_mention(reading, actor, own, apart, country_code)
            yield tidy(actor.name) or actor.name, seen


def _of_party(telling: Telling, role: str, place: int, party: Party) -> list[str]:
    kind, known = party.kind or "nothing", "known" if party.name else "unknown"
    return [
        role,
        f"{role} {'later' if place else 'first'}",
        f"{role} of {telling.trigger.part}",
        f"{role} / {kind}",
        f"{role} / {known}",
        f"kind {kind}",
        f"sort {party.sort or 'none'}",
    ]


def _of_mention(
    reading: Reading, actor: ActorMention, telling: Telling | None, apart: int, country_code: str | None
) -> list[str]:
    words = reading.words
    first, stop = words.at(actor.start), words.before(actor.end)
    before, after = _beside(reading, first - 1), _beside(reading, stop)
    where = "own" if telling else f"apart {min(apart, 4)}"
    sentence = reading.sentence_at(actor.start)
    seen = [
        where,
        f"kind {actor.kind}",
        f"{where} / {actor.kind}",
        f"before {before}",
        f"after {after}",
        f"{'known' if actor.known else 'unknown'} / {actor.kind}",
    ]
    if actor.country_code and country_code:
        seen.append(f"{'own' if actor.country_code == country_code else 'other'} country / {actor.kind}")
    if not _CLAIM.isdisjoint(words.words[sentence.first : sentence.stop]):
        seen.append(f"claim / {where}")
    if telling is not None:
        trigger = telling.trigger
        side = "before" if first < trigger.first else "after"
        distance = trigger.first - stop if side == "before" else first - trigger.stop
        step = sum(distance > bound for bound in _NEAR)
        seen += [f"{side} trigger {step}", f"{side} {trigger.part} {step}"]
        hurt = any(c.who and c.who_start <= actor.start < c.who_end for c in telling.casualties)
        seen += ["hurt"] if hurt else []
    return seen


def _beside(reading: Reading, at: int) -> str:
    if not 0 <= at < len(reading.tags):
        return "nothing"
    word, tag = reading.words.words[at], reading.tags[at]
    if word in word_classes()["speaking"]:
        return "speaking"
    if word in word_classes()["attack_noun"]:
        return "attack"
    return word if tag in "PAC,SN'" else tag


def _least(doer: Doer) -> float:
    """Give the log-odds from which somebody is named: a wrong accusation harms more than none."""
    if doer.seen & _TOLD:
        return _LEAST_TOLD
    return _LEAST_GROUP if any(f"kind {kind}" in doer.seen for kind in _GROUPS) else _LEAST


def choose_doer(reading: Reading, group: Group, country_code: str | None, rule: str | None) -> str | None:
    """Name who did it; None when the report does not seem to say."""
    weights = odds(read_model(TABLE), DOER)
    if not weights:
        return rule
    doers = find_doers(reading, group, country_code, rule)
    weighed = [(weights.get(BIAS, 0.0) + sum([weights.get(name, 0.0) for name in doer.seen]), doer) for doer in doers]
    likely = [one for one in weighed if one[0] >= _least(one[1])]
    best = max(likely, key=lambda one: one[0], default=None)
    if best is None:
        return None
    return rule if rule and best[1].name in rule.split("; ") else best[1].name
