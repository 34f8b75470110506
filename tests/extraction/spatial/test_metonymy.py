import pytest

from geo.extraction.annotations import annotate
from geo.extraction.spatial.metonymy import stands_for_people
from geo.report import Report


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Iran denied the attack.", True),
        ("A bomb exploded in Iran.", False),
        ("Baghdad denied the attack.", True),
        ("A bomb exploded near Baghdad.", False),
    ],
)
def test_a_country_that_speaks_stands_for_its_government(text: str, *, people: bool) -> None:
    annotated = annotate(Report(id="r", text=text))
    location = annotated.locations[0]
    assert stands_for_people(annotated, location) is people
