from geo.extraction.annotations import annotate
from geo.extraction.coreference.clause_units import group_by_clause
from geo.extraction.coreference.pair_features import are_related, features_of_pair
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def test_an_unspecific_type_goes_with_any() -> None:
    assert are_related("", "Arrests")
    assert not are_related("Arrests", "Air/drone strike")


def features(text: str) -> dict[str, float]:
    annotated = annotate(Report(id="r", text=text))
    first, *_, last = group_by_clause(annotated, find_event_mentions(annotated))
    return features_of_pair(annotated, last, first, first)


def test_what_became_of_the_attackers_points_to_their_attack() -> None:
    opened = "Gunmen opened fire on a tram. "
    assert features(opened + "Both attackers were shot dead.")["their assailants, latest cluster"] == 1.0
    assert "their assailants, latest cluster" not in features(opened + "Two bakers were shot dead.")
