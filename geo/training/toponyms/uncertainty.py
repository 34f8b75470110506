"""Fit how wide circles must be drawn, so that nine of ten true places lie inside.

    python -m geo.training.toponyms.uncertainty ../shared/eval            # say what share lies inside, by precision
    python -m geo.training.toponyms.uncertainty ../shared/eval --write    # and fit data/models/uncertainty.csv

True places: the points of Insecurity Insight that the source calls exact, against the finest place that the
note states; and the gold toponyms of GeoWebNews and GeoVirus below the country, against the location there,
where the right place was found (within 161 km): a namesake elsewhere is a matter of confidence, not of reach.
Cross-validated: the shares of held-out reports are printed, each fold fitted on the others.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geo.earth import GEOD
from geo.geoparsing import Location, find_locations
from geo.geoparsing.location.uncertainty import calibration
from geo.progress import progress
from geo.report import Report
from geo.training.sets import read_lines
from geo.training.toponyms import commands

# A little more than nine of ten: of reports unseen, some are put at another place that they name.
WANTED = 0.92
FOLDS = 5
FINEST = {"site": 0, "near": 1, "settlement": 1, "admin": 2, "region": 3, "country": 4}
SURE = 0.8  # from this confidence on, a narrower circle
RIGHT_M = 161_000
# The gold's point of a province is its middle, and of "north of Mosul" Mosul: only of these is it where things are.
POINTS = {"site", "settlement"}
# Places; with fewer a class keeps the table's row. So do sure sites, of which 22 are known: their own reach and 1 km
# hold 19; the others are 10 to 79 km off, where the report or the gold means something else by the name.
LEAST = 30
NOTE = (
    "Radius in which 90 % of true places lie: the reach of the place times `times`, plus `plus_m` metres; `sure`: "
    "the location's confidence is 0.8 or more. Fitted by geo/training/toponyms/uncertainty.py where it "
    "knows 30 places or more; other rows are set by hand."
)


@dataclass(frozen=True)
class Case:
    """One location with the distance of the truth from it."""

    report: str
    geo_precision: str
    sure: bool
    reach_m: float
    error_m: float
    corpus: str


def case(report: str, location: Location, lon: float, lat: float, corpus: str) -> Case:
    error = GEOD.inv(location.lon, location.lat, lon, lat)[2]
    sure = location.confidence >= SURE
    times, plus = calibration()[location.geo_precision, sure]
    return Case(report, location.geo_precision, sure, (location.uncertainty_m - plus) / times, error, corpus)


def insecurity(folder: Path) -> Iterator[Case]:
    keys = {row["id"]: row["incidents"][0] for row in read_lines(folder / "insecurity.keys.jsonl")}
    for row in progress(read_lines(folder / "insecurity.reports.jsonl"), what="insecurity"):
        key = keys[row["id"]]
        if key.get("lat") is None or key.get("geo_precision") != 1:
            continue
        found = [spot for spot in find_locations(Report(id=row["id"], text=row["text"])) if spot.kind == "place"]
        if found:
            best = min(found, key=lambda spot: (FINEST[spot.geo_precision], spot.start))
            yield case(row["id"], best, key["lon"], key["lat"], "insecurity")


def gold(folder: Path) -> Iterator[Case]:
    for name in ("gwn-first", "geovirus"):
        toponyms = {row["id"]: row["toponyms"] for row in read_lines(folder / f"{name}.gold.jsonl")}
        for row in progress(read_lines(folder / f"{name}.reports.jsonl"), what=name):
            by_end = {spot.end: spot for spot in find_locations(Report(id=row["id"], text=row["text"]))}
            for toponym in toponyms[row["id"]]:
                spot = by_end.get(toponym["end"])
                if spot is None or toponym["lat"] is None or toponym["country"] or spot.kind == "nationality":
                    continue
                if spot.geo_precision not in POINTS:
                    continue
                one = case(row["id"], spot, toponym["lon"], toponym["lat"], name)
                if one.error_m <= RIGHT_M:
                    yield one


def fit(cases: list[Case]) -> dict[tuple[str, bool], tuple[float, float]]:
    """Widen each class by a constant, or narrow it by a factor, until nine of ten lie inside."""
    table = dict(calibration())
    classes: dict[tuple[str, bool], list[Case]] = defaultdict(list)
    for one in cases:
        classes[one.geo_precision, one.sure].append(one)
    for key, members in classes.items():
        if len(members) >= LEAST:
            beyond = max(0.0, float(np.quantile([one.error_m - one.reach_m for one in members], WANTED)))
            ratio = float(np.quantile([one.error_m / one.reach_m for one in members], WANTED))
            table[key] = (
                (1.0, round(beyond, -2))
                if ratio > 1
                else (round(max(ratio, 1.0 if key[0] not in POINTS else 0.5), 2), 0.0)
            )
    for sure in (True, False):  # what is only near a town is no surer than the town
        times, plus = table["near", sure]
        table["near", sure] = (times, max(plus, table["settlement", sure][1] + 5000))
    return table


def inside(cases: list[Case], table: dict[tuple[str, bool], tuple[float, float]]) -> list[bool]:
    return [
        one.error_m <= one.reach_m * table[one.geo_precision, one.sure][0] + table[one.geo_precision, one.sure][1]
        for one in cases
    ]


def held_out_ratios(folder: Path) -> list[float]:
    """Give for every true place how far off it is, in radii of the circle that folds without it would draw."""
    cases = [*insecurity(folder / "incidents"), *gold(folder / "geoparse")]
    fold_of = commands.assign_folds((one.report for one in cases), FOLDS)
    ratios = []
    for fold in range(FOLDS):
        table = fit([one for one in cases if fold_of[one.report] != fold])
        for one in cases:
            if fold_of[one.report] == fold:
                times, plus = table[one.geo_precision, one.sure]
                ratios.append(one.error_m / (one.reach_m * times + plus))
    return ratios


def main() -> None:
    args = commands.arguments(__doc__).parse_args()
    cases = [*insecurity(args.folder / "incidents"), *gold(args.folder / "geoparse")]
    fold_of = commands.assign_folds((one.report for one in cases), FOLDS)
    held_out: list[tuple[Case, bool]] = []
    for fold in range(FOLDS):
        table = fit([one for one in cases if fold_of[one.report] != fold])
        test = [one for one in cases if fold_of[one.report] == fold]
        held_out += zip(test, inside(test, table), strict=True)
    for label, chosen in _classes(held_out):
        shares = [ok for one, ok in held_out if one in chosen]
        if shares:
            print(f"{label:24}{len(shares):6} places   {np.mean(shares):.3f} inside, held out")
    if args.write:
        rows = [
            (precision, "yes" if sure else "no", times, plus) for (precision, sure), (times, plus) in fit(cases).items()
        ]
        commands.write_table("models/uncertainty.csv", NOTE, ("geo_precision", "sure", "times", "plus_m"), rows)


def _classes(held_out: list[tuple[Case, bool]]) -> Iterator[tuple[str, set[Case]]]:
    cases = [one for one, _ in held_out]
    yield "all", set(cases)
    for corpus in dict.fromkeys(one.corpus for one in cases):
        yield corpus, {one for one in cases if one.corpus == corpus}
    for precision in FINEST:
        for sure in (True, False):
            label = f"{precision}, {'sure' if sure else 'unsure'}"
            yield label, {one for one in cases if one.geo_precision == precision and one.sure == sure}


if __name__ == "__main__":
    main()
