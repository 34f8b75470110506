from dataclasses import dataclass
from types import SimpleNamespace

from geo.extraction.linear_model import make_model
from geo.report import Report
from geo.training import cross_fitting


@dataclass
class Seen:
    set: str
    report: str


def test_no_model_has_seen_the_reports_of_its_fold_but_all_have_seen_our_own() -> None:
    learned: list[list[Seen]] = []

    def learn(examples: list[Seen]):
        learned.append(examples)
        return make_model(("yes", "no"), {})

    stage = SimpleNamespace(
        TABLE="some.csv", NOTE="", learn=learn, examples=lambda name, reading, _drafted: [Seen(name, reading.report.id)]
    )
    readings = {
        name: [SimpleNamespace(report=Report(id=f"{name} {n}", text="Words.")) for n in range(20)]
        for name in ("muc", "phrases")
    }
    fitted = cross_fitting.cross_fit([[stage]], readings)
    assert len(learned) == len(fitted.models) == cross_fitting.FOLDS
    for fold, examples in enumerate(learned):
        assert all(cross_fitting.fold_of(one.set, one.report) != fold for one in examples)
        assert sum(one.set == "phrases" for one in examples) == 20
    assert sum(20 - sum(one.set == "muc" for one in examples) for examples in learned) == 20
