from geo.extraction.annotations import annotate
from geo.extraction.arguments.victim_candidates import VictimCandidate, list_victim_candidates
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def candidates(text: str) -> dict[str, VictimCandidate]:
    annotated = annotate(Report(id="r", text=text))
    cluster = cluster_mentions(annotated, find_event_mentions(annotated))[0]
    return {one.name: one for one in list_victim_candidates(annotated, cluster)}


def test_everybody_but_the_speaker_is_a_candidate() -> None:
    found = candidates("Gunmen killed two bakers near a school, officials said.")
    assert {"bakers", "school"} <= found.keys()
    assert "officials" not in found


def test_a_casualty_count_is_a_feature_of_its_people() -> None:
    found = candidates("Gunmen killed two bakers near a school.")
    assert "casualty killed" in found["bakers"].features
    assert "casualty killed" not in found["school"].features


def test_the_owner_of_what_was_struck_is_a_candidate() -> None:
    found = candidates("Warplanes bombed weapons depots of Kataib Hezbollah.")
    assert any(one.body.startswith("Kataib Hezbollah") or "Kataib" in one.body for one in found.values())
