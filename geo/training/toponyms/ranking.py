"""Fit the weights by which the places of a name are ranked, and say how good they are on documents held out.

    python -m geo.training.toponyms.ranking ../shared/eval            # cross-validate, print figures
    python -m geo.training.toponyms.ranking ../shared/eval --write    # and fit on all into data/

A conditional logit: of the places that a name may mean, those are right that lie where the gold says
(GeoWebNews and GeoVirus: within 161 km or the right country; Insecurity Insight: within 30 km; MUC: the
right country and level). Names none or all of whose places are right teach nothing.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.earth import RADIUS_M
from geo.gazetteer import normalise
from geo.geoparsing.recognition.recognising import recognise
from geo.geoparsing.resolution.ranking import FEATURES, Context, Group, report_features, static_features
from geo.geoparsing.resolution.resolving import resolve
from geo.geoparsing.words.names import Row
from geo.geoparsing.words.tokens import Tokens, tokenise
from geo.progress import progress
from geo.reading.paragraphs import readable
from geo.training.sets import read_lines
from geo.training.toponyms import commands

FOLDS = 10
NOTE = "What speaks for one of the places that a name may mean; written by geo/training/toponyms/ranking.py."
PENALTY = 0.00003
# Not fitted: "Paris, Texas" is rare in the sets, yet whoever writes it means Texas.
HELD = {"within-best": 6.0}
ADMIN = {"DEPARTMENT", "PROVINCE", "STATE", "MUNICIPALITY", "DISTRICT", "JURISDICTION"}
SETTLEMENT = {"CITY", "TOWN", "VILLAGE", "TOWNSHIP"}


@dataclass
class Choice:
    """The places of one name in one document, and which are right."""

    document: str
    corpus: str
    features: NDArray[np.float64]  # shape (places, features)
    right: NDArray[np.bool_]
    weight: float = 1.0


def distance_km(lat: float, lon: float, row: Row) -> float:
    a, b = math.radians(lat), math.radians(row.lat)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(row.lon - lon) / 2) ** 2
    return 2 * RADIUS_M / 1000 * math.asin(min(1.0, math.sqrt(h)))


def groups_of(text: str) -> tuple[Tokens, list[Any], list[Group], Context]:
    tokens = tokenise(readable(text))
    found = recognise(tokens)
    of = resolve(tokens, found)
    return tokens, found, of, Context(list(dict.fromkeys(of)))


def choice(  # noqa: PLR0917
    document: str, corpus: str, group: Group, context: Context, right: list[bool], weight: float = 1.0
) -> Choice | None:
    if not any(right) or all(right):
        return None
    rows = []
    for n, row in enumerate(group.rows):
        found = static_features(group.name, group.rows, n) | report_features(group, row, context)
        rows.append([found.get(feature, 0.0) for feature in FEATURES])
    return Choice(document, corpus, np.array(rows), np.array(right), weight)


def from_geoparse(folder: Path) -> list[Choice]:
    choices = []
    for name in ("gwn-first", "geovirus"):
        gold = {row["id"]: row["toponyms"] for row in read_lines(folder / f"{name}.gold.jsonl")}
        for row in progress(read_lines(folder / f"{name}.reports.jsonl"), what=name):
            tokens, found, of, context = groups_of(row["text"])
            spans = {
                (tokens.starts[one.span.first], tokens.end(one.span.last)): group
                for one, group in zip(found, of, strict=True)
            }
            for t in gold[row["id"]]:
                group = spans.get((t["start"], t["end"]))
                if group is None or t["lat"] is None or group.name.demonym:
                    continue
                right = [
                    distance_km(t["lat"], t["lon"], r) <= 161  # noqa: PLR2004 -- km; 100 miles, as in the literature
                    or (r.kind == "country" and r.country_code == t["country"])
                    for r in group.rows
                ]
                choices.append(choice(row["id"], name, group, context, right))
    return [c for c in choices if c]


def from_insecurity(folder: Path) -> list[Choice]:
    choices = []
    keys = {row["id"]: row["incidents"][0] for row in read_lines(folder / "insecurity.keys.jsonl")}
    for row in progress(read_lines(folder / "insecurity.reports.jsonl"), what="insecurity"):
        key = keys[row["id"]]
        if key.get("lat") is None or key.get("geo_precision") != 1:
            continue
        _, _, of, context = groups_of(row["text"])
        for group in dict.fromkeys(of):
            if group.asked == "admin":
                continue  # the point is a town's
            right = [distance_km(key["lat"], key["lon"], r) <= 30 and r.kind != "country" for r in group.rows]  # noqa: PLR2004 -- km
            choices.append(choice(row["id"], "insecurity", group, context, right, 0.5))
    return [c for c in choices if c]


def from_muc(folder: Path) -> list[Choice]:
    choices = []
    texts = {row["id"]: row["text"] for row in read_lines(folder / "dev.reports.jsonl")}
    for row in progress(read_lines(folder / "dev.keys.jsonl"), what="muc"):
        keyed = {
            normalise(name): (where["cc"], kind)
            for incident in row["incidents"] for where in incident["where"] for name, kind in where["places"]
        }  # fmt: skip
        if not keyed:
            continue
        _, _, of, context = groups_of(texts[row["id"]])
        for group in dict.fromkeys(of):
            if group.name.key not in keyed:
                continue
            code, kind = keyed[group.name.key]
            kinds = (
                {"admin"}
                if kind in ADMIN
                else {"settlement"}
                if kind in SETTLEMENT
                else {"settlement", "admin", "site", "region"}
            )
            right = [r.country_code == code and r.kind in kinds for r in group.rows]
            choices.append(choice(row["id"], "muc", group, context, right, 0.3))
    return [c for c in choices if c]


def load(folder: Path) -> list[Choice]:
    return [
        *from_geoparse(folder / "geoparse"),
        *from_insecurity(folder / "incidents"),
        *from_muc(folder / "muc"),
    ]


def fit(choices: list[Choice], steps: int = 1500) -> NDArray[np.float64]:
    """Fit by gradient ascent with Adam; few features, so this takes seconds."""
    weights = np.array([HELD.get(feature, 0.0) for feature in FEATURES])
    free = np.array([feature not in HELD for feature in FEATURES])
    features = np.concatenate([c.features for c in choices])
    right = np.concatenate([c.right for c in choices])
    starts = np.cumsum([0, *(len(c.right) for c in choices)])[:-1]
    owner = np.repeat(np.arange(len(choices)), [len(c.right) for c in choices])
    importance = np.array([c.weight for c in choices])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = features @ weights
        scores -= np.maximum.reduceat(scores, starts)[owner]
        odds = np.exp(scores)
        every = odds / np.add.reduceat(odds, starts)[owner]
        good = np.where(right, odds, 0.0)
        good = good / np.maximum(np.add.reduceat(good, starts), 1e-12)[owner]
        gradient = features.T @ ((good - every) * importance[owner]) / importance.sum() - PENALTY * weights
        gradient *= free
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights = weights + 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def accuracy(choices: list[Choice], weights: NDArray[np.float64]) -> list[tuple[str, bool]]:
    return [(c.corpus, bool(c.right[int(np.argmax(c.features @ weights))])) for c in choices]


def main() -> None:
    args = commands.arguments(__doc__).parse_args()
    choices = load(args.folder)
    fold_of = commands.assign_folds((c.document for c in choices), FOLDS)
    results: list[tuple[str, bool]] = []
    for fold in range(FOLDS):
        weights = fit([c for c in choices if fold_of[c.document] != fold])
        results += accuracy([c for c in choices if fold_of[c.document] == fold], weights)
    base = np.zeros(len(FEATURES))
    base[FEATURES.index("prominence")] = 1.0
    for corpus in dict.fromkeys(c for c, _ in results):
        held_out = [ok for name, ok in results if name == corpus]
        naive = [ok for name, ok in accuracy(choices, base) if name == corpus]
        print(
            f"{corpus:12}{len(held_out):6} ambiguous names   held out {np.mean(held_out):.3f}   by prominence alone {np.mean(naive):.3f}"
        )
    weights = fit(choices)
    for feature, weight in zip(FEATURES, weights, strict=True):
        print(f"  {feature:14}{weight:8.2f}")
    if args.write:
        rows = [(feature, f"{weight:.3f}") for feature, weight in zip(FEATURES, weights, strict=True)]
        commands.write_table("models/place_ranking_weights.csv", NOTE, ("feature", "weight"), rows)


if __name__ == "__main__":
    main()
