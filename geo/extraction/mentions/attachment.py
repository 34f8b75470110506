"""Choose the date, the place, the weapon and the counts that belong to a trigger: what stands nearest, with reason."""

import re
from collections.abc import Sequence
from typing import Final

from geo.extraction.annotations import AnnotatedReport, Spanned, within
from geo.extraction.casualties.casualty_mentions import CasualtyMention
from geo.extraction.entities.nouns import nouns
from geo.extraction.entities.weapons import WeaponMention
from geo.extraction.language.cues import cues_between
from geo.extraction.language.sentences import Sentence
from geo.extraction.language.word_classes import any_in
from geo.extraction.spatial.metonymy import stands_for_people
from geo.extraction.temporal.timex import DateMention
from geo.extraction.triggers import Trigger
from geo.geoparsing import Location
from geo.tables import word_class
from geo.vocabulary import CROWDS, EVENT_TYPE_OF

_OPENS_CLAUSE: Final = re.compile(r",C[PD]?$")
FAR: Final = 60.0  # a date or place further than this, in steps, belongs to something else
# Nouns behind a weapon that make a target of it.
_TARGETS: Final = word_class("weapon_target")
_ORDER: Final = frozenset({"after", "before", "following"})
_OPENED: Final = 4  # words of "after the deadly" before a trigger
_IN_CLAUSE: Final = 14.0  # up to here it stands in the same clause, most likely
_COUNTRY_STEP: Final = 10.0  # a town further away counts more than a country nearby
_REPORTING_STEP: Final = 8.0  # a date beside "said" is when it was said, more likely than when it happened
_BETWEEN_STEP: Final = 20.0  # what stands beyond another trigger belongs to that one, more likely
_ACTING_STEP: Final = 60.0  # a government is no place


def _is_target(annotated: AnnotatedReport, weapon: WeaponMention) -> bool:
    """Distinguish what was struck from what it was struck with: "an ISIL mortar position", "a rocket factory"."""
    return annotated.words.get(weapon.stop) in _TARGETS


def _is_others(annotated: AnnotatedReport, trigger: Trigger, weapon: WeaponMention) -> bool:
    """Recognise the weapon of what an event answers or follows: "bombed in retaliation for a rocket attack".

    "Killed after a bomb exploded" has the bomb: whoever was only killed did nothing before.
    """
    first, stop = weapon.first, weapon.stop
    if first > trigger.stop and any_in(annotated.words.words[trigger.first : first], "finding"):
        return not any_in(
            annotated.words.words[trigger.first : trigger.stop], "finding"
        )  # "raided homes and found a bomb"
    if is_beyond_opening(annotated, trigger, first):
        return True
    before = annotated.words.words[stop : trigger.first]
    if trigger.part == "verb" and "after" in before:  # "sent warplanes after gunmen ambushed a bus"
        led = annotated.triggers_within(stop + before.index("after"), trigger.first)
        return bool(led) or not any_in((trigger.entry.name,), "casualty_trigger")
    follows = first > trigger.stop and "after" in annotated.words.words[trigger.stop : first]
    if follows and not any_in((trigger.entry.name,), "casualty_trigger"):
        return True
    return annotated.is_across_answer(trigger, first, stop)


def is_beyond_opening(annotated: AnnotatedReport, trigger: Trigger, at: int) -> bool:
    """Return whether a word is of what came after a trigger: "hours after the attack, | warplanes hit a camp"."""
    opened = not _ORDER.isdisjoint(annotated.words.words[max(0, trigger.first - _OPENED) : trigger.first])
    return opened and at > trigger.stop and "," in annotated.tags[trigger.stop : at]


def nearest_weapon(annotated: AnnotatedReport, trigger: Trigger, sentence: Sentence) -> WeaponMention | None:
    """Choose the weapon of a mention: the nearest of its sentence."""
    weapons = within(annotated.weapons, sentence.start, sentence.end)
    found = [item for item in weapons if not _is_target(annotated, item) and not _is_others(annotated, trigger, item)]
    return min(found, key=lambda item: annotated.distance(trigger.first, trigger.stop, item), default=None)


def nearest_casualties(annotated: AnnotatedReport, trigger: Trigger, sentence: Sentence) -> tuple[CasualtyMention, ...]:
    """List the counts of the trigger's sentence that are nearer to it than to any other trigger."""
    return tuple(
        found
        for found in within(annotated.casualties, sentence.start, sentence.end)
        if annotated.nearest_trigger(sentence, found).first == trigger.first
        and not any_in(annotated.words.words[max(0, found.first - 2) : found.first], "misfortune")  # "train crash toll"
    )


def nearest_date(annotated: AnnotatedReport, trigger: Trigger, sentence: Sentence) -> tuple[DateMention | None, bool]:
    """Choose the date of a mention: the nearest of its sentence, what stands beside "said" last."""
    best: DateMention | None = None
    least = FAR
    dates = [one for one in within(annotated.dates, sentence.start, sentence.end) if one.first and not one.is_dateline]
    for date in dates:
        if is_of_another(annotated, trigger, date, dates):
            continue
        steps = annotated.distance(trigger.first, trigger.stop, date)
        if beside_saying(annotated, date):
            steps += _REPORTING_STEP
        stop = annotated.words.before(date.end)
        if stop <= trigger.first and "answers" in cues_between(annotated.cues, stop, trigger.first):
            if not annotated.triggers_within(stop, trigger.first):
                continue  # "on Thursday they answered the fire with air strikes": the date is that of the air strikes
            steps -= _BETWEEN_STEP
        steps += further(annotated, trigger, date)
        if steps < least:
            best, least = date, steps
    if best is None or beside_saying(annotated, best):
        return best, False
    return best, least < _IN_CLAUSE or _is_joined(annotated, trigger, best)


