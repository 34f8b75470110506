"""Read one text or Markdown file as one report."""

import re
from datetime import date
from pathlib import Path

from geo.errors import InputError
from geo.reading import metadata
from geo.reading.decoding import decode
from geo.reading.layout import front_matter_end
from geo.report import Report

# The longest reports that people write are books; beyond this a file holds something else.
LARGEST_BYTES = 10_000_000
_HEADING = re.compile(r"\s*#\s+(\S[^\n]*)")


def read_text(path: Path, *, published: date | None = None) -> Report:
    """Read a file with optional front matter or a sidecar NAME.meta.json.

    Where the two differ, the front matter counts, since it travels with the text. The report's text
    is the whole file, front matter included, so that offsets point into the file.

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
    known = {"id": path.stem, **metadata.sidecar(path), **metadata.front_matter(text, path)}
    body = text[front_matter_end(text) :]
    if not body.strip():
        msg = f"{path}: front matter but no text below it; expected the text of a report."
        raise InputError(msg)
    heading = _HEADING.match(body)
    if heading and path.suffix.lower() in {".md", ".markdown"}:
        known.setdefault("title", heading[1].strip())
    fields = metadata.fields(known, path)
    fields["published"] = fields["published"] or published
    return Report(**fields, text=text, source=str(path))
