from geo.extraction.annotations import annotate
from geo.extraction.spatial.place_facilities import find_facility_place
from geo.report import Report


def place_of(text: str, country_code: str | None = None) -> str | None:
    annotated = annotate(Report(id="r", text=text))
    location = find_facility_place(annotated, annotated.sentences, country_code)
    return location.place.name if location and location.place else None


def test_a_hospital_stands_in_the_town_that_it_is_named_after() -> None:
    assert place_of("Soldiers raided Lashio General Hospital.", "MM") == "Lashio"


def test_it_must_lie_in_the_country_of_the_report() -> None:
    assert place_of("Soldiers raided Lashio General Hospital.", "PE") is None
