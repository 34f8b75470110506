"""List the places where an incident may have happened, with what speaks for each and against it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from geo.extraction.annotations import Reading
from geo.extraction.arguments.place_mentions import Seen, Spot, Survey
from geo.extraction.coreference.clusters import Group
from geo.extraction.coreference.sequence import is_across_answer
from geo.extraction.mentions.attachment import further, stands_for_people
from geo.extraction.mentions.event_mentions import Telling
from geo.geoparsing import Location

_REACH: Final = 4  # sentences from an incident to its place
_OPENING: Final = 2  # sentences that say where a report plays
_IN_CLAUSE: Final = 14.0  # steps, as in `beside`
_FAR: Final = 60.0  # steps
_NEAR: Final = 20.0
_BESIDE: Final = 3.0  # how much more what stands beside the incident tells of the country
_SURE: Final = 0.8
_LOCATIVE: Final = frozenset("in at near inside outside around on across throughout".split())
_LEAST_SHARE: Final = 0.1  # of what tells of countries
_MOST_COUNTRIES: Final = 4
_NO_SEEN: Final[Seen] = ()
_COUNTRY: Final = "country"


@dataclass(slots=True, eq=False)
class Option:
    """A place where an incident may have happened."""

    location: Location
    relation: str  # where it stands: clause, sentence, elsewhere; whole: a country that none of these names
    told: Seen  # what is observed of it whichever the incident
    seen: list[tuple[str, float]] = field(default_factory=list)  # ... and with regard to this one
    strange: bool = False  # whether it stands nearer to another incident


@dataclass(frozen=True, slots=True)
class _Countries:
    """What tells of the country of an incident."""

    shares: Mapping[str, float]  # by code, of one
    best: str
    doers: frozenset[str]
    struck: frozenset[str]


def list_options(survey: Survey, group: Group) -> list[Option]:
    """List the places that a report names around an incident, and the countries that it plays in."""
    countries = _countries(survey, group)
    told: dict[int, list[Telling]] = {}
    for telling in group.tellings:
        told.setdefault(telling.sentence.index, []).append(telling)
    options = [
        _option(survey, spot, group, told, countries) for spot in survey.spots if _in_reach(survey.reading, spot, told)
    ]
    _mark_nearest(survey.reading, group, options)
    _mark_wider(survey, options)
    named = {option.location.country_code for option in options if option.location.geo_precision == _COUNTRY}
    return [*options, *_whole_countries(survey, countries, named, alone=not any(map(_is_fine, options)))]


def _in_reach(reading: Reading, spot: Spot, told: Mapping[int, Sequence[Telling]]) -> bool:
    """Say whether an incident may be of a place: told not far from it, and not of the deed that it answers."""
    index = spot.sentence.index
    if index in told and all(is_across_answer(reading, one, spot.first, spot.stop) for one in told[index]):
        return False
    return index < _OPENING or spot.sentence.is_dateline or any(abs(index - own) <= _REACH for own in told)


def _countries(survey: Survey, group: Group) -> _Countries:
    weights: Counter[str] = Counter()
    sentences = {telling.sentence.index: telling.sentence for telling in group.tellings}.values()
    for clue in survey.clues:
        beside = any(sentence.start <= clue.start < sentence.end for sentence in sentences)
        weights[clue.code] += clue.weight * (1 + _BESIDE * beside)  # type: ignore[assignment]
    total = sum(weights.values())
    return _Countries(
        {code: weight / total for code, weight in weights.most_common()},
        max(weights, key=lambda code: weights[code], default=""),
        frozenset(p.country_code for t in group.tellings for p in (*t.agents, *t.doers) if p.country_code),
        frozenset(p.country_code for t in group.tellings for p in t.patients if p.country_code),
    )


def _option(
    survey: Survey, spot: Spot, group: Group, told: Mapping[int, list[Telling]], countries: _Countries
) -> Option:
    own = told.get(spot.sentence.index)
    if own is None:
        option = _elsewhere(spot, group, told)
    else:
        option = _beside(survey.reading, spot, own, others=len(group.tellings) < len(survey.reading.triggers))
    option.seen += _of_choosers(spot, group)
    option.seen += _of_country(spot.location.country_code, spot.sort, countries, spot.location.kind)
    if spot.location.country_code not in {countries.best, ""}:
        option.seen += _of_abroad(spot, option.relation)
    return option


def _elsewhere(spot: Spot, group: Group, told: Mapping[int, object]) -> Option:
    """Observe a place of another sentence than the incident's."""
    index = spot.sentence.index
    apart = min((index - own for own in told), key=lambda apart: (abs(apart), apart))
    way = "before" if apart < 0 else "after"
    option = Option(spot.location, "elsewhere", spot.seen, [(f"{min(abs(apart), _REACH + 1)} {way}", 1.0)])
    option.seen += [(f"sentences {way}", min(abs(apart), _REACH + 1) / _REACH), (f"{way} {spot.sort}", 1.0)]
    if spot.sentence.paragraph == group.tellings[0].sentence.paragraph:
        option.seen += [("paragraph", 1.0), (f"paragraph {way}", 1.0)]
    return option


