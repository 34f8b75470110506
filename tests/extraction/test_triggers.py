import pytest

from geo.extraction.language.inflection import inflect
from geo.extraction.language.tokens import read_words
from geo.extraction.language.word_classes import tag_words
from geo.extraction.triggers import find_triggers
from geo.resources import read_table
from geo.vocabulary import SUB_EVENT_TYPES


def triggers(text: str) -> list[tuple[str, str]]:
    words = read_words(text)
    return [(found.entry.name, found.part) for found in find_triggers(words, tag_words(words))]


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("Rebels attacked a farm.", "attack", "verb"),
        ("The attack on the farm lasted an hour.", "attack", "noun"),
        ("THEY KILLED A JUDGE.", "kill", "verb"),
        ("the killing of a judge", "killing", "noun"),
        ("Youths set two buses on fire.", "set ~ on fire", "verb"),
        ("Strangers threw a hand grenade.", "throw ~ grenade|grenades", "verb"),
        ("A teacher was gunned down.", "gun down", "verb"),
        (
            "Workers staged a sit-in.",
            "stage ~ protest|protests|demonstration|demonstrations|sit-in|rally|march|walkout|strike",
            "verb",
        ),
        ("A car bomb shook the port.", "car bomb", "noun"),
    ],
)
def test_a_trigger_is_found_in_any_form_and_case(text: str, name: str, part: str) -> None:
    assert (name, part) in triggers(text)


def test_the_longest_trigger_wins() -> None:
    assert triggers("A suicide car bomb hit the gate.")[0] == ("suicide car bomb", "noun")


def test_a_verb_alone_is_no_trigger_where_a_noun_stands() -> None:
    assert "target" not in [name for name, _ in triggers("There are multiple targets in the city.")]


@pytest.mark.parametrize(
    ("verb", "past", "ing"),
    [("stab", "stabbed", "stabbing"), ("defuse", "defused", "defusing"), ("rally", "rallied", "rallying"),
     ("bomb", "bombed", "bombing"), ("free", "freed", "freeing")],
)  # fmt: skip
def test_verbs_are_inflected_as_english_does(verb: str, past: str, ing: str) -> None:
    assert inflect(verb)[past] == "past"
    assert inflect(verb)[ing] == "ing"


def test_the_table_of_triggers_speaks_the_vocabulary() -> None:
    frames = {"agent_patient", "patient", "weapon", "mutual", "agent", "naming", "idiom"}
    for row in read_table("events/triggers.csv"):
        assert row["sub_event_type"] in {"", *SUB_EVENT_TYPES}, row
        assert row["part"] in {"verb", "noun", "phrase"}, row
        assert row["frame"] in frames, row
        assert 0 <= float(row["strength"]) <= 1, row


@pytest.mark.parametrize(
    "text",
    ["a protest in occupied Kherson", "Cartridges were found at the scene.", "Two guards were taken to hospital.",
     "They declared that the week-long ceasefire was over."],
)  # fmt: skip
def test_what_only_describes_or_is_evidence_is_no_trigger(text: str) -> None:
    assert {name for name, _ in triggers(text)} <= {"protest"}


def test_a_road_blocked_with_burning_tyres_is_a_trigger() -> None:
    assert triggers("Residents blocked the R61 with burning tyres.")[0][0].startswith("block ~ tyres")
