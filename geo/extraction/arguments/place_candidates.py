"""List the places where an incident may have happened, with what speaks for each and against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.mentions.attachment import further
from geo.extraction.mentions.event_mentions import EventMention
from geo.extraction.spatial.metonymy import stands_for_people
from geo.extraction.spatial.place_mentions import Features, PlaceMention, ReportPlaces
from geo.extraction.spatial.scenes import TOWNS, holders_of, holds, is_led, opens_scene, speaks
from geo.geoparsing import Location
from geo.tables import word_class

_REACH: Final = 4  # sentences from an incident to its place
_OPENING: Final = 2  # sentences that say where a report plays
_IN_CLAUSE: Final = 14.0  # steps, as in `beside`
_FAR: Final = 60.0  # steps
_NEAR: Final = 20.0
_BESIDE: Final = 3.0  # how much more a clue in the incident's own sentence counts for the country
_OWN: Final = frozenset({"clause", "sentence"})
_SURE: Final = 0.8
_LOCATIVE: Final = word_class("place_preposition")
_LEAST_SHARE: Final = 0.1  # of all clues
_MOST_COUNTRIES: Final = 4
_NO_FEATURES: Final[Features] = ()
_COUNTRY: Final = "country"


@dataclass(slots=True, eq=False)
class PlaceCandidate:
    """A place where an incident may have happened."""

    location: Location
    relation: str  # where it stands: clause, sentence, elsewhere; whole: a country that none of these names
    place_features: Features  # what is observed of it whichever the incident
    features: list[tuple[str, float]] = field(default_factory=list)  # ... and with regard to this one
    strange: bool = False  # whether it stands nearer to another incident
    locative: bool = False  # whether "in", "at", "near" leads to it
    of_another: bool = False  # whether its sentence mentions only other deeds
    later: bool = False  # ... after the incident
    of_object: bool = False  # whether it says where those affected are


@dataclass(frozen=True, slots=True)
class _Countries:
    """The clues to the country of an incident."""

    shares: Mapping[str, float]  # by code, of one
    best: str
    perpetrators: frozenset[str]
    struck: frozenset[str]


def list_place_candidates(report_places: ReportPlaces, cluster: EventCluster) -> list[PlaceCandidate]:
    """List the places that a report names around an incident, and the countries that it plays in."""
    countries = _countries(report_places, cluster)
    by_sentence: dict[int, list[EventMention]] = {}
    for mention in cluster.mentions:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    candidates = [
        _candidate(report_places, place, cluster, by_sentence, countries)
        for place in report_places.around(*report_places.annotated.stretch(cluster.sentences), opening=_OPENING)
        if _in_reach(report_places.annotated, place, by_sentence)
    ]
    candidates = _in_scope(cluster, candidates)
    holders = holders_of(report_places, {one.location.start for one in candidates if not one.strange})
    candidates = [one for one in candidates if one.location.start not in holders or one.relation == "whole"]
    _mark_nearest(report_places.annotated, cluster, candidates)
    _mark_wider(report_places, candidates)
    if any(one.of_object and one.locative for one in candidates):
        return candidates
    named = {one.location.country_code for one in candidates if one.location.geo_precision == _COUNTRY}
    return [*candidates, *_whole_countries(report_places, countries, named, alone=not any(map(_is_fine, candidates)))]


def _in_reach(
    annotated: AnnotatedReport, place: PlaceMention, by_sentence: Mapping[int, Sequence[EventMention]]
) -> bool:
    """Return whether a place is a candidate: named not far from the incident, and not for the event that it answers."""
    index = place.sentence.index
    if speaks(annotated, place) or opens_scene(annotated, place, max(by_sentence)):
        return False
    if index in by_sentence and all(
        annotated.is_across_answer(one.trigger, place.first, place.stop) for one in by_sentence[index]
    ):
        return False
    return (
        index < _OPENING
        or place.sentence.is_dateline
        or not by_sentence.keys().isdisjoint(range(index - _REACH, index + _REACH + 1))
    )


def _in_scope(cluster: EventCluster, candidates: list[PlaceCandidate]) -> list[PlaceCandidate]:
    """Restrict an incident to the town that its own clause names; background never takes that of the news beside it."""
    led = [one for one in candidates if one.relation == "clause" and one.locative and not one.strange]
    if led:  # "struck targets in Iraq" did not strike the base that the other side shelled
        candidates = [one for one in candidates if not one.of_another or not _is_fine(one)]
    held = [one for one in led if one.of_object] or [one for one in candidates if one.of_object and one.locative]
    codes = {one.location.country_code for one in held}  # "hit targets in northern Iraq": there, or in its country
    if held and not any(one.relation == "clause" and one.location.geo_precision in TOWNS for one in led):
        wide = not any(one.location.geo_precision in TOWNS for one in held)
        there = [one for one in candidates if one.location.country_code in codes and (wide or not _is_fine(one))]
        return list(dict.fromkeys([*held, *there]))
    if held:  # "stormed the embassy in Baghdad over a book burned in Stockholm"
        candidates = [one for one in candidates if one.relation != "clause" or one.location.country_code in codes]
    if any(one.locative and not one.strange and _is_fine(one) for one in candidates if one.relation in _OWN):
        candidates = [one for one in candidates if not (one.strange and _is_fine(one))]
    # "in March, militants killed 21 in Tunis": their place, where another is left
    ours = [one for one in candidates if not (one.later and one.locative and _is_fine(one))]
    candidates = ours if any(one.location.geo_precision != _COUNTRY for one in ours) else candidates
    if cluster.mentions[0].background or any(one.location.geo_precision in TOWNS for one in led if _is_fine(one)):
        return [one for one in candidates if one.relation in _OWN or not _is_fine(one)]
    return candidates


def _countries(report_places: ReportPlaces, cluster: EventCluster) -> _Countries:
    weights: dict[str, float] = {}
    own = set(cluster.sentences)
    start, end = report_places.annotated.stretch(cluster.sentences)
    for clue in report_places.clues:
        if not start <= clue.start < end:
            continue
        beside = report_places.annotated.sentence_at(clue.start).index in own
        weights[clue.code] = weights.get(clue.code, 0.0) + clue.weight * (1 + _BESIDE * beside)
    total = sum(weights.values())
    return _Countries(
        {code: weight / total for code, weight in sorted(weights.items(), key=itemgetter(1), reverse=True)},
        max(weights, key=lambda code: weights[code], default=""),
        frozenset(p.country_code for t in cluster.mentions for p in (*t.agents, *t.blamed) if p.country_code),
        frozenset(p.country_code for t in cluster.mentions for p in t.patients if p.country_code),
    )


def _candidate(
    report_places: ReportPlaces,
    place: PlaceMention,
    cluster: EventCluster,
    by_sentence: Mapping[int, list[EventMention]],
    countries: _Countries,
) -> PlaceCandidate:
    own = by_sentence.get(place.sentence.index)
    if own is None:
        candidate = _elsewhere(report_places.annotated, place, cluster)
    else:
        candidate = _beside(
            report_places.annotated, place, own, others=len(cluster.mentions) < len(report_places.annotated.triggers)
        )
    candidate.features += _of_choosers(place, own or (), len(cluster.mentions))
    candidate.features += _of_country(place.location.country_code, place.sort, countries, place.location.kind)
    if place.location.country_code not in {countries.best, ""}:
        candidate.features += _of_abroad(place, candidate.relation)
    return candidate


def _elsewhere(annotated: AnnotatedReport, place: PlaceMention, cluster: EventCluster) -> PlaceCandidate:
    """Extract the features of a place in another sentence than the incident's."""
    apart = cluster.sentences_to(place.sentence.index)
    way = "before" if apart < 0 else "after"
    candidate = PlaceCandidate(
        place.location, "elsewhere", place.features, [(f"{min(abs(apart), _REACH + 1)} {way}", 1.0)]
    )
    candidate.features += [(f"sentences {way}", min(abs(apart), _REACH + 1) / _REACH), (f"{way} {place.sort}", 1.0)]
    candidate.locative = place.lead in _LOCATIVE
    if annotated.triggers_within(place.sentence.first, place.sentence.stop):
        candidate.of_another, candidate.later = True, apart > 0
        candidate.features += [("beside another deed", 1.0), (f"{way} beside another deed", 1.0)]
    if place.sentence.paragraph == cluster.mentions[0].sentence.paragraph:
        candidate.features += [("paragraph", 1.0), (f"paragraph {way}", 1.0)]
    return candidate


