import pytest

from geo.extraction.annotations import annotate
from geo.extraction.mentions.event_mentions import EventMention, find_event_mentions
from geo.report import Report


def mention_of(text: str, trigger: str) -> EventMention:
    annotated = annotate(Report(id="r", text=text))
    return next(one for one in find_event_mentions(annotated) if one.trigger.entry.name == trigger)


def names(mention: EventMention) -> tuple[list[str], list[str]]:
    return [participant.text for participant in mention.agents], [participant.text for participant in mention.patients]


@pytest.mark.parametrize(
    ("text", "trigger", "agents", "patients"),
    [
        ("Guerrillas killed two teachers.", "kill", ["Guerrillas"], ["teachers"]),
        ("Guerrillas kidnapped about 200 teachers.", "kidnap", ["Guerrillas"], ["200 teachers"]),
        ("TWO TEACHERS WERE KILLED BY GUERRILLAS.", "kill", ["GUERRILLAS"], ["TEACHERS"]),
        ("Soldiers on Friday captured a village.", "capture", ["Soldiers"], ["village"]),
        ("A bomb exploded in front of the bank.", "explode", [], ["bank"]),
        ("The murder of a nurse by gunmen shocked the town.", "murder", ["gunmen"], ["nurse"]),
        ("The nurses' murder shocked the town.", "murder", [], ["nurses"]),
        ("Rebels launched an attack on a convoy.", "attack", ["Rebels"], ["convoy"]),
        ("An attack on a convoy was carried out by rebels.", "attack", ["rebels"], ["convoy"]),
        ("The school and the clinic were burned by militiamen.", "burn", ["militiamen"], ["school", "clinic"]),
        ("Killed in the raid were Marta Solis and Pablo Rivas.", "kill", [], ["Marta Solis", "Pablo Rivas"]),
        ("Three bakers at the station were wounded.", "wound", [], ["bakers"]),
        ("Militants hit positions held by the army.", "hit", None, None),
    ],
)
def test_who_did_it_to_whom_is_read_from_either_side_of_the_trigger(
    text: str, trigger: str, agents: list[str] | None, patients: list[str] | None
) -> None:
    if agents is None:  # "hit" needs a weapon beside it: positions are hit by talk, too
        with pytest.raises(StopIteration):
            mention_of(text, trigger)
        return
    assert names(mention_of(text, trigger)) == (agents, patients)


def test_a_pronoun_stands_for_whom_the_sentence_before_names() -> None:
    text = "A lawyer, Marta Solis, left her office. A young man approached and shot her three times."
    _, patients = names(mention_of(text, "shoot"))
    assert patients == ["Marta Solis"]


def test_what_belongs_to_a_group_is_named_with_it() -> None:
    _, patients = names(mention_of("Warplanes struck positions held by the militia.", "strike"))
    assert patients == ["positions held by the militia"]


def test_whose_answer_it_was_did_it() -> None:
    agents, _ = names(
        mention_of("Iran's response to the killing of a general was a missile attack on a base.", "missile attack")
    )
    assert agents in (["Iran"], ["Iran's"])
