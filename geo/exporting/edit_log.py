"""Let a GeoPackage remember what a person does to it.

Triggers write every later change of a layer into the table `geo_edits`: which row was added or
dropped, which columns of which row were changed. QGIS, GDAL and any other editor fire them, since
they belong to SQLite. Writing costs nothing by it; QGIS lists the log as a table without geometry.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from geo.incidents.review import DECIDABLE, Edits

LOG: Final = "geo_edits"
EDITS: Final = frozenset({"added", "changed", "dropped"})


def install(database: sqlite3.Connection, table: str, dropped: Iterable[Mapping[str, Any]] = ()) -> None:
    """Begin to log the edits of a layer.

    Args:
        database: The GeoPackage, when its layers are written.
        table: The layer of incidents.
        dropped: Incidents that a person threw out in earlier rounds, as `apply_review` leaves
            them in `attrs["dropped"]`.
    """
    layer, columns = quoted(table), _columns(database, table)
    database.execute(
        f"CREATE TABLE {LOG} (id INTEGER PRIMARY KEY, layer TEXT NOT NULL, edit TEXT NOT NULL, "
        '"column" TEXT, incident_id TEXT, evidence TEXT, "row" TEXT)'
    )
    log = f'INSERT INTO {LOG} (layer, edit, "column", incident_id, evidence) VALUES ({_text(table)}, '  # noqa: S608
    rows = [(table, kept["incident_id"], _as_evidence(kept["spans"]), _as_json(kept.get("row"))) for kept in dropped]
    database.executemany(
        f"INSERT INTO {LOG} (layer, edit, incident_id, evidence, \"row\") VALUES (?, 'dropped', ?, ?, ?)",  # noqa: S608
        rows,
    )
    steps = {
        "added": ("INSERT", "", "'added', NULL, NEW.incident_id, NULL"),
        "dropped": ("DELETE", "", "'dropped', NULL, OLD.incident_id, OLD.evidence"),
    }
    for name in columns:
        if name in DECIDABLE:
            column = quoted(name)
            when = f"WHEN OLD.{column} IS NOT NEW.{column}"
            steps[name] = ("UPDATE", when, f"'changed', {_text(name)}, OLD.incident_id, NULL")
    for name, (event, when, values) in steps.items():
        trigger = quoted(f"{LOG}_{table}_{name}")
        database.execute(f"CREATE TRIGGER {trigger} AFTER {event} ON {layer} {when} BEGIN {log}{values}); END")


def read_edits(path: Path | str, layer: str | None = None) -> Edits | None:
    """Read what a person did to a layer since `geo` wrote it.

    Args:
        path: Any file of incidents.
        layer: The layer's name; the only logged one when not given.

    Returns:
        The edits, none when nothing was edited; None when the file keeps no log (another
        format, or a copy that QGIS saved under a new name).
    """
    if not _is_sqlite(Path(path)):
        return None
    with closing(connected(Path(path))) as database:
        try:
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (LOG,)).fetchone():
                return None
            whole = '"row"' if "row" in _columns(database, LOG) else "NULL"  # files of earlier versions
            rows = database.execute(
                f'SELECT edit, "column", incident_id, evidence, {whole} FROM {LOG} '  # noqa: S608
                "WHERE ? IS NULL OR layer = ? ORDER BY id",
                (layer, layer),
            ).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError):  # a table of that name, but not ours, or broken
            return None
    return _edits_of([row for row in rows if row[0] in EDITS and all(map(_is_text, row))])


def connected(path: Path) -> sqlite3.Connection:
    """Open a database to read; texts that are not UTF-8 cost nothing but themselves."""
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return database


def _is_text(cell: Any) -> bool:
    return cell is None or isinstance(cell, str)


def _edits_of(rows: Iterable[tuple[Any, ...]]) -> Edits:
    changed: dict[str, frozenset[str]] = {}
    added: set[str] = set()
    dropped: dict[str, frozenset[tuple[str, int]]] = {}
    rejected: dict[str, dict[str, Any]] = {}
    for edit, column, incident_id, evidence, row in rows:
        if row:
            rejected[incident_id] = _as_row(row)
        elif edit == "dropped" and incident_id not in added:
            dropped[incident_id] = _spans(evidence)
        elif edit == "dropped":
            added.discard(incident_id)
        elif edit == "added":
            # GDAL deletes and writes a row anew when it changes its number: that is no new row.
            if dropped.pop(incident_id, None) is None and incident_id:
                added.add(incident_id)
        elif edit == "changed" and isinstance(column, str):
            changed[incident_id] = changed.get(incident_id, frozenset()) | {column}
    return Edits(
        changed=changed, added=frozenset(added), dropped=dropped, rejected=tuple(filter(None, rejected.values()))
    )


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA table_info({quoted(table)})")]


def _as_json(row: Mapping[str, Any] | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)


def _as_row(text: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _as_evidence(spans: Iterable[tuple[str, int]]) -> str:
    return json.dumps([{"report_id": report, "start": start} for report, start in spans], ensure_ascii=False)


def _spans(evidence: str | None) -> frozenset[tuple[str, int]]:
    """Read where the evidence of a dropped row stood; a person may have left anything there."""
    try:
        spans = json.loads(evidence or "[]")
        return frozenset((str(span["report_id"]), int(span["start"])) for span in spans)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return frozenset()


def quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
