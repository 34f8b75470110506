"""Write incidents under other people's headers: ACLED, UCDP GED, or geo's own table with a row of HXL tags.

One way, on request, and with every loss reported: claims and denials have no place in ACLED and UCDP GED, nor have
ranges, evidence by the letter, or circles of uncertainty.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from geo.atomic import whole_file
from geo.exporting import csvfile
from geo.exporting.foreign_cells import cell
from geo.exporting.spreadsheet_cells import DANGEROUS
from geo.incidents import COLUMNS, conform
from geo.resources import read_table
from geo.tabular import normal

HAPPENED: Final = ("reported", "alleged")
ORGANISED: Final = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
NAMED: Final = 5  # columns that are lost, of more the number
_FORMULA: Final = re.compile(DANGEROUS)


def write_as(layer: gpd.GeoDataFrame, path: Path, dataset: str) -> list[str]:
    """Write incidents as another dataset's CSV.

    Args:
        layer: Incidents; `geo.incidents.conform` makes them of any layer.
        path: The file to write.
        dataset: `acled`, `ucdp` or `hxl`.

    Returns:
        What was written and what was lost, one line each.
    """
    incidents = conform(layer)  # names what cannot be an incident
    with whole_file(path) as temporary:
        if dataset == "hxl":
            _write_hxl(incidents, temporary)
            return [f"{_counted(incidents)} written to {path}, with a row of HXL tags."]
        kept, left_out = _fitting(incidents, dataset)
        headers = _headers(dataset)
        own = _own_columns(kept, dataset)
        with temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(headers)
            for row, cells in zip(kept.itertuples(index=False), own, strict=True):
                writer.writerow([_harmless(cell(row, cells, name, value)) for name, value in headers.items()])
    written = f"{_counted(kept)} written to {path} under the headers of {dataset.upper()}"
    lost = _lost(kept, dataset, headers)
    return [
        f"{written}. What they cannot hold: {', '.join(lost)}." if lost else f"{written}; nothing is lost.",
        *left_out,
    ]


def _counted(incidents: gpd.GeoDataFrame) -> str:
    return f"{len(incidents):,} incident{'' if len(incidents) == 1 else 's'}"


def _own_columns(kept: gpd.GeoDataFrame, dataset: str) -> list[dict[str, Any]]:
    """Give the cells that rows of the dataset came with, by header; whatever the case of theirs was."""
    prefix = f"{dataset}_"
    names = [str(name) for name in kept.columns if str(name).startswith(prefix)]
    called = kept[names].rename(columns={name: normal(name.removeprefix(prefix)) for name in names})
    return [{str(key): value for key, value in row.items()} for row in called.to_dict("records")]


def _lost(kept: gpd.GeoDataFrame, dataset: str, headers: Collection[str]) -> list[str]:
    """Say what of these incidents the dataset has no columns for."""
    lost = [what for what, holds in _WITHOUT[dataset].items() if holds(kept)]
    prefix = f"{dataset}_"
    others = [
        str(name)
        for name in kept.columns
        if name not in COLUMNS
        and name != "dataset"
        and not (str(name).startswith(prefix) and normal(str(name).removeprefix(prefix)) in headers)
    ]
    more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
    return [*lost, f"the columns {', '.join(others[:NAMED])}{more}"] if others else lost


def _any(*names: str) -> Callable[[gpd.GeoDataFrame], bool]:
    return lambda kept: any(
        bool(kept[name].map(len).any()) if kept[name].dtype == object else bool(kept[name].notna().any())
        for name in names
    )


def _is_range(kept: gpd.GeoDataFrame) -> bool:
    return bool(kept["date_precision"].isin(["range", "year"]).any())


_WITHOUT: Final[dict[str, dict[str, Callable[[gpd.GeoDataFrame], bool]]]] = {
    "acled": {
        "ranges of casualties": _any("killed_max"),
        "that the number of dead is unknown (written as 0)": lambda kept: bool(kept["killed_min"].isna().any()),
        "first and last days (written as a week or month)": _is_range,
        "the wounded": _any("wounded_min", "wounded_max"),
        "weapons": _any("weapon"),
        "descriptions of places": _any("place_text"),
        "reports": _any("report_ids"),
        "confidence": _any("confidence"),
    },
    "ucdp": {
        "explosions (written as battles)": lambda kept: bool(kept["event_type"].str.startswith("Expl").any()),
        "sub-event types": _any("sub_event_type"),
        "open numbers of dead (written as exact)": lambda kept: bool(kept["killed_max"].isna().any()),
        "the wounded": _any("wounded_min", "wounded_max"),
        "weapons": _any("weapon"),
        "circles of uncertainty": lambda kept: bool(kept["geo_precision"].eq("site").any()),
        "reports": _any("report_ids"),
        "confidence": _any("confidence"),
    },
}


def _fitting(incidents: gpd.GeoDataFrame, dataset: str) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Leave out what the dataset has no rows for, and count it."""
    happened = incidents["status"].isin(HAPPENED).fillna(value=False) | incidents["status"].isna()
    dated = incidents["date_start"].notna()
    reasons = [
        (~happened, "claims, denials, plans and threats"),
        (happened & ~dated, "incidents without a day"),
    ]
    fits = happened & dated
    if dataset == "ucdp":
        dead = incidents[["killed_min", "killed_max"]].max(axis=1)
        deadly = (dead > 0).fillna(value=False).astype(bool)
        lethal_types = incidents["event_type"].isin(
            ["Battles", "Explosions/Remote violence", "Violence against civilians"]
        )
        reasons.append((fits & ~deadly, "incidents without a death, which are no rows of UCDP GED"))
        reasons.append((fits & deadly & ~lethal_types, "incidents of types that are no organised violence"))
        fits &= deadly & lethal_types
    lost = [f"left out: {what}: {int(rows.sum()):,}." for rows, what in reasons if rows.any()]
    kept = incidents[fits.astype(bool)].copy()
    kept["date_end"] = kept["date_end"].fillna(kept["date_start"])
    for name in ("date_start", "date_end"):
        kept[name] = kept[name].dt.date  # days, not midnights
    return kept, lost


@cache
def _headers(dataset: str) -> dict[str, str]:
    rows = read_table("importing/written_columns.csv")
    return {row["header"]: row["value"] for row in rows if row["dataset"] == dataset}


def _harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, as all of geo's tables do."""
    try:
        float(text)
    except ValueError:
        return f"'{text}" if _FORMULA.match(text) else text
    return text


def _write_hxl(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """Write geo's own CSV, and the tags as its second row."""
    csvfile.write(incidents, path, name=path.stem)
    tags = _headers("hxl")
    with path.open(encoding="utf-8", newline="") as file:
        lines = file.read()
    header, end, rest = _first_line(lines)
    cells = [tags.get(name, "") for name in next(csv.reader(io.StringIO(header)))]
    path.write_text(f"{header}{end}{','.join(cells)}{end}{rest}", encoding="utf-8", newline="")


def _first_line(text: str) -> Iterator[str]:
    return iter(text.partition("\n"))
