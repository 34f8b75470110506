from datetime import date

from geo.extraction.annotations import annotate
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.drafts import draft_clusters
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def test_every_argument_is_decided_before_the_draft_is_made() -> None:
    text = "A suicide bomber killed four guards in Mosul on Monday, the police said."
    annotated = annotate(Report(id="r", text=text, published=date(2021, 6, 9)))
    (draft,) = draft_clusters(annotated, cluster_mentions(annotated, find_event_mentions(annotated)))
    assert draft.sub_event_type == "Suicide bomb"
    assert draft.when.first == date(2021, 6, 7)
    assert draft.where.location is not None
    assert draft.where.location.name == "Mosul"
    assert draft.own.killed.least == 4
    assert draft.own.source == "police"
    assert draft.names.victims == "guards"