def _beside(reading: Reading, spot: Spot, own: Sequence[Telling], *, others: bool) -> Option:
    """Observe a place of the incident's sentence."""
    steps = [reading.distance(telling.trigger.first, telling.trigger.stop, spot.location) for telling in own]
    belongs = [further(reading, telling.trigger, spot.location) for telling in own]
    n = min(range(len(own)), key=lambda n: steps[n] + belongs[n])
    trigger = own[n].trigger
    relation = "clause" if steps[n] < _IN_CLAUSE else "sentence"
    side = "after trigger" if spot.first >= trigger.stop else "before trigger"
    option = Option(spot.location, relation, spot.seen, [("own sentence", 1.0), (f"own sentence {spot.sort}", 1.0)])
    option.seen += [(side, 1.0), (f"{relation} {side}", 1.0)]
    if relation == "clause":
        option.seen += [("own clause", 1.0), (f"own clause {spot.sort}", 1.0)]
        if spot.lead in _LOCATIVE:
            option.seen += [("own clause, in", 1.0), (f"own clause, in, {side}", 1.0)]
    option.seen += [
        ("steps", min(steps[n], _FAR) / _NEAR),
        ("steps and others", min(steps[n] + belongs[n], _FAR) / _NEAR),
    ]
    if belongs[n]:
        option.strange = True
        option.seen.append(("beyond another", 1.0))
    if stands_for_people(reading, spot.location, trigger.first):
        option.seen.append(("for people here", 1.0))
    if others and _is_nearer_to_another(reading, spot, own, min(steps)):
        option.strange = True
        option.seen += [("nearer to another", 1.0), (f"nearer to another {relation}", 1.0)]
    return option


def _of_choosers(spot: Spot, group: Group) -> Iterator[tuple[str, float]]:
    """Observe which tellings have the place nearest to them."""
    choosers = [telling for telling in group.tellings if telling.place is spot.location]
    if not choosers:
        return
    yield "chosen", 1.0
    yield "chosen often", len(choosers) / len(group.tellings)
    if any(telling.place_in_clause for telling in choosers):
        yield "chosen in clause", 1.0


def _is_nearer_to_another(reading: Reading, spot: Spot, own: Sequence[Telling], steps: float) -> bool:
    """Say whether a trigger that is not the incident's is nearer to a place than all of its own."""
    mine = {telling.trigger.first for telling in own}
    return any(
        spot.sentence.first <= other.first < spot.sentence.stop
        and other.first not in mine
        and reading.distance(other.first, other.stop, spot.location) < steps
        for other in reading.triggers
    )


def _of_country(code: str, sort: str, countries: _Countries, kind: str) -> Iterator[tuple[str, float]]:
    """Observe what a place's country has to do with the incident."""
    share = countries.shares.get(code, 0.0)
    yield "share", share
    yield f"{sort} share", share
    if not code:
        yield "no country", 1.0
    elif code == countries.best:
        yield "main country", 1.0
        yield f"{kind} of main country", 1.0
    else:
        yield "abroad", 1.0
        yield f"{sort} abroad", 1.0
    if code in countries.doers:
        yield f"doer's country, {kind}", 1.0
    if code in countries.struck:
        yield f"victim's country, {kind}", 1.0


def _of_abroad(spot: Spot, relation: str) -> Iterator[tuple[str, float]]:
    """Observe whether a place abroad is meant, or a namesake of one at home, or where somebody spoke of it."""
    sure = "sure" if spot.location.confidence >= _SURE else "unsure"
    yield f"abroad, {sure}", 1.0
    if relation in {"clause", "sentence"}:
        yield "own sentence abroad", 1.0
        yield f"{relation} abroad, {sure}", 1.0
    if spot.alone:
        yield "abroad, alone", 1.0
        yield f"abroad, {sure}, alone", 1.0


def _is_fine(option: Option) -> bool:
    return option.location.kind == "place" and option.location.geo_precision != _COUNTRY


def _mark_nearest(reading: Reading, group: Group, options: Sequence[Option]) -> None:
    """Mark the places told last before the incident, first after it, and first of all."""
    fine = [option for option in options if _is_fine(option) and not option.strange]
    if not fine:
        return
    start = reading.words.starts[group.tellings[0].trigger.first]
    before = [option for option in fine if option.location.start < start]
    after = [option for option in fine if option.location.start >= start]
    fine[0].seen.append(("first of all", 1.0))
    if before:
        before[-1].seen.append(("last before", 1.0))
    if after:
        after[0].seen.append(("first after", 1.0))


def _mark_wider(survey: Survey, options: Sequence[Option]) -> None:
    """Mark the countries and divisions beside which a finer place in them is told, if it is told of this incident."""
    starts = {option.location.start for option in options if not option.strange}
    finer = {spot.location.start: spot.finer for spot in survey.spots if spot.finer}
    for option in options:
        if not starts.isdisjoint(finer.get(option.location.start, ())):
            option.seen.append(("has finer beside", 1.0))


def _whole_countries(survey: Survey, countries: _Countries, named: set[str], *, alone: bool) -> Iterator[Option]:
    """List the countries that are only told by people and by places in them, or further off."""
    for code, share in list(countries.shares.items())[:_MOST_COUNTRIES]:
        if code in named or share < _LEAST_SHARE or (location := survey.country(code)) is None:
            continue
        option = Option(location, "whole", _NO_SEEN, [("whole country", 1.0), (f"is {_COUNTRY}", 1.0)])
        option.seen += _of_country(code, "whole", countries, "place")
        if alone:
            option.seen.append(("nothing finer", 1.0))
        yield option
