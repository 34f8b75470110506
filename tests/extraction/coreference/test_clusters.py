from geo.extraction.annotations import annotate
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def test_a_cluster_collects_what_its_mentions_say() -> None:
    text = "Gunmen killed the nurse Ana Diaz in Mosul. The attack wounded two guards."
    cluster = EventCluster()
    for mention in find_event_mentions(annotate(Report(id="r", text=text))):
        cluster.add(mention)
    assert "diaz" in cluster.people
    assert [place.name for place in cluster.places] == ["Mosul"]
    assert cluster.killed == {1}
    assert cluster.last.sentence.index == 1
