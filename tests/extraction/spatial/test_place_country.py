from geo.extraction.annotations import annotate
from geo.extraction.spatial.place_country import country_clues, country_location
from geo.report import Report


def test_an_army_points_to_its_country() -> None:
    annotated = annotate(Report(id="r", text="The Myanmar military raided a village."))
    assert "MM" in {clue.code for clue in country_clues(annotated)}


def test_a_country_is_placed_at_the_words_that_point_to_it() -> None:
    annotated = annotate(Report(id="r", text="Burmese junta troops raided a village."))
    location = country_location(annotated, "MM")
    assert location is not None
    assert (location.country_code, location.geo_precision) == ("MM", "country")


def test_nothing_points_to_a_country_that_nobody_names() -> None:
    annotated = annotate(Report(id="r", text="Troops raided a village."))
    assert country_location(annotated, "PE") is None
