from geo.extraction.annotations import annotate
from geo.extraction.mentions.event_mentions import EventMention, find_event_mentions
from geo.report import Report


def mentions(text: str) -> list[EventMention]:
    return find_event_mentions(annotate(Report(id="r", text=text)))


def test_an_earthquake_is_no_event() -> None:
    assert mentions("An earthquake killed eight people.") == []


def test_a_crowd_that_only_speaks_is_no_protest() -> None:
    assert mentions("Protesters said the bread was dear.") == []


def test_a_crowd_that_withdraws_is_no_change_of_an_armed_group() -> None:
    change = "Change to group/activity"
    assert change not in [one.sub_event_type for one in mentions("The protesters withdrew from the square.")]
    assert change in [one.sub_event_type for one in mentions("The rebels withdrew from the town.")]


def test_an_accident_of_a_vehicle_is_no_incident_and_a_rocket_that_crashed_is() -> None:
    assert not mentions("Two officers died when their helicopter crashed.")
    assert mentions("Two clerks died when a rocket crashed into their office.")


def test_people_who_are_brought_out_transfer_no_territory() -> None:
    transfer = "Non-violent transfer of territory"
    assert transfer not in [
        one.sub_event_type for one in mentions("Troops watched the evacuation of people from Kabul.")
    ]
