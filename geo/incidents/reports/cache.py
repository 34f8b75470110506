"""Keep the incidents of reports that were read before, by the reports' content; safe to delete at any time."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from geo.additions.rows import added_state
from geo.atomic import whole_file
from geo.errors import ExportError
from geo.incident import Evidence, Incident
from geo.report import Report
from geo.resources import PACKAGE, data_path

DAYS: Final = ("date_start", "date_end")


class ReportCache:
    """A folder with one file per report, named by everything that decides what is read out of it."""

    def __init__(self, folder: Path, *, gazetteer: Path | None = None) -> None:
        """Open the cache.

        Args:
            folder: Made when it is not there.
            gazetteer: Folder of the user's own places, which change what a report is read as.
        """
        self.folder = folder
        self._vocabulary = added_state()
        self._state = reading_state(gazetteer)

    def get(self, report: Report) -> list[Incident] | None:
        """Give the incidents of a report; None when it is new, or the file cannot be read."""
        try:
            rows = json.loads(self._path(report).read_text(encoding="utf-8"))
            return [_from_json(row) for row in rows]
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, report: Report, incidents: Sequence[Incident]) -> None:
        """Keep the incidents of a report; a folder that cannot be written to is no error.

        Nothing is kept once the user's vocabulary has changed: nobody knows which one the report was read with.
        """
        if added_state() != self._vocabulary:
            return
        try:
            with whole_file(self._path(report)) as temporary:
                rows = [asdict(incident) for incident in incidents]
                temporary.write_text(json.dumps(rows, default=str, ensure_ascii=True), encoding="utf-8")
        except (OSError, ExportError):
            return

    def _path(self, report: Report) -> Path:
        known = [report.id, report.text, report.title, str(report.published), report.publisher, report.language]
        digest = hashlib.sha256("\0".join([self._state, *known]).encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / digest[:2] / f"{digest[2:]}.json"


def reading_state(gazetteer: Path | None) -> str:
    """Sum up what besides a report decides its incidents: the code, the tables, the words and places of the user."""
    digest = hashlib.sha256(repr(added_state()).encode("utf-8", "surrogatepass"))
    folders = [(PACKAGE, "*.py"), (data_path("."), "*.csv"), *([(gazetteer, "*")] if gazetteer else [])]
    for folder, pattern in folders:
        for path in sorted(p for p in folder.rglob(pattern) if p.is_file()):
            about = path.stat()
            digest.update(f"{path.name}:{about.st_size}:{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _from_json(row: dict[str, Any]) -> Incident:
    row = {field.name: row[field.name] for field in fields(Incident)}
    days = {name: row[name] and date.fromisoformat(row[name]) for name in DAYS}
    lists = {name: tuple(row[name]) for name in ("report_ids", "in_response_to")}
    return Incident(**{**row, **days, **lists, "evidence": tuple(Evidence(**span) for span in row["evidence"])})
