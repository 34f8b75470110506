from geo.extraction.annotations import annotate
from geo.extraction.coreference.event_relations import EventRelations, relate_events
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def relations(text: str) -> EventRelations:
    annotated = annotate(Report(id="r", text=text))
    return relate_events(annotated, cluster_mentions(annotated, find_event_mentions(annotated)))


def test_retaliation_links_the_answer_to_what_it_answers() -> None:
    found = relations("The army launched air strikes on a camp in retaliation for a missile attack on a base.")
    assert found.answers == {0: [1]}


def test_hours_later_follows_the_incident_before() -> None:
    found = relations("A car bomb killed two guards in Mosul. Hours later, gunmen kidnapped a baker in Basra.")
    assert found.sequels == {1: 0}


def test_separate_incidents_have_no_relation() -> None:
    found = relations("A car bomb killed two guards in Mosul. In Peru, gunmen kidnapped a baker.")
    assert not found.answers
    assert not found.sequels
