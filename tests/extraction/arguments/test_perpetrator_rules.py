from geo.extraction.annotations import AnnotatedReport, annotate
from geo.extraction.arguments.perpetrator_rules import find_agent, find_identity, is_nameless, name_rebels
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def read(text: str) -> tuple[AnnotatedReport, EventCluster]:
    annotated = annotate(Report(id="r", text=text))
    return annotated, cluster_mentions(annotated, find_event_mentions(annotated))[0]


def test_the_subject_of_the_verb_is_the_agent() -> None:
    _, cluster = read("Gunmen killed two bakers.")
    assert find_agent(cluster, "Violence against civilians") == "Gunmen"


def test_unidentified_aircraft_are_identified_by_the_next_sentence() -> None:
    annotated, cluster = read("Unidentified warplanes bombed the camp. Officials said the planes were Israeli.")
    assert is_nameless("Unidentified warplanes")
    found = find_identity(annotated, cluster)
    assert found is not None
    assert "Israel" in found


def test_the_guerrillas_are_the_only_group_that_the_report_names() -> None:
    annotated, _ = read("FMLN guerrillas attacked the town. The guerrillas burned two buses. The FMLN claimed it.")
    assert name_rebels(annotated, "guerrillas", "SV").startswith("guerrillas (FMLN")
    assert name_rebels(annotated, "guerrillas", "PE") == "guerrillas"
