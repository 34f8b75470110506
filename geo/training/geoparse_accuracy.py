"""Geoparse every document of the sets by weights that have not seen it, and score that end to end.

    python -m geo.training.geoparse_accuracy ../shared/eval [--folds 10] [--out FOLDER]

Both models are fitted anew for each fold: the recogniser without the fold's documents, the ranking of places too.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import geo.geoparsing.resolution.ranking as places
from geo.geoparsing.frame import to_frame
from geo.geoparsing.recognition import toponym_model
from geo.geoparsing.recognition.toponym_model import Scorer
from geo.geoparsing.toponyms import Toponym, find_toponyms
from geo.report import Report
from geo.training import sets
from geo.training.toponyms import commands, ranking
from geo.training.toponyms import recognition as recogniser

LISTED = 40


def held_out(folder: Path, folds: int) -> dict[str, list[Toponym]]:
    """Give the toponyms of every report, each found by weights fitted on other folds."""
    notes, _ = recogniser.load_insecurity(folder / "incidents")
    examples = recogniser.load(folder / "geoparse", flat=False)["cased"]
    choices = ranking.load(folder)
    texts = {
        row["id"]: (name, row["text"])
        for name in recogniser.SETS
        for row in sets.read_lines(folder / "geoparse" / f"{name}.reports.jsonl")
    }
    fold_of = commands.assign_folds(texts, folds)
    found: dict[str, list[Toponym]] = {name: [] for name in recogniser.SETS}
    for fold in range(folds):
        scorer = Scorer(recogniser.fit([e for e in examples if fold_of[e.document] != fold] + notes, "cased"))
        weights = ranking.fit([c for c in choices if fold_of.get(c.document) != fold])
        install(scorer, dict(zip(places.FEATURES, weights.tolist(), strict=True)))
        for document, (name, text) in texts.items():
            if fold_of[document] == fold:
                found[name] += find_toponyms(Report(id=document, text=text))
    return found


def install(scorer: Scorer, weights: dict[str, float]) -> None:
    """Put weights in the place of those of data/, for this process."""
    kept = _ORIGINAL()
    sys.modules["geo.geoparsing.recognition.recognising"].__dict__["scorers"] = lambda: (scorer, kept[1])
    places.place_weights = lambda: weights  # type: ignore[assignment]
    places.STATIC_SCORES.clear()  # it holds scores by the weights of before


_ORIGINAL = toponym_model.scorers


def score(folder: Path, found: dict[str, list[Toponym]]) -> dict[str, Any]:
    """Score with the sets' own scorer."""
    scorer = sets.scorer("geoparse")
    results = {}
    for name, toponyms in found.items():
        collection = json.loads(to_frame(toponyms).to_json())
        gold = scorer.read_gold(folder / "geoparse" / f"{name}.gold.jsonl")
        results[name], alignment = scorer.score(gold, scorer.read_predictions(collection))
        results[name]["alignment"] = alignment
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--errors", action="store_true", help="list what was missed, made up and misplaced")
    args = parser.parse_args()
    for name, result in score(args.folder, held_out(args.folder, args.folds)).items():
        print(name + "  " + "  ".join(f"{key} {value:.3f}" for key, value in result["headline"].items()))
        if args.errors:
            sets.scorer("geoparse").show_errors(result["alignment"], LISTED)


if __name__ == "__main__":
    main()
