import pytest

from geo.extraction import extract_report
from geo.extraction.annotations import annotate
from geo.extraction.spatial.scenes import scene_places
from geo.report import Report


def places(text: str) -> list[str | None]:
    return [one.place_name for one in extract_report(Report(id="r", text=text), least=0.0)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Police fired tear gas at a rally in Nairobi on Monday. In the western town of Eldoret, a mob burnt a bus.",
            "Nairobi",
        ),
        ("A bomb killed four people on Monday in Mubi, in neighbouring Adamawa state.", "Mubi"),
        ("MAIDUGURI, Nigeria - Gunmen attacked three hamlets in Borno state on Monday, killing nine.", "Borno"),
        ("A bomb killed four people in Somalia's capital on Monday.", "Mogadishu"),
        ("A bomb killed four people on Monday in the capital of Mali.", "Bamako"),
    ],
)
def test_a_place_is_that_of_the_scene_in_which_the_event_is_mentioned(text: str, first: str) -> None:
    found = places(text)
    assert found
    assert found[0] == first


def test_a_speaker_is_no_place() -> None:
    assert "Moscow" not in places("A drone hit a depot on Monday, killing two guards. Moscow said it knew nothing.")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("In the eastern city of Homs, a mob burnt a bus near Hama.", ["Homs"]),
        ("A mob burnt a bus in the eastern city of Homs.", []),
        ("In a statement that was read out to reporters late on Monday, Homs was named.", []),
    ],
)
def test_the_opening_of_a_sentence_names_the_place_of_its_scene(text: str, named: list[str]) -> None:
    annotated = annotate(Report(id="r", text=text))
    assert [place.name for place in scene_places(annotated, annotated.sentences[0])] == named
