"""Fit the weights by which toponyms are recognised, and say how good they are on documents held out.

    python -m geo.training.toponyms.recognition ../shared/eval/geoparse            # cross-validate, print figures
    python -m geo.training.toponyms.recognition ../shared/eval/geoparse --write    # and fit on all into data/

Needs scikit-learn (the extra `dev`). Only weights of features that several documents share are written,
so that the table holds what is general and no text.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from geo.gazetteer import normalise
from geo.geoparsing.recognition.candidate_spans import find_spans
from geo.geoparsing.recognition.features import features_of
from geo.geoparsing.recognition.recognising import best_apart, document_flags
from geo.geoparsing.recognition.spans import Span
from geo.geoparsing.words.tokens import Tokens, tokenise
from geo.progress import progress
from geo.reading.paragraphs import readable
from geo.training import sets
from geo.training.sets import read_lines
from geo.training.toponyms import commands

SETS = ("gwn-first", "geovirus")
FOLDS = 10
NOTE = "Log-odds that a feature adds to a candidate's being a toponym; written by geo/training/toponyms/recognition.py."
LEAST_DOCUMENTS = 8  # a feature of fewer documents is left out
STRENGTH = 0.2  # inverse of the L2 penalty
SHIFT = {
    "cased": 0.4,
    "flat": 0.7,
}  # added to the bias: found best on documents held out, where a miss is likelier than a false alarm
NEAR_DEGREES = 0.5
WEIGHT_OF = {
    "gwn": 2.0,
    "geo": 1.0,
    "DEV": 0.5,
    "edu": 0.3,
    "hea": 0.3,
    "pro": 0.3,
}  # by the first letters of document ids
SMALLEST = 0.05  # weights nearer to zero are left out


@dataclass
class Example:
    """All candidates of one document in one casing."""

    document: str
    tokens: Tokens
    spans: list[Span]
    features: list[list[str]]
    labels: list[int | None]  # None: neither right nor wrong


def unweighed(text: str) -> Tokens:
    """Cut a text into words, every word seen as itself: weights are to be found, not used."""
    tokens = tokenise(text)
    for word in tokens.words:
        word.face = word
    return tokens


def make_example(document: str, text: str, gold: list[dict[str, Any]]) -> Example:
    tokens = unweighed(text)
    candidates = find_spans(tokens)
    flags = document_flags(tokens, candidates)
    wanted = {(t["start"], t["end"]) for t in gold if t["annotated"] and not t["optional"]}
    neutral = [(t["start"], t["end"]) for t in gold if not t["annotated"] or t["optional"]]
    labels: list[int | None] = []
    for c in candidates:
        start, end = tokens.starts[c.first], tokens.end(c.last)
        right = (start, end) in wanted
        labels.append(1 if right else None if any(a < end and start < b for a, b in neutral) else 0)
    features = [features_of(tokens, c, f) for c, f in zip(candidates, flags, strict=True)]
    return Example(document, tokens, candidates, features, labels)


def load(folder: Path, *, flat: bool = True) -> dict[str, list[Example]]:
    """Read both sets: every document as it is, and in capitals and in small letters."""
    examples: dict[str, list[Example]] = {"cased": [], "flat": []}
    for name in SETS:
        gold = {row["id"]: row["toponyms"] for row in read_lines(folder / f"{name}.gold.jsonl")}
        for row in progress(read_lines(folder / f"{name}.reports.jsonl"), what=name):
            text = readable(row["text"])
            examples["cased"].append(make_example(row["id"], text, gold[row["id"]]))
            for form in (text.upper(), text.lower()) if flat else ():
                if len(form) == len(text):
                    examples["flat"].append(make_example(row["id"], form, gold[row["id"]]))
    return examples


def load_muc(folder: Path) -> list[Example]:
    """Read reports in capitals: places that their keys name are toponyms, people that they name are none.

    All other spans are left open, so these teach little but what such places and people look like.
    """
    examples = []
    texts = {row["id"]: row["text"] for row in read_lines(folder / "dev.reports.jsonl")}
    for row in progress(read_lines(folder / "dev.keys.jsonl"), what="muc"):
        incidents = row["incidents"]
        places = {normalise(name) for i in incidents for where in i["where"] for name, _ in where["places"]}
        people = {normalise(name) for i in incidents for name in i.get("targets", ()) if isinstance(name, str)}
        people |= {normalise(name) for i in incidents for name in i.get("perp", [[]])[0] if isinstance(name, str)}
        if places or people:
            examples.append(_silver(row["id"], readable(texts[row["id"]]), places, people))
    return examples


def _silver(document: str, text: str, places: set[str], people: set[str]) -> Example:
    tokens = unweighed(text)
    spans = find_spans(tokens)
    flags = document_flags(tokens, spans)
    plain = [" ".join(word.key for word in tokens.words[c.first : c.last + 1]) for c in spans]
    nouned = {c.first for c in spans if c.noun and c.name.key in places}
    person = {word for name in people for word in name.split() if " " in name} - {w for p in places for w in p.split()}
    labels: list[int | None] = []
    for c, key in zip(spans, plain, strict=True):
        if key in places or (c.noun and c.name.key in places):
            labels.append(None if c.first in nouned and not c.noun else 1)
        elif not c.name.demonym and all(word in person for word in key.split()):
            labels.append(0)
        else:
            labels.append(None)
    return Example(
        document, tokens, spans, [features_of(tokens, c, f) for c, f in zip(spans, flags, strict=True)], labels
    )


def load_insecurity(folder: Path) -> tuple[list[Example], list[Example]]:
    """Read short notes whose keys state country, division and point: names that fit them are toponyms.

    Names that the gazetteer knows in other countries only ("Red Cross", "Toyota") are none.
    Things ("Al-Hol Camp") are toponyms when such a name follows a comma.
    """
    examples: tuple[list[Example], list[Example]] = ([], [])
    keys = {row["id"]: row["incidents"][0] for row in read_lines(folder / "insecurity.keys.jsonl")}
    for row in progress(read_lines(folder / "insecurity.reports.jsonl"), what="insecurity"):
        text = readable(row["text"])
        for form in (text, text.upper()):
            if len(form) == len(text):
                examples[form is not text].append(_note(row["id"], form, keys[row["id"]]))
    return examples


def _note(document: str, text: str, key: dict[str, Any]) -> Example:
    tokens = unweighed(text)
    spans = find_spans(tokens)
    labels = [_fits(c, key) for c in spans]
    right = {c.first for c, label in zip(spans, labels, strict=True) if label}
    for n, c in enumerate(spans):
        if c.source in {"thing", "qualified", "unknown"} and c.last + 1 in right:
            labels[n] = 1 if tokens.gaps[c.last + 1] == ", " else None
    wholes = [set(range(c.first, c.last + 1)) for n, c in enumerate(spans) if labels[n] and c.noun]
    for n, c in enumerate(spans):
        if not c.noun and any({c.first, c.last} <= whole for whole in wholes):
            labels[n] = None
    flags = document_flags(tokens, spans)
    return Example(
        document, tokens, spans, [features_of(tokens, c, f) for c, f in zip(spans, flags, strict=True)], labels
    )


def _fits(span: Span, key: dict[str, Any]) -> int | None:
    rows = span.name.rows
    if span.name.demonym or span.source in {"thing", "unknown"} or not rows:
        return None
    if any(row.kind == "country" for row in rows):
        return 1 if rows[0].country_code == key["country"] else None
    at_home = [row for row in rows if row.country_code == key["country"]]
    if not at_home:
        return 0 if span.source == "name" and all(row.kind in {"settlement", "admin"} for row in rows) else None
    if key.get("admin1") and normalise(key["admin1"]).startswith(span.name.key):
        return 1
    if key.get("lat") is None:
        return None
    near = any(abs(row.lat - key["lat"]) < NEAR_DEGREES and abs(row.lon - key["lon"]) < NEAR_DEGREES for row in at_home)
    return 1 if near else None


def fit(examples: list[Example], mode: str) -> dict[str, float]:
    """Fit one logistic regression."""
    documents: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for features in example.features:
            for feature in features:
                documents[feature].add(example.document)
    general = {feature for feature, found in documents.items() if len(found) >= LEAST_DOCUMENTS}
    rows, labels, importance = [], [], []
    for example in examples:
        for features, label in zip(example.features, example.labels, strict=True):
            if label is not None:
                rows.append(dict.fromkeys((f for f in features if f in general), 1.0))
                labels.append(label)
                importance.append(WEIGHT_OF[example.document[:3]])
    vectorizer = DictVectorizer(dtype=np.float64)
    matrix = vectorizer.fit_transform(rows)
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LogisticRegression(C=STRENGTH, solver="liblinear")
    model.fit(matrix, labels, sample_weight=importance)
    names = vectorizer.get_feature_names_out()
    weights = {str(n): float(w) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= SMALLEST}
    weights["bias"] = float(model.intercept_[0]) + SHIFT[mode]
    return weights


def predict(examples: list[Example], weights: dict[str, float]) -> list[dict[str, Any]]:
    """Recognise in the documents of `examples`; features of a FeatureCollection."""
    found = []
    for example in examples:
        totals = [weights["bias"] + sum(weights.get(f, 0.0) for f in features) for features in example.features]
        for _, c in best_apart(zip(totals, example.spans, strict=True)):
            start, end = example.tokens.starts[c.first], example.tokens.end(c.last)
            properties = {"report_id": example.document, "start": start, "end": end, "text": ""}
            found.append({"type": "Feature", "geometry": None, "properties": properties})
    return found


def cross_validate(examples: list[Example], silver: list[Example], mode: str) -> list[dict[str, Any]]:
    """Predict every document by weights that have not seen it."""
    fold_of = commands.assign_folds((example.document for example in examples), FOLDS)
    found = []
    for fold in progress(range(FOLDS), what=f"folds, {mode}"):
        weights = fit([e for e in examples if fold_of[e.document] != fold] + silver, mode)
        found += predict([e for e in examples if fold_of[e.document] == fold], weights)
    return found


def report(folder: Path, found: list[dict[str, Any]], label: str, errors: int = 0) -> None:
    scorer = sets.scorer("geoparse")
    predictions = scorer.read_predictions({"type": "FeatureCollection", "features": found})
    for name in SETS:
        result, alignment = scorer.score(scorer.read_gold(folder / f"{name}.gold.jsonl"), predictions)
        for matching in ("exact", "overlap"):
            figures = result["fair"][matching]["recognition"]
            print(
                f"{label:8}{name:10}{matching:8} P {figures['precision']:.3f} R {figures['recall']:.3f} F1 {figures['f1']:.3f}"
            )
        if errors:
            scorer.show_errors(alignment, errors)


def main() -> None:
    parser = commands.arguments(__doc__)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--only", default="cased,flat")
    args = parser.parse_args()
    examples = load(args.folder)
    notes, notes_flat = load_insecurity(args.folder.parent / "incidents")
    silver = load_muc(args.folder.parent / "muc") + notes_flat
    for mode in args.only.split(","):
        if not mode:
            continue
        once = examples[mode] if mode == "cased" else examples[mode][::2]
        found = cross_validate(once, notes if mode == "cased" else silver, mode)
        report(args.folder, found, f"{mode}", args.errors)
    if args.write:
        cased, flat = fit(examples["cased"] + notes, "cased"), fit(examples["flat"] + silver, "flat")
        rows = [
            (feature, *(f"{weights.get(feature, 0.0):.3f}" for weights in (cased, flat)))
            for feature in sorted(cased.keys() | flat.keys())
        ]
        commands.write_table("models/toponym_weights.csv", NOTE, ("feature", "cased", "flat"), rows)


if __name__ == "__main__":
    main()
