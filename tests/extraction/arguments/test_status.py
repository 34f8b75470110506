import pytest

from geo.extraction.annotations import annotate
from geo.extraction.arguments.status import choose_source, decide_status
from geo.extraction.coreference.resolution import cluster_mentions
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def read(text: str) -> tuple[str, str | None]:
    annotated = annotate(Report(id="r", text=text))
    cluster = cluster_mentions(annotated, find_event_mentions(annotated))[0]
    return decide_status(annotated, cluster), choose_source(cluster)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels attacked the town.", "reported"),
        ("Rebels attacked the town. The group denied it.", "alleged"),
        ("The group plans to attack the town.", "planned"),
        ("The group claimed responsibility for the attack on the town.", "claimed"),
    ],
)
def test_the_status_is_the_surest_of_its_mentions_unless_somebody_denies_it(text: str, status: str) -> None:
    assert read(text)[0] == status


def test_the_source_is_who_says_so() -> None:
    assert read("Rebels attacked the town, the police said.")[1] == "police"
    assert read("Rebels attacked the town.")[1] is None
