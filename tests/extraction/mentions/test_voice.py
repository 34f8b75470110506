import pytest

from geo.extraction.annotations import annotate
from geo.extraction.mentions.event_mentions import EventMention, find_event_mentions
from geo.report import Report


def mention_of(text: str, trigger: str) -> EventMention:
    annotated = annotate(Report(id="r", text=text))
    return next(one for one in find_event_mentions(annotated) if one.trigger.entry.name == trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "agents", "patients"),
    [
        ("Troops shot and killed a baker in Goma.", "shoot", ["Troops"], []),
        ("A baker was killed and his son wounded on Monday.", "wound", [], ["son"]),
        ("Gunmen opened fire in a library in Goma.", "open fire", ["Gunmen"], []),
        ("Two men who had fled the camp were killed by soldiers.", "kill", ["soldiers"], ["men"]),
        ("Rebels who had crossed the river attacked a garrison.", "attack", ["Rebels"], ["garrison"]),
        ("Gunmen dressed as soldiers attacked three hamlets.", "attack", ["Gunmen"], ["hamlets"]),
        ("A singer known for songs about war was shot in Goma.", "shoot", [], ["singer"]),
        ("A bomb planted near the gate killed ten people.", "kill", ["bomb"], ["people"]),
        ("The mayor, who had fled from the camp, was shot in Goma.", "shoot", [], ["mayor"]),
    ],
)
def test_a_subject_is_found_before_the_clauses_that_describe_it(
    text: str, trigger: str, agents: list[str], patients: list[str]
) -> None:
    mention = mention_of(text, trigger)
    assert [one.text for one in mention.agents] == agents
    assert [one.text for one in mention.patients] == patients


def test_a_participle_before_a_noun_only_describes_it() -> None:
    assert mention_of("Talks go on until two captured soldiers are freed.", "capture").describes
    assert not mention_of("Rebels captured two soldiers on Monday.", "capture").describes


def test_a_participle_before_its_noun_only_describes() -> None:
    assert mention_of("Fighters attacked a camp for displaced people near Boga.", "displace").describes
