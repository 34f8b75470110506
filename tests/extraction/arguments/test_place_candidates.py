from geo.extraction.annotations import annotate
from geo.extraction.arguments.place_candidates import PlaceCandidate, list_place_candidates
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.extraction.spatial.place_mentions import find_place_mentions
from geo.report import Report


def candidates(text: str) -> dict[str, PlaceCandidate]:
    annotated = annotate(Report(id="r", text=text))
    cluster = cluster_mentions(annotated, find_event_mentions(annotated))[0]
    return {one.location.name: one for one in list_place_candidates(find_place_mentions(annotated), cluster)}


def test_every_place_around_an_incident_is_a_candidate_with_its_relation() -> None:
    found = candidates("A bomb exploded on Monday. Doctors in Erbil took in the people.")
    assert found["Erbil"].relation == "elsewhere"


def test_the_town_that_the_clause_names_leaves_no_other() -> None:
    found = candidates("A bomb exploded in Mosul on Monday. Doctors in Erbil took in the people.")
    assert found["Mosul"].relation == "clause"
    assert "Erbil" not in found


def test_a_country_that_only_its_people_point_to_is_a_candidate() -> None:
    found = candidates("Gunmen killed two bakers. Police from Peru came. They are from Lima.")
    assert found["Peru"].relation in {"whole", "elsewhere"}
