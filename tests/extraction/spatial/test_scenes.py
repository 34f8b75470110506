import pytest

from geo.extraction import extract_report
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
def test_a_place_is_that_of_the_scene_in_which_the_deed_is_told(text: str, first: str) -> None:
    found = places(text)
    assert found
    assert found[0] == first


def test_a_speaker_is_no_place() -> None:
    assert "Moscow" not in places("A drone hit a depot on Monday, killing two guards. Moscow said it knew nothing.")
