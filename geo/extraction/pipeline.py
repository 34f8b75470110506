"""Put the incidents of a report together from what its tellings say."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from geo.extraction.annotations import Reading, read_report
from geo.extraction.arguments.casualty_counts import count_events, count_people
from geo.extraction.arguments.event_date import (
    after_answer,
    before_other,
    find_when,
    report_day,
    soon_after,
    with_companion,
)
from geo.extraction.arguments.event_place import find_where
from geo.extraction.arguments.event_type import best_kind, kind_probabilities
from geo.extraction.arguments.perpetrator import choose_doer
from geo.extraction.arguments.perpetrator_rules import find_identity, find_suspect, is_nameless, name_rebels
from geo.extraction.arguments.place_mentions import Survey, survey_places
from geo.extraction.arguments.who import find_doer, find_victims, list_victims, names_of
from geo.extraction.confidence import Draft, estimate_confidence, weigh_confidence
from geo.extraction.coreference.clusters import Group
from geo.extraction.coreference.event_relations import find_answers, find_companions, find_predecessors, find_sequels
from geo.extraction.coreference.resolution import group_tellings
from geo.extraction.entities.national_forces import in_country
from geo.extraction.mentions.event_mentions import read_tellings
from geo.incident import Evidence, Incident
from geo.report import Report
from geo.vocabulary import EVENT_TYPE_OF, STATUSES

Drafting = Callable[[Survey, Group, int], Draft]
_DENYING: Final = frozenset({"denied", "denies", "denying"})
_DENIAL_REACH: Final = 2  # sentences
_CROWDS: Final = frozenset({"Riots", "Protests"})
_MOST_EVIDENCE: Final = 8  # sentences
LEAST_CONFIDENCE: Final = 0.28  # chosen on all sets together, tests/evaluation/accuracy.py


def extract_report(report: Report) -> list[Incident]:
    """Find the incidents that one report tells of, in the order of the text.

    Args:
        report: The report; offsets of the evidence are into its `text`.
    """
    drafts = draft_incidents(read_report(report))
    sure = {n: value for n, value in enumerate(weigh_confidence(drafts)) if value >= LEAST_CONFIDENCE}
    return link({n: assemble(drafts[n], value) for n, value in sure.items()}, drafts)


def link(kept: Mapping[int, Incident], drafts: Sequence[Draft]) -> list[Incident]:
    """Link the incidents of a report that are sure enough to show, each to those that it answers.

    Args:
        kept: Number of the draft -> the incident made of it.
        drafts: All that the report was taken to tell of.
    """
    return [
        replace(incident, in_response_to=tuple(kept[other].incident_id for other in drafts[n].answers if other in kept))
        for n, incident in kept.items()
    ]


def draft_incidents(reading: Reading) -> list[Draft]:
    """Group the tellings of a report and decide what, when and where each incident was."""
    return draft_groups(reading, group_tellings(reading, read_tellings(reading)))


def draft_groups(reading: Reading, groups: Sequence[Group], draft: Drafting | None = None) -> list[Draft]:
    """Decide what, when and where the incidents of a report were.

    Args:
        reading: The report.
        groups: Its tellings, grouped by incident.
        draft: Drafts one by itself, as `draft_group` does; another may remember what it drafted.
    """
    survey = survey_places(reading)
    drafts = [(draft or draft_group)(survey, group, len(groups)) for group in groups]
    today = report_day(reading)
    for n, answered in find_answers(reading, groups).items():
        when = after_answer(drafts[n].when, drafts[answered[0]].when, today)
        drafts[n] = replace(drafts[n], when=when, answers=tuple(answered), linked=tuple(answered))
    for n, other in find_companions(reading, groups).items():
        when = with_companion(drafts[n].when, drafts[other].when)
        drafts[n] = replace(drafts[n], when=when, beside=groups[other])
    for n, other in find_sequels(reading, groups).items():
        drafts[n] = replace(drafts[n], when=soon_after(drafts[n].when, drafts[other].when))
    for n, other in find_predecessors(reading, groups).items():
        when = before_other(drafts[n].when, drafts[other].when)
        drafts[n] = replace(drafts[n], when=when, linked=(*drafts[n].linked, other))
    return drafts


def draft_group(survey: Survey, group: Group, total: int) -> Draft:
    """Decide what, when and where an incident was, by its own tellings alone.

    Args:
        survey: Of the places of the report.
        group: The tellings of the incident.
        total: How many incidents the report tells of.
    """
    reading = survey.reading
    kinds = kind_probabilities(reading, group)
    return Draft(
        reading,
        group,
        kinds,
        best_kind(kinds),
        find_when(reading, group),
        find_where(survey, group),
        count_people(group, "killed"),
        count_people(group, "wounded"),
        find_status(reading, group),
        total,
    )


def find_status(reading: Reading, group: Group) -> str:
    """Take the surest status that a telling gives; blame and dispute stay visible."""
    statuses = [telling.standing.status for telling in group.tellings if telling.standing.is_told]
    if not statuses:
        return "reported"
    status = min(statuses, key=STATUSES.index)
    if status == "reported" and "denied" in statuses:
        status = "alleged"
    blames = [telling.blame for telling in group.tellings if telling.blame]
    if status == "reported" and _is_denied(reading, group):
        return "alleged"
    return blames[0] if status == "reported" and blames else status


def _is_denied(reading: Reading, group: Group) -> bool:
    """Say whether the sentences after an incident, in its paragraph, say that somebody denies it."""
    last = group.last.sentence
    after = reading.sentences[last.index + 1 : last.index + 1 + _DENIAL_REACH]
    return any(
        sentence.paragraph == last.paragraph
        and any(word in _DENYING for word in reading.words.words[sentence.first : sentence.stop])
        for sentence in after
    )


def assemble(draft: Draft, confidence: float | None = None) -> Incident:
    """Make the incident of a draft.

    Args:
        draft: What was decided of it.
        confidence: How sure it is; as it is by itself, unless others of its report lent it more.
    """
    group, when, location = draft.group, draft.when, draft.where.location
    doer = find_subject(draft)
    if doer is None or EVENT_TYPE_OF[draft.kind] not in _CROWDS:  # a riot is the crowd's that is its subject
        doer = choose_doer(draft.reading, group, location.country_code if location else None, doer)
    doer = name_in_full(draft, doer) if doer else None
    evidence = _evidence(draft.reading.report, group)
    return Incident(
        incident_id=_name(draft.reading.report.id, draft.kind, evidence),
        report_ids=(draft.reading.report.id,),
        event_type=EVENT_TYPE_OF[draft.kind],
        sub_event_type=draft.kind,
        date_start=when.first,
        date_end=when.last,
        date_precision=when.precision,
        place_name=location.name if location else None,
        place_id=location.place.id if location and location.place else None,
        place_text=" ".join(location.text.split()) if location else None,
        country=(location.country or None) if location else None,
        country_code=(location.country_code or None) if location else None,
        admin1=(location.admin1 or None) if location else None,
        geo_precision=location.geo_precision if location else "unknown",
        uncertainty_m=location.uncertainty_m if location else None,
        lon=location.lon if location else None,
        lat=location.lat if location else None,
        actor1=doer,
        actor2=find_victims(draft.reading, group, doer),
        killed_min=draft.killed.least,
        killed_max=draft.killed.most,
        wounded_min=draft.wounded.least,
        wounded_max=draft.wounded.most,
        event_count_min=count_events(draft.reading, group),
        weapon=_weapon(group),
        status=draft.status,
        attribution=_attribution(group),
        evidence=evidence,
        confidence=estimate_confidence(draft) if confidence is None else confidence,
    )


def find_subject(draft: Draft) -> str | None:
    """Name who did it as grammar has it: the subject of the deed, whom somebody blames, or who stands nearest."""
    group, event_type = draft.group, EVENT_TYPE_OF[draft.kind]
    doer = find_doer(group, event_type) or find_suspect(draft.reading, group, list_victims(group))
    if doer is None and draft.beside is not None:  # "missiles were also aimed at ...": by the same hands
        doer = find_doer(draft.beside, event_type)
    return doer


def name_in_full(draft: Draft, doer: str) -> str:
    """Name a doer by what else the report says: whose aircraft, the army of which country, which rebels."""
    location = draft.where.location
    if is_nameless(doer):
        doer = find_identity(draft.reading, draft.group) or doer
    if location:
        doer = in_country(doer, location.country_code, location.country)
        doer = name_rebels(draft.reading, doer, location.country_code)
    return doer


def _evidence(report: Report, group: Group) -> tuple[Evidence, ...]:
    sentences = {telling.sentence.index: telling.sentence for telling in group.tellings}
    return tuple(
        Evidence(
            report_id=report.id,
            start=sentence.start,
            end=sentence.end,
            text=report.text[sentence.start : sentence.end],
        )
        for sentence in list(sentences.values())[:_MOST_EVIDENCE]
    )


def _name(report_id: str, kind: str, evidence: tuple[Evidence, ...]) -> str:
    """Name an incident by what it is taken from, so that the same report gives the same name."""
    said = "|".join([report_id, kind, *(f"{item.start}-{item.end}" for item in evidence)])
    return "i" + hashlib.sha256(said.encode()).hexdigest()[:15]


def _weapon(group: Group) -> str | None:
    told = [telling for telling in group.tellings if telling.weapon]
    return min((" ".join(t.weapon.text.split()) for t in told if t.weapon), key=len, default=None)


def _attribution(group: Group) -> str | None:
    return next((name for telling in group.tellings for name in names_of(telling.sayers)), None)
