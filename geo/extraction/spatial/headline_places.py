"""Find the town of the news in the headline, where the text only says "in the south-west of the country"."""

from dataclasses import replace
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.language.sentences import Sentence
from geo.extraction.spatial.place_mentions import ReportPlaces, holds
from geo.geoparsing import Location, find_locations

_WIDE: Final = frozenset({"admin", "region", "country"})
_TOWN: Final = "settlement"


def town_of_headline(report_places: ReportPlaces, here: Sentence, place: Location) -> Location | None:
    """Return the one town that the headline names, for the incident that the report opens with; None without one.

    Args:
        report_places: The places of the report.
        here: The sentence that first mentions the incident.
        place: Where its own words have it. The town must lie there: what is finer already is left as it is.
    """
    annotated = report_places.annotated
    if place.geo_precision not in _WIDE or any(
        not one.is_headline and annotated.triggers_within(one.first, one.stop)
        for one in annotated.sentences[: here.index]
    ):
        return None
    named = [one.location for one in report_places.places if one.sentence.is_headline]
    towns = {one.name: one for one in (*named, *_places_of_title(annotated)) if one.geo_precision == _TOWN}
    town = next(iter(towns.values())) if len(towns) == 1 else None
    return town if town and holds(place, town) and town.name not in place.name else None  # "Gaza" may be the Gaza Strip


def _places_of_title(annotated: AnnotatedReport) -> list[Location]:
    """Read the places of a title that the text does not repeat."""
    report = annotated.report
    found = find_locations(replace(report, text=report.title, title="")) if report.title else ()
    return [one for one in found if one.kind == "place"]
