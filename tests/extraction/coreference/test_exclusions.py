from geo.extraction.annotations import annotate
from geo.extraction.coreference.clause_units import group_by_clause
from geo.extraction.coreference.exclusions import are_apart
from geo.extraction.mentions.event_mentions import find_event_mentions
from geo.report import Report


def apart(text: str) -> bool:
    annotated = annotate(Report(id="r", text=text))
    first, *_, last = group_by_clause(annotated, find_event_mentions(annotated))
    return are_apart(last, first, news=True)


def test_a_bombing_in_a_far_town_is_another_incident() -> None:
    assert apart("A bomb killed two guards in Mosul. A bomb killed two bakers in Basra.")


def test_a_planned_march_is_not_the_one_that_was_held() -> None:
    assert apart("Protesters marched in Mosul. The union plans to march in Mosul.")


def test_the_attack_refers_back() -> None:
    assert not apart("A bomb killed two guards in Mosul. The attack wounded five bakers.")


def test_other_dead_by_another_weapon_are_another_incident() -> None:
    assert apart("Gunmen with pistols shot dead two bakers in Mosul.\n\nMortar shells killed six clerks in Mosul.")


def test_other_dead_of_another_day_are_another_incident() -> None:
    assert apart(
        "A gas attack on 5 June 2021 killed 42 people in Douma.\n\nAir raids on 4 June 2021 killed 40 nurses in Douma."
    )
