"""Say of two tables what both have, where they contradict each other, and what only one of them has."""

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.call_arguments import checked
from geo.comparing.matching import Pairs, comparable, pair
from geo.errors import InputError
from geo.gazetteer.normalise import normalise
from geo.importing.accepting import as_incidents
from geo.importing.places import division, without_kind
from geo.incidents import conform
from geo.incidents.contract.schema import coordinates
from geo.vocabulary import CRS

SECTIONS: Final = ("both_agree", "both_contradict", "only_a", "only_b", "not_comparable_a", "not_comparable_b")
NO_DAY: Final = "no day"
RANGES: Final = ("killed", "wounded")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison of two tables found."""

    a: gpd.GeoDataFrame
    b: gpd.GeoDataFrame
    pairs: gpd.GeoDataFrame  # a_id, b_id, score, days_apart, km_apart, agree, contradict; a line, EPSG:4326
    table: pd.DataFrame  # one row per pair or single incident, with `section`, one of SECTIONS
    counts: pd.DataFrame  # month, country, admin1, a, b
    days: int  # the windows in which pairs were looked for
    km: float


@checked
def compare(a: Any, b: Any, *, days: int = 2, km: float = 5.0) -> Comparison:
    """Match two tables of the same events one to one, and list what agrees and what does not.

    Args:
        a: Incidents, as `geo.extract` or `geo.read_layer` gives them, or what `geo.to_map` takes: a path, any table
            of points, reports.
        b: Others.
        days: How many days apart two accounts of one event may lie.
        km: How many kilometres apart, beyond the uncertainty of both.

    Returns:
        Pairs with a score from 0 to 1, the columns in which they agree and contradict, and all other rows.

    Raises:
        InputError: If a window is no number.
        SchemaError, CrsError: If one of them is no table of incidents.
    """
    for name, window in (("days", days), ("km", km)):
        if isinstance(window, bool) or not isinstance(window, int | float) or not 0 <= window < np.inf:
            msg = f"{name}={window!r}; expected a number from 0 on, such as {name}=2."
            raise InputError(msg)
    one, other = (conform(as_incidents(each)) for each in (a, b))
    found = pair(one, other, days=days, km=km)
    verdicts = [
        _verdict(one.iloc[x], other.iloc[y], gap) for x, y, gap in zip(found.a, found.b, found.days_apart, strict=True)
    ]
    pairs = _pairs(one, other, found, verdicts)
    return Comparison(one, other, pairs, _table(one, other, found, pairs), _counts(one, other), days, km)


def _verdict(one: Any, other: Any, gap: int) -> tuple[list[str], list[str]]:
    """Name the columns in which two accounts agree, and those in which they contradict each other."""
    agree: list[str] = []
    contradict: list[str] = []

    def note(name: str, same: bool | None) -> None:  # noqa: FBT001
        if same is not None:
            (agree if same else contradict).append(name)

    note("days", gap == 0)
    note("admin1", _same_division(one, other))
    for what in RANGES:
        note(what, _ranges_meet(one, other, what))
    statuses = {one["status"], other["status"]}
    note("status", False if "denied" in statuses and len(statuses) > 1 else None)
    if not pd.isna(one["sub_event_type"]) and not pd.isna(other["sub_event_type"]):
        note("sub_event_type", True if one["sub_event_type"] == other["sub_event_type"] else None)
    return agree, contradict


def _same_division(one: Any, other: Any) -> bool | None:
    """Compare the provinces of two accounts: as the gazetteer knows them, else by their names."""
    names = [row["admin1"] for row in (one, other)]
    if any(map(pd.isna, names)):
        return None
    known = [division("_admin1", _text(row["country_code"]), row["admin1"]) for row in (one, other)]
    if known[0] is not None and known[1] is not None:
        return known[0].id == known[1].id
    return _bare(names[0]) == _bare(names[1])


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _bare(name: str) -> str:
    """Spellings of one division differ in "al-" and in what it is called."""
    words = normalise(without_kind(name)).split()
    return "".join(word for word in words if word not in {"al", "ad", "as"})


def _ranges_meet(one: Any, other: Any, what: str) -> bool | None:
    low = [row[f"{what}_min"] for row in (one, other)]
    high = [row[f"{what}_max"] for row in (one, other)]
    if any(pd.isna(x) and pd.isna(y) for x, y in zip(low, high, strict=True)):
        return None
    least = [0 if pd.isna(x) else int(x) for x in low]
    most = [np.inf if pd.isna(x) else int(x) for x in high]
    return bool(least[0] <= most[1] and least[1] <= most[0])


def _pairs(
    a: gpd.GeoDataFrame, b: gpd.GeoDataFrame, found: Pairs, verdicts: list[tuple[list[str], list[str]]]
) -> gpd.GeoDataFrame:
    ends = np.stack([coordinates(a)[found.a], coordinates(b)[found.b]], axis=1) if len(found.a) else np.empty((0, 2, 2))
    return gpd.GeoDataFrame(
        {
            "a_id": a["incident_id"].iloc[found.a].to_numpy(),
            "b_id": b["incident_id"].iloc[found.b].to_numpy(),
            "score": found.score.round(3),
            "days_apart": found.days_apart,
            "km_apart": found.km_apart.round(1),
            "agree": pd.Series([", ".join(agree) for agree, _ in verdicts], dtype="str"),
            "contradict": pd.Series([", ".join(against) for _, against in verdicts], dtype="str"),
        },
        geometry=shapely.linestrings(ends) if len(ends) else [],
        crs=CRS,
    )


def _table(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame, found: Pairs, pairs: gpd.GeoDataFrame) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for n, (x, y) in enumerate(zip(found.a, found.b, strict=True)):
        pair = pairs.iloc[n]
        section = "both_contradict" if pair["contradict"] else "both_agree"
        rows.append({"section": section, **pair.drop("geometry").to_dict(), **_side(a, x, "a"), **_side(b, y, "b")})
    for side, table, used in (("a", a, found.a), ("b", b, found.b)):
        can = comparable(table)
        for row in np.setdiff1d(np.arange(len(table)), used):
            section = f"only_{side}" if can[row] else f"not_comparable_{side}"
            rows.append({"section": section, f"{side}_id": table["incident_id"].iloc[row], **_side(table, row, side)})
    columns = ["section", "a_id", "b_id", "score", "days_apart", "km_apart", "agree", "contradict"]
    sides = [f"{side}_{name}" for side in "ab" for name in ("day", "place", "type", "killed", "text")]
    made = pd.DataFrame(rows, columns=[*columns, *sides])
    return made.sort_values("section", key=lambda s: s.map(SECTIONS.index), kind="stable", ignore_index=True)


def _side(table: gpd.GeoDataFrame, row: int, side: str) -> dict[str, Any]:
    row_values = table.iloc[row]
    killed = [row_values["killed_min"], row_values["killed_max"]]
    texts = [span["text"] for span in row_values["evidence"]]
    first, last = (str(row_values[name])[:10] for name in ("date_start", "date_end"))
    day = first if first == last else f"{first} to {last}"
    return {
        f"{side}_day": None if pd.isna(row_values["date_start"]) else day,
        f"{side}_place": row_values["place_name"],
        f"{side}_type": row_values["sub_event_type"]
        if not pd.isna(row_values["sub_event_type"])
        else row_values["event_type"],
        f"{side}_killed": None
        if pd.isna(killed[0])
        else f"{killed[0]}" + ("+" if pd.isna(killed[1]) else f"-{killed[1]}" if killed[1] != killed[0] else ""),
        f"{side}_text": " ".join(texts) or None,
    }


def _counts(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame) -> pd.DataFrame:
    """Count by month and first-level division what each table has."""
    sides = {}
    for side, table in (("a", a), ("b", b)):
        month = table["date_start"].astype("str").str.slice(0, 7).where(table["date_start"].notna(), NO_DAY)
        names = [table[name].astype(object).where(table[name].notna(), "") for name in ("country", "admin1")]
        keys = [month.rename("month"), *names]
        sides[side] = table.groupby(keys, dropna=False).size()
    return pd.DataFrame(sides).fillna(0).astype(int).reset_index()
