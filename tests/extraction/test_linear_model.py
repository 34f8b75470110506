import pytest

from geo.extraction.arguments.event_type import NONE, stem
from geo.extraction.confidence import RIGHT
from geo.extraction.linear_model import make_model, read_model
from geo.vocabulary import SUB_EVENT_TYPES


def test_a_model_adds_up_what_it_knows() -> None:
    model = make_model(("no", "yes"), {"bias": {"no": 1.0}, "rain": {"yes": 3.0}})
    assert model.probabilities({}) == pytest.approx({"no": 0.731, "yes": 0.269}, abs=0.001)
    assert model.probabilities({"rain": 1.0, "unheard of": 9.0})["yes"] == pytest.approx(0.881, abs=0.001)


def test_the_learned_tables_speak_the_vocabulary() -> None:
    assert set(read_model("models/event_type_weights.csv").classes) <= {*SUB_EVENT_TYPES, NONE}
    assert RIGHT in read_model("models/confidence_weights.csv").classes


@pytest.mark.parametrize(
    ("one", "other"), [("bombs", "bombed"), ("rallies", "rally"), ("shooting", "shoot"), ("clashes", "clash")]
)
def test_forms_of_a_word_count_as_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)
