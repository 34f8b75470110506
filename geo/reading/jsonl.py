"""Read JSON Lines: one report a line."""

import codecs
import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import IO, Any, Final

from geo.errors import InputError
from geo.reading import metadata
from geo.reading.documents.tables import of_record
from geo.reading.text import LARGEST_BYTES
from geo.report import Report

# A line that holds the longest report, every character of it escaped (\u0627 for two bytes of UTF-8), and its fields.
LONGEST_LINE: Final = 4 * LARGEST_BYTES
_PIECE: Final = 1 << 20
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_lines(
    stream: IO[bytes],
    name: str,
    *,
    published: date | None = None,
    on_problem: Callable[[InputError], None],
    first_line: int = 1,
) -> Iterator[Report]:
    """Yield the reports of a stream one at a time; a line that cannot be used is a problem, the rest goes on.

    Lines end in a line feed alone: a text may hold other separators (U+2028). A report without an id is named by
    the file, without its folder, and the line; the stream begins with line `first_line`.
    """
    short = name.replace("\\", "/").rpartition("/")[2]
    number = 0
    for number, line in enumerate(_lines(stream, name), start=first_line):
        if line is not None and not line.strip():
            continue
        try:
            yield _report(line, f"{name}, line {number}", f"{short}:{number}", published, on_problem)
        except InputError as error:
            on_problem(error)
    if not number:
        on_problem(InputError(f"{name}: empty; expected one JSON object per line."))


def _lines(stream: IO[bytes], name: str) -> Iterator[bytes | None]:
    """Give the lines; None for one that is too long, which is skipped without being held in memory."""
    first = stream.readline(LONGEST_LINE + 1)
    if first.startswith(_UTF16):
        yield from _lines_of_utf16(first + stream.read(), name)
        return
    line = first
    while line:
        if len(line) > LONGEST_LINE:
            while (rest := stream.readline(_PIECE)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line
        line = stream.readline(LONGEST_LINE + 1)


def _lines_of_utf16(raw: bytes, name: str) -> Iterator[bytes]:
    try:
        yield from io.BytesIO(raw.decode("utf-16").encode("utf-8", "surrogatepass"))
    except UnicodeError as error:
        msg = f"{name}: begins like UTF-16 but is not ({error}); save it as UTF-8."
        raise InputError(msg) from error


def _report(
    line: bytes | None, where: str, default_id: str, published: date | None, on_problem: Callable[[InputError], None]
) -> Report:
    if line is None:
        msg = f"{where}: more than {LONGEST_LINE / 1e6:.0f} MB in one line, more than one report may have."
        raise InputError(msg)
    found = _object(line, where)
    text = found.get("text")
    if not isinstance(text, str) or not text.strip():
        found = _as_tables_call_it(found)
        text = found.get("text")
    if not isinstance(text, str) or not text.strip():
        msg = f'{where}: no text; expected an object with at least "text".'
        raise InputError(msg)
    if len(text) > LARGEST_BYTES:
        msg = f"{where}: a text of {len(text) / 1e6:.0f} MB, more than one report may have."
        raise InputError(msg)
    known = {"id": default_id, **metadata.fields(found, where, on_problem)}
    known["published"] = known["published"] or published
    return Report(**known, text=text, source=where)


def _as_tables_call_it(found: dict[str, Any]) -> dict[str, Any]:
    """Find the text under "body", "content" and the other names that tables of articles have for it, and the rest."""
    document = of_record({key: value for key, value in found.items() if isinstance(value, str) and value}, "")
    if document is None:
        return found
    known = {key: getattr(document, key) for key in ("title", "publisher", "url", "language", "text")}
    return {**found, **{key: value for key, value in known.items() if value}, "id": document.name or found.get("id")}


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        msg = f'{where}: not JSON ({error}); expected an object such as {{"id": "a1", "text": "..."}}.'
        raise InputError(msg) from error
    if not isinstance(found, dict):
        msg = f'{where}: no text; expected an object with at least "text".'
        raise InputError(msg)
    return found
