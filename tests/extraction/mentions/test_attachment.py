from datetime import date

from geo.extraction.annotations import annotate
from geo.extraction.mentions.event_mentions import EventMention, find_event_mentions
from geo.report import Report


def mention(text: str, name: str) -> EventMention:
    annotated = annotate(Report(id="r", text=text, published=date(2021, 6, 9)))
    return next(one for one in find_event_mentions(annotated) if one.trigger.entry.name == name)


def test_each_event_has_the_nearest_count_place_and_weapon() -> None:
    text = "A car bomb in Mosul killed two guards, while gunmen kidnapped three bakers in Kirkuk."
    bomb, kidnapping = mention(text, "kill"), mention(text, "kidnap")
    assert [one.least for one in bomb.casualties] == [2]
    assert [one.least for one in kidnapping.casualties] == [3]
    assert bomb.place is not None
    assert kidnapping.place is not None
    assert (bomb.place.text, kidnapping.place.text) == ("Mosul", "Kirkuk")


def test_a_date_beside_said_is_rather_when_it_was_said() -> None:
    found = mention("Police said on 4 June that gunmen attacked a bus on 1 June.", "attack")
    assert found.date is not None
    assert found.date.first == date(2021, 6, 1)


def test_the_weapon_of_the_other_event_is_not_taken() -> None:
    found = mention("The army bombed a camp in retaliation for a rocket attack.", "bomb")
    assert found.weapon is None or "rocket" not in found.weapon.text


def test_mourning_on_sunday_does_not_date_the_bombing_of_saturday() -> None:
    text = "Turkey mourned on Sunday after a car bomb killed 38 people, most of them police, outside a stadium on Saturday."
    for name in ("car bomb", "kill"):
        found = mention(text, name)
        assert found.date is not None
        assert found.date.first == date(2021, 6, 5)


def test_the_day_of_a_coup_is_not_that_of_the_strike_against_it() -> None:
    found = mention("Nurses marched in Myitkyina against the coup of 1 February.", "march")
    assert found.date is None


def test_where_an_attacker_comes_from_is_not_where_he_was_shot() -> None:
    found = mention("Both attackers, from Hebron, were shot dead.", "shoot")
    assert found.place is None


def test_what_flew_after_an_ambush_was_not_used_in_it() -> None:
    found = mention("The army sent warplanes after gunmen ambushed a bus near Mosul.", "ambush")
    assert found.weapon is None


def test_the_toll_of_a_train_crash_is_not_that_of_a_strike() -> None:
    found = mention("The train crash toll rises to 57 as rail workers strike.", "strike")
    assert found.casualties == ()
