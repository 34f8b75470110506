from geo.extraction.annotations import annotate
from geo.extraction.spatial.place_mentions import PlaceMention, find_place_mentions
from geo.report import Report


def places(text: str) -> list[PlaceMention]:
    return list(find_place_mentions(annotate(Report(id="r", text=text))).places)


def test_a_place_has_the_preposition_that_leads_to_it() -> None:
    (found,) = places("A bomb exploded in the town of Tikrit.")
    assert found.lead == "in"


def test_a_finer_place_inside_is_known() -> None:
    found = {one.location.name: one for one in places("Iraq was shaken when a bomb exploded in Mosul.")}
    assert found["Iraq"].finer == {found["Mosul"].location.start}


def test_a_place_that_opens_its_sentence_sets_the_scene() -> None:
    (found,) = places("In Kirkuk, a bomb exploded.")
    assert ("sets the scene", 1.0) in found.features