def _beside(
    annotated: AnnotatedReport, place: PlaceMention, own: Sequence[EventMention], *, others: bool
) -> PlaceCandidate:
    """Extract the features of a place in the incident's sentence."""
    steps = [annotated.distance(mention.trigger.first, mention.trigger.stop, place.location) for mention in own]
    belongs = [further(annotated, mention.trigger, place.location) for mention in own]
    n = min(range(len(own)), key=lambda n: steps[n] + belongs[n])
    trigger = own[n].trigger
    relation = "clause" if steps[n] < _IN_CLAUSE else "sentence"
    side = "after trigger" if place.first >= trigger.stop else "before trigger"
    candidate = PlaceCandidate(
        place.location, relation, place.features, [("own sentence", 1.0), (f"own sentence {place.sort}", 1.0)]
    )
    candidate.features += [(side, 1.0), (f"{relation} {side}", 1.0)]
    if relation == "clause":
        candidate.features += [("own clause", 1.0), (f"own clause {place.sort}", 1.0)]
        if place.lead in _LOCATIVE:
            candidate.features += [("own clause, in", 1.0), (f"own clause, in, {side}", 1.0)]
    candidate.features += [
        ("steps", min(steps[n], _FAR) / _NEAR),
        ("steps and others", min(steps[n] + belongs[n], _FAR) / _NEAR),
    ]
    led = is_led(annotated, place) or not _LOCATIVE.isdisjoint(annotated.words.words[place.first : place.stop])
    candidate.locative = led and not stands_for_people(annotated, place.location, trigger.first)
    candidate.of_object = any(holds(annotated, place, one.first, one.stop) for m in own for one in m.patients)
    if belongs[n]:
        candidate.strange = True
        candidate.features.append(("beyond another", 1.0))
    if stands_for_people(annotated, place.location, trigger.first):
        candidate.features.append(("for people here", 1.0))
    if others and _is_nearer_to_another(annotated, place, own, min(steps)):
        candidate.strange = True
        candidate.features += [("nearer to another", 1.0), (f"nearer to another {relation}", 1.0)]
    return candidate


