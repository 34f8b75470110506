"""Read the evaluation sets beside the checkout, and hold answers against their keys with the sets' own scorers."""

import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import geo
from geo.earth import GEOD
from geo.incident import Incident
from geo.report import Report
from geo.resources import read_table, seeds_path

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
EVAL = SHARED / "eval"
FILES = {
    "muc": ("muc", "dev"),
    "case2021": ("incidents", "case2021"),
    "case2021other": ("incidents", "case2021other"),
    "insecurity": ("incidents", "insecurity"),
    "articles": ("articles", "articles"),
    "articles dev": ("articles", "articles"),
}
# Whole articles: models are learned from the first; of the second nothing is learned, and only its totals are looked at.
SPLITS = {"articles": "train", "articles dev": "dev"}
# Written by ourselves, one label a text.
SHORT = "short reports"
OWN_TABLES = {"phrases": "training/event_type_examples.csv", SHORT: "training/short_reports.csv"}
OWN_SLOTS = ("sub_event_type", "actor1", "actor2")
CAPITALS = "articles in capitals"  # those for training and the seeds once more, as wires and teleprinters write


def reports(name: str) -> list[Report]:
    """Read the reports of a set.

    "seeds", the "phrases" of data/training/event_type_examples.csv and the "short reports" beside them are the project's
    own; "article" is that of shared/seeds.
    """
    if name == "phrases":
        return [
            Report(id=f"phrase {i}", text=row["phrase"])
            for i, row in enumerate(read_table("training/event_type_examples.csv"))
        ]
    if name == SHORT:
        return [
            Report(id=f"short report {i}", text=row["text"], title=row["title"])
            for i, row in enumerate(read_table("training/short_reports.csv"))
        ]
    if name == "seeds":
        return geo.read(seeds_path())
    if name == CAPITALS:
        return [
            replace(report, text=report.text.upper(), title=report.title.upper())
            for report in (*reports("articles"), *reports("seeds"))
        ]
    if name == "article":
        return geo.read(SHARED / "seeds")
    folder, stem = FILES[name]
    wanted = _articles(name)
    return [
        Report(
            id=row["id"],
            text=row["text"],
            title=row.get("title") or "",
            published=date.fromisoformat(row["published"]) if row.get("published") else None,
        )
        for row in read_lines(EVAL / folder / f"{stem}.reports.jsonl")
        if not wanted or row["id"] in wanted
    ]


@cache
def _articles(name: str) -> frozenset[str]:
    """List the articles of a split; none where the set is another."""
    if name not in SPLITS:
        return frozenset()
    return frozenset(row["id"] for row in read_lines(EVAL / "articles" / "gold.jsonl") if row["split"] == SPLITS[name])


def keys(name: str) -> list[dict[str, Any]]:
    """Read the answer keys of a set: per report its id and its incidents."""
    if name in OWN_TABLES:
        return [
            {"id": f"{name.removesuffix('s')} {i}", "incidents": [{slot: row.get(slot, "") for slot in OWN_SLOTS}]}
            for i, row in enumerate(read_table(OWN_TABLES[name]))
        ]
    if name == "seeds":
        expected = json.loads((seeds_path() / "expected.geojson").read_text("utf-8"))["features"]
        expected_incidents = [{**one["properties"], "_point": one["geometry"]["coordinates"]} for one in expected]
        return [
            {"id": r.id, "incidents": [one for one in expected_incidents if r.id in one["report_ids"]]}
            for r in reports(name)
        ]
    if name == CAPITALS:
        return [*keys("articles"), *keys("seeds")]
    if name == "article":
        return [_article_key(path) for path in sorted((SHARED / "seeds").glob("*.gold.json"))]
    if name in SPLITS:
        return [row for row in read_lines(EVAL / "articles" / "gold.jsonl") if row["split"] == SPLITS[name]]
    folder, stem = FILES[name]
    return read_lines(EVAL / folder / f"{stem}.keys.jsonl")