def is_of_another(
    annotated: AnnotatedReport, trigger: Trigger, date: DateMention, dates: Sequence[DateMention]
) -> bool:
    """Return whether a date is of something else in the sentence of a trigger."""
    at, stop = annotated.words.at(date.start), annotated.words.before(date.end)
    if date.dates_what_follows:
        return stop > trigger.first
    later = any(annotated.words.at(other.start) >= max(stop, trigger.stop) for other in dates)
    if at >= trigger.stop:
        return _is_behind_another(annotated, trigger, at, stop, later=later)
    return later and _is_before_another(annotated, trigger, stop)


def _is_before_another(annotated: AnnotatedReport, trigger: Trigger, stop: int) -> bool:
    """Return whether a date that ends before a trigger is of what came after it, or of a clause that ends there.

    "Mourning on Sunday | after a bomb went off on Saturday"; "a man who died in May, | was mourned on Monday". Where no
    later date follows, both have the same day, most likely: "killed on Sunday after a bomb went off".
    """
    first, opening = trigger.first, max(0, trigger.first - _OPENED)
    verb = annotated.text.verbs[first].first if trigger.part == "verb" else first
    return "after" in annotated.words.words[max(stop, opening) : first] or annotated.tags[stop:verb] == ","


def _is_behind_another(annotated: AnnotatedReport, trigger: Trigger, at: int, stop: int, *, later: bool) -> bool:
    """Return whether a date from word `at` to `stop`, behind a trigger, is of a clause or a thing of its own."""
    words, between = annotated.words, annotated.words.words[trigger.stop : at + 1]
    if "since" in between and any(word.endswith("iest") or any_in((word,), "superlative") for word in between):
        return True  # "the fighting is the heaviest | since the war of 2014"
    if _OPENS_CLAUSE.search(annotated.tags[trigger.stop : at]):  # "three died, and | last May five were killed"
        return bool(annotated.triggers_within(stop, annotated.sentence_at(words.starts[at]).stop))
    if words.get(at - 1) == "of" and not any_in((words.get(at - 2),), "time_noun"):
        return at - 2 >= trigger.stop  # "a strike against the coup | of 1 February"
    crowd = EVENT_TYPE_OF.get(trigger.entry.sub_event_type) in CROWDS
    inserted = annotated.tags[stop : stop + 1] == "," and "S" in annotated.tags[trigger.stop : at]
    return later and crowd and inserted  # "protests over a man who was killed in May, | turned violent on Monday"


def _is_joined(annotated: AnnotatedReport, trigger: Trigger, date: DateMention) -> bool:
    """Return whether only places and things stand between: "shot dead at a hostel at the shaft of X in Y on Sunday"."""
    first, stop = annotated.words.at(date.start), annotated.words.before(date.end)
    low, high = trigger.gap(first, stop)
    return first >= trigger.stop and not set(annotated.tags[low:high]) - set("nDPR#'-T,N")


def beside_saying(annotated: AnnotatedReport, date: DateMention) -> bool:
    """Return whether a date stands beside a word of saying: "said on Monday", "today announced"."""
    first, stop = annotated.words.at(date.start), annotated.words.before(date.end)
    here = annotated.sentence_at(date.start)
    speech = annotated.speech
    return speech.is_reporting_within(max(here.first, first - 2), first) or speech.is_reporting_within(
        stop, min(here.stop, stop + 2)
    )


def nearest_place(annotated: AnnotatedReport, trigger: Trigger, sentence: Sentence) -> tuple[Location | None, bool]:
    """Choose the place of a mention: the nearest of its sentence that is a place, not a nationality."""
    best: Location | None = None
    least, near = FAR, FAR
    for location in within(annotated.locations, sentence.start, sentence.end):
        if location.kind != "place" or is_beyond_opening(annotated, trigger, annotated.words.at(location.start)):
            continue
        apart = steps = annotated.distance(trigger.first, trigger.stop, location)
        if location.geo_precision == "country":
            steps += _COUNTRY_STEP
        if stands_for_people(annotated, location, trigger.first) or _is_origin(annotated, location):
            steps += _ACTING_STEP
        steps += further(annotated, trigger, location)
        if steps < least:
            best, least, near = location, steps, apart
    return best, best is not None and near < _IN_CLAUSE


def _is_origin(annotated: AnnotatedReport, location: Location) -> bool:
    """Return whether somebody only comes from a place: "both attackers, from Hebron, were shot dead"."""
    words, first = annotated.words, annotated.words.at(location.start)
    if words.get(first - 1) != "from" or annotated.tags[words.before(location.end) :][:1] not in {",", "V", "A", "."}:
        return False
    at = first - 2 - (words.get(first - 2) == ",")
    noun = nouns().get(words.get(at))
    return noun is not None and noun.sort == "people"


def further(annotated: AnnotatedReport, trigger: Trigger, found: Spanned) -> float:
    """Return how many steps to add for a find beyond a noun that mentions another incident."""
    between = [other for other in annotated.triggers_before(trigger, found) if other.part == "noun"]
    low = trigger.stop if between and between[0].first >= trigger.stop else annotated.words.at(found.start)
    if between and trigger.part == "noun" and "A" in annotated.tags[low : between[0].first]:
        return FAR  # "the response to the killing was an attack on ..."
    return _BETWEEN_STEP * len(between)