def _of_choosers(place: PlaceMention, own: Sequence[EventMention], total: int) -> Iterator[tuple[str, float]]:
    """Note which mentions of its own sentence have the place nearest to them; of `total` mentions."""
    choosers = [mention for mention in own if mention.place is place.location]
    if not choosers:
        return
    yield from (("chosen", 1.0), ("chosen often", len(choosers) / total))
    if any(mention.place_in_clause for mention in choosers):
        yield "chosen in clause", 1.0


def _is_nearer_to_another(
    annotated: AnnotatedReport, place: PlaceMention, own: Sequence[EventMention], steps: float
) -> bool:
    """Return whether a trigger that is not the incident's is nearer to a place than all of its own."""
    nearest = annotated.nearest_trigger(place.sentence, place.location)
    return all(mention.trigger.first != nearest.first for mention in own) and (
        annotated.distance(nearest.first, nearest.stop, place.location) < steps
    )


def _of_country(code: str, sort: str, countries: _Countries, kind: str) -> Iterator[tuple[str, float]]:
    """Note how the country of a place is related to the incident."""
    share = countries.shares.get(code, 0.0)
    yield from (("share", share), (f"{sort} share", share))
    if not code:
        yield "no country", 1.0
    elif code == countries.best:
        yield from (("main country", 1.0), (f"{kind} of main country", 1.0))
    else:
        yield from (("abroad", 1.0), (f"{sort} abroad", 1.0))
    if code in countries.perpetrators:
        yield f"doer's country, {kind}", 1.0
    if code in countries.struck:
        yield f"victim's country, {kind}", 1.0


def _of_abroad(place: PlaceMention, relation: str) -> Iterator[tuple[str, float]]:
    """Note whether a place abroad is meant, or a place of the same name at home, or the seat of a speaker."""
    sure = "sure" if place.location.confidence >= _SURE else "unsure"
    yield f"abroad, {sure}", 1.0
    if relation in _OWN:
        yield from (("own sentence abroad", 1.0), (f"{relation} abroad, {sure}", 1.0))
    if place.alone:
        yield from (("abroad, alone", 1.0), (f"abroad, {sure}, alone", 1.0))


def _is_fine(candidate: PlaceCandidate) -> bool:
    """Return whether a place is finer than a country, be it a village that no gazetteer has."""
    place = candidate.location
    return place.kind == "place" and (place.geo_precision != _COUNTRY or place.place is None)


def _mark_nearest(annotated: AnnotatedReport, cluster: EventCluster, candidates: Sequence[PlaceCandidate]) -> None:
    """Mark the last place before the incident, the first after it, and the first of all."""
    fine = [candidate for candidate in candidates if _is_fine(candidate) and not candidate.strange]
    if not fine:
        return
    start = annotated.words.starts[cluster.mentions[0].trigger.first]
    before = [candidate for candidate in fine if candidate.location.start < start]
    after = [candidate for candidate in fine if candidate.location.start >= start]
    fine[0].features.append(("first of all", 1.0))
    if before:
        before[-1].features.append(("last before", 1.0))
    if after:
        after[0].features.append(("first after", 1.0))


def _mark_wider(report_places: ReportPlaces, candidates: Sequence[PlaceCandidate]) -> None:
    """Mark the countries and divisions next to which a finer place inside them is named for this incident."""
    starts = {candidate.location.start for candidate in candidates if not candidate.strange}
    finer = {place.location.start: place.finer for place in report_places.places if place.finer}
    for candidate in candidates:
        if not starts.isdisjoint(finer.get(candidate.location.start, ())):
            candidate.features.append(("has finer beside", 1.0))


def _whole_countries(
    report_places: ReportPlaces, countries: _Countries, named: set[str], *, alone: bool
) -> Iterator[PlaceCandidate]:
    """List the countries that only people and places in them, or places further off, point to."""
    for code, share in list(countries.shares.items())[:_MOST_COUNTRIES]:
        if code in named or share < _LEAST_SHARE or (location := report_places.country(code)) is None:
            continue
        candidate = PlaceCandidate(location, "whole", _NO_FEATURES, [("whole country", 1.0), (f"is {_COUNTRY}", 1.0)])
        candidate.features += _of_country(code, "whole", countries, "place")
        if alone:
            candidate.features.append(("nothing finer", 1.0))
        yield candidate
