"""Read one text or Markdown file as one report."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from geo.errors import InputError
from geo.reading import metadata
from geo.reading.decoding import decode
from geo.reading.documents.items import part_text
from geo.reading.front_matter import front_matter, front_matter_end
from geo.report import Report

# The longest reports that people write are books; beyond this a file holds something else.
LARGEST_BYTES = 10_000_000
_HEADING = re.compile(r"\s*#\s+(\S[^\n]*)")


def read_text(path: Path, *, published: date | None = None, on_problem: Callable[[InputError], None]) -> Report:
    """Read a file with optional front matter or a sidecar NAME.meta.json.

    Where the two differ, the front matter counts, since it travels with the text. The report's text
    is the whole file, front matter included, so that offsets point into the file.

    Args:
        path: The file.
        published: The day of publication when the file does not say.
        on_problem: Called for metadata that cannot be used while the report can.

    Raises:
        InputError: If the file is missing, empty, binary, too large or has broken metadata.
    """
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        msg = (
            f"{path}: {size / 1e6:.0f} MB, more than the {LARGEST_BYTES / 1e6:.0f} MB that one report may have; "
            "split it into one file per report, or into JSON Lines."
        )
        raise InputError(msg)
    text = decode(path.read_bytes(), path)
    known = {**metadata.sidecar(path), **front_matter(text)}
    body = text[front_matter_end(text) :]
    if not body.strip():
        msg = f"{path}: front matter but no text below it; expected the text of a report."
        raise InputError(msg)
    heading = _HEADING.match(body)
    if heading and path.suffix.lower() in {".md", ".markdown"}:
        known.setdefault("title", heading[1].strip())
    fields = {"id": sayable(path.stem), **metadata.fields(known, path, on_problem)}
    fields["published"] = fields["published"] or published
    return Report(**fields, text=text, source=str(path))


def parts_of(report: Report) -> list[Report]:
    """Part a text that holds several reports, each under its day (a log, a daily); itself where it is one."""
    body = report.text[front_matter_end(report.text) :]
    path = Path(report.source)
    name = sayable(path.name) if report.id == sayable(path.stem) else report.id
    return [
        replace(report, id=f"{name}:{n}", text=text, title=title or report.title, published=day, source=f"{path}, {n}")
        for n, (text, title, day) in enumerate(part_text(body, report.published, title=report.title), 1)
    ] or [report]


def sayable(name: str) -> str:
    """Make a file name of an old archive, which is not UTF-8, one that can be written: as Windows-1252."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("cp1252", "replace")
    return name