def _article_key(path: Path) -> dict[str, Any]:
    """Read the key of a seed article in the form that the seeds' key has; without a point the country is meant."""
    labelled = json.loads(path.read_text("utf-8"))
    incidents = [
        {
            "sub_event_type": one["sub_event_type"][0],
            "also_right": one["sub_event_type"][1:],
            "date_start": one["date"][0],
            "date_end": one["date"][1],
            "country_code": one["country_code"],
            "_point": (one["place"]["lon"], one["place"]["lat"]) if one.get("place") else None,
            "within_km": one.get("place", {}).get("within_km"),
        }
        for one in labelled["incidents"]
    ]
    return {"id": labelled["report_id"], "incidents": incidents}


def is_near(key: dict[str, Any], lon: float | None, lat: float | None, country_code: str, reach_m: float) -> bool:
    """Say whether a place agrees with that of a key of the seeds or the article."""
    if key["_point"] is None:
        return bool(country_code == key["country_code"])
    if lon is None or lat is None:
        return False
    apart_m = GEOD.inv(lon, lat, *key["_point"])[2]
    return bool(apart_m <= 1000 * key["within_km"] + reach_m)


def in_days(key: dict[str, Any], first: date | None, last: date | None) -> bool:
    """Say whether days agree with those of a key of the seeds or the article."""
    if first is None or last is None:
        return False
    return first <= date.fromisoformat(key["date_end"]) and date.fromisoformat(key["date_start"]) <= last


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def scorer(folder: str) -> ModuleType:
    """Load the scorer of a set from beside it."""
    name = f"geo_score_{folder}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, EVAL / folder / "score.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


def held_out(report_id: str) -> bool:
    """Say whether a report is of the third that nobody looks at while working."""
    return int(hashlib.sha256(report_id.encode()).hexdigest(), 16) % 3 == 0


def fold(report_id: str, folds: int) -> int:
    """Put a report into one of some folds for cross-validation, the same each time."""
    return int(hashlib.sha256(f"fold {report_id}".encode()).hexdigest(), 16) % folds


def feature(incident: Incident) -> dict[str, Any]:
    """Turn an incident into the properties that the scorers read."""
    found: dict[str, Any] = {name: getattr(incident, name) for name in incident.__slots__}
    for name in ("date_start", "date_end"):
        found[name] = found[name].isoformat() if found[name] else None
    found["report_ids"] = list(incident.report_ids)
    found["evidence"] = [
        {"report_id": item.report_id, "start": item.start, "end": item.end, "text": item.text}
        for item in incident.evidence
    ]
    if incident.lon is not None and incident.lat is not None:
        found["_point"] = (incident.lat, incident.lon)
    return found


def geojson(incident: Incident) -> dict[str, Any]:
    """Turn an incident into the GeoJSON feature that the scorer of the articles reads."""
    properties = feature(incident)
    lat, lon = properties.pop("_point", (None, None))
    point = None if lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "properties": properties, "geometry": point}


@cache
def wrong_slots() -> Any:
    """Load what the scorer of the articles finds wrong slots with."""
    return scorer("articles").seed_wrong_slots()


def pair_articles(found: Sequence[Incident], key: dict[str, Any]) -> list[dict[str, Any] | None]:
    """Pair the incidents of an article with those of its key, as the scorer does.

    Returns:
        For each incident that of the key, with its fair readings; None where it has no partner.
    """
    shown = [geojson(one) for one in found]
    pairs = scorer("articles").pair_up(key["incidents"], shown, wrong_slots())
    partner = {id(feature): name for name, (feature, _) in pairs.items()}
    wanted = {one["key"]: one for one in key["incidents"]}
    return [wanted.get(partner.get(id(one), "")) for one in shown]


def features(incidents: Iterable[Incident]) -> list[dict[str, Any]]:
    """Turn incidents into what the scorers read."""
    return [feature(incident) for incident in incidents]
