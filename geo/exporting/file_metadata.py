"""What a file says of itself: version, sources with their licences, the type of every column.

GeoJSON, GeoPackage, GeoParquet, FlatGeobuf, KML and XLSX carry this note and come back exactly as they were
written; CSV and GeoJSONSeq have no place for it.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from geo.tables import credit_rows
from geo.tabular import datasets

KEY: Final = "geo"


def note(name: str, dtypes: Mapping[str, str]) -> dict[str, Any]:
    """Say what a layer file is.

    Args:
        name: Of the layer, e.g. `incidents`.
        dtypes: The type of every column, by name, in order.
    """
    shown = datasets_in(dtypes)
    return {"layer": name, "version": program_version(), "sources": sources(shown), "columns": dict(dtypes)}


def datasets_in(columns: Iterable[Any]) -> list[str]:
    """Name the datasets of other people whose columns a layer has."""
    names = list(map(str, columns))
    return [known.name for known in datasets().values() if any(name.startswith(f"{known.prefix}_") for name in names)]


def note_text(name: str, dtypes: Mapping[str, str]) -> str:
    """Write the note as JSON on one line."""
    return as_text(note(name, dtypes))


def as_text(said: Mapping[str, Any]) -> str:
    """Write a note as JSON on one line."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def is_promoted(text: str | None) -> bool:
    """Return whether single shapes were written as "Multi" so that a layer has one type."""
    return _parsed(text).get("promoted") is True


def renamed_in(text: str | None) -> dict[str, str]:
    """Say what columns were called before they had to make way: the old name by the one in the file."""
    renamed = _parsed(text).get("renamed")
    known = isinstance(renamed, dict) and all(isinstance(name, str) for name in renamed.values())
    return dict(renamed) if known and isinstance(renamed, dict) else {}


def _parsed(text: str | bytes | None) -> dict[str, Any]:
    """Read a note; {} when it is no JSON object, and so none of ours."""
    try:
        said = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def dtypes_in(text: str | bytes | None) -> dict[str, str] | None:
    """Find the types of the columns in a note; None when it is no note of ours."""
    columns = _parsed(text).get("columns")
    known = isinstance(columns, dict) and all(isinstance(dtype, str) for dtype in columns.values())
    return dict(columns) if known and isinstance(columns, dict) else None


def sources(shown: Collection[str] = ()) -> list[dict[str, str]]:
    """Name whose data a layer holds, and under which licence (data/page/credits.csv).

    Args:
        shown: Datasets of other people of which it holds rows, as the column `dataset` calls them.
    """
    today = datetime.now(tz=UTC).date().isoformat()
    rows = (row for row in credit_rows() if row["dataset"] in ("", *shown))
    return [{key: row[key].replace("{day}", today) for key in ("what", "source", "licence", "url")} for row in rows]


def program_version() -> str:
    """Say which version writes; "0" in a checkout that was never installed."""
    try:
        return version("geo-incidents")
    except PackageNotFoundError:
        return "0"
