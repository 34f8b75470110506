"""Measure how well `geo` reads, on all sets, with everything learned held against reports that it has not seen.

    python -m geo.training.accuracy [--write] [--only STAGE,...] [--picture FILE] [--least 0.2]

Every table of ROUNDS is learned five times, each time without a fifth of the reports, which is then read with it:
the figures are those of the readings of unseen reports. MUC is also shown apart for the third of it that nobody has
looked at. --write learns from all reports and writes the tables.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from geo.extraction import pipeline
from geo.extraction.annotations import annotate
from geo.extraction.confidence import weigh_confidence
from geo.extraction.pipeline import to_incidents
from geo.incident import Incident
from geo.resources import data_path
from geo.training import article_figures, cross_fitting, linear_fit, sets
from geo.training.stages import confidence, coreference, event_date, event_place, event_type, perpetrator, victims
from geo.training.toponyms import uncertainty

# In the order in which they build on each other.
ROUNDS: tuple[tuple[Any, ...], ...] = (
    (coreference,),
    (event_date, event_place, event_type, perpetrator, victims),
    (confidence,),
)
SETS = confidence.SETS
MUC_FIGURES = ("detected", "incident", "placed", "named", "full")
FLOORS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)  # among which the floor is chosen, on articles for training
INCIDENT_FIGURES = (
    "event_type",
    "sub_event_type",
    "date exact",
    "country",
    "place 25",
    "place 100",
    "when_where",
    "killed some",
    "wounded within",
    "actor",
)
Found = dict[str, dict[str, list[Incident]]]


def fit(some: Sequence[str] = ()) -> cross_fitting.Fitted:
    """Fit tables, each five times without a fifth of the reports.

    Args:
        some: The stages to fit; all without. The tables of others stand as they are, and have seen the reports.
    """
    rounds = [[stage for stage in one if not some or stage.__name__.rpartition(".")[2] in some] for one in ROUNDS]
    names = sorted({name for stages in ROUNDS for stage in stages for name in getattr(stage, "SETS", SETS)})
    readings = {name: [annotate(report) for report in sets.reports(name)] for name in names}
    return cross_fitting.cross_fit([one for one in rounds if one], readings)


def read_unseen(fitted: cross_fitting.Fitted) -> Found:
    """Give every incident of every report, read by models that have not seen the report."""
    found: Found = {name: {key["id"]: [] for key in sets.keys(name)} for name in SETS}
    by_report: dict[tuple[str, str], list[confidence.Case]] = {}
    for case in fitted.examples[confidence.TABLE]:
        by_report.setdefault((case.set, case.report), []).append(case)
    for (name, report), own in by_report.items():
        drafts = [case.draft for case in own]
        with fitted.unseen(name, report):
            found[name][report] = to_incidents(drafts, weigh_confidence(drafts), least=0.0)
        for case, incident in zip(own, found[name][report], strict=True):
            case.confidence = incident.confidence
    return found


def likely(found: dict[str, list[Incident]], least: float, wanted: Callable[[str], bool]) -> list[dict[str, Any]]:
    return sets.features(
        incident
        for report, incidents in found.items()
        if wanted(report)
        for incident in incidents
        if incident.confidence >= least
    )


def looked_at(report: str) -> bool:
    return not sets.held_out(report)


def muc_figures(found: Found, least: float, wanted: Callable[[str], bool]) -> dict[str, Any]:
    """Score the reports of MUC that are wanted, by the set's own scorer."""
    keys = [key for key in sets.keys("muc") if wanted(key["id"])]
    figures: dict[str, Any] = sets.scorer("muc").score(likely(found["muc"], least, wanted), keys).figures()
    return figures


def set_figures(found: Found, least: float, name: str) -> dict[str, Any]:
    """Score a set of short reports by its own scorer."""
    features = likely(found[name], least, lambda _: True)
    figures: dict[str, Any] = sets.scorer("incidents").score(features, sets.keys(name)).figures()
    return figures


def headline(found: Found, least: float = pipeline.LEAST_CONFIDENCE) -> dict[str, list[float]]:
    """Give the figures of the README's table: the row's first words -> its figures."""
    muc = [muc_figures(found, least, wanted) for wanted in (looked_at, sets.held_out)]
    case2021, insecurity = (set_figures(found, least, name) for name in ("case2021", "insecurity"))
    articles = {
        f"eval/articles {split}": article_figures.headline(found[name], least, name)
        for name, split in sets.SPLITS.items()
    }
    return {
        **articles,
        **{
            f"eval/muc, *{n}* F1": [100 * one[f"{n}_relevant_no_battles"]["f1"] for one in muc]
            for n in ("named", "full")
        },
        "eval/incidents case2021, sub_event_type": [100 * case2021["sub_event_type"]["macro"]],
        "eval/incidents case2021other": [set_figures(found, least, "case2021other")["false_alarms"]],
        **{
            f"eval/incidents insecurity, {n}": [100 * insecurity[n]["all"]]
            for n in ("when_where", "killed some", "actor")
        },
    }


def print_muc(found: Found, least: float, label: str, wanted: Callable[[str], bool]) -> None:
    figures = muc_figures(found, least, wanted)
    print(f"\nmuc, {label}: relevant reports, battles set aside       P     R    F1   | all reports F1")
    for name in MUC_FIGURES:
        row, every = figures[f"{name}_relevant_no_battles"], figures[name]
        cells = " ".join(f"{100 * row[cell]:5.1f}" for cell in ("p", "r", "f1"))
        print(f"  {name:50} {cells}   | {100 * every['f1']:5.1f}")
    slots = figures["slots"]
    print(
        "  of pairs right: "
        + ", ".join(f"{name} {100 * row['pairs']:.0f}" for name, row in slots.items() if row["n_pairs"])
    )


def print_incidents(found: Found, least: float, name: str) -> None:
    figures = set_figures(found, least, name)
    if not figures["reports"]:
        print(
            f"\n{name}: {figures['false_alarms']} false alarms in {figures['false_alarm_reports']} of {figures['empty_reports']}"
        )
        return
    print(f"\n{name}: detected {100 * figures['detected']:.1f} %, {figures['extra_per_report']:.2f} extra per report")
    for figure in INCIDENT_FIGURES:
        row = figures[figure]
        if row["base"]:
            macro = f", macro {100 * row['macro']:.1f}" if row.get("macro") is not None else ""
            print(f"  {figure:20} {100 * row['all']:5.1f} ({row['base']}){macro}")


def draw(cases: list[confidence.Case], path: Path) -> None:
    """Draw how many of the incidents of each confidence are right, and how many true places lie in their circles."""
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    known = [case for case in cases if case.right is not None]
    steps = [i / 10 for i in range(10)]
    stated, right = [], []
    for low in steps:
        inside = [case for case in known if low <= case.confidence < low + 0.1]
        weight = sum(case.weight for case in inside)
        if weight:
            stated.append(sum(case.confidence * case.weight for case in inside) / weight)
            right.append(sum(case.weight for case in inside if case.right) / weight)
    mpl.rcParams["svg.hashsalt"] = "geo"  # the same figures give the same file
    figure, (axes, beside) = plt.subplots(1, 2, figsize=(8.4, 4.0), layout="constrained")
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.plot(stated, right, marker="o", color="#0072B2")
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.set_title("Incidents of unseen reports", fontsize=10)
    ratios = sorted(uncertainty.held_out_ratios(sets.EVAL))
    beside.axhline(0.9, color="0.7", linewidth=1)
    beside.axvline(1.0, color="0.7", linewidth=1)
    beside.plot(ratios, [(n + 1) / len(ratios) for n in range(len(ratios))], color="#D55E00")
    beside.set(xlabel="radii of uncertainty_m", ylabel="share of true places inside", xlim=(0, 2), ylim=(0, 1))
    beside.set_title("Places of unseen reports", fontsize=10)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how well geo reads, on all sets.")
    parser.add_argument("--write", action="store_true", help="learn from all reports and write the tables")
    parser.add_argument("--only", default="", metavar="STAGE,...", help="fit these; the other tables stand as they are")
    parser.add_argument("--picture", type=Path, help="draw both curves")
    parser.add_argument("--least", type=float, default=pipeline.LEAST_CONFIDENCE, help="least confidence shown")
    options = parser.parse_args()
    if not sets.EVAL.is_dir():
        sys.exit(f"{sets.EVAL} is missing; the evaluation sets lie beside the checkout.")
    fitted = fit([name for name in options.only.split(",") if name])
    cases: list[confidence.Case] = fitted.examples[confidence.TABLE]
    found = read_unseen(fitted)
    for label, wanted in (("looked at", looked_at), ("held out", sets.held_out)):
        print_muc(found, options.least, label, wanted)
    for name, split in sets.SPLITS.items():
        print(f"\narticles, {split}")
        for least in sorted({options.least, *FLOORS} if split == "train" else {options.least}):
            figures = article_figures.article_figures(found[name], least, name)
            print(f"  shown from {least:.2f}: {article_figures.describe(figures)}")
    for name in SETS[1:4]:
        print_incidents(found, options.least, name)
    print()
    for label in ("articles", "muc"):
        print(f"\n{label}: how many of the incidents of each confidence are right")
        confidence.print_curve([case for case in cases if case.right is not None and case.set == label])
    if options.picture:
        draw(cases, options.picture)
    if options.write:
        for stage in (one for stages in ROUNDS for one in stages if one.TABLE in fitted.examples):
            linear_fit.write(stage.learn(fitted.examples[stage.TABLE]), data_path(stage.TABLE), stage.NOTE)


if __name__ == "__main__":
    main()
