"""Read JSON Lines: one report a line."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from geo.errors import InputError
from geo.reading import metadata
from geo.reading.text import LARGEST_BYTES
from geo.report import Report


def read_lines(
    stream: Iterable[bytes],
    name: str,
    *,
    published: date | None = None,
    on_problem: Callable[[InputError], None],
) -> Iterator[Report]:
    """Yield the reports of a stream one at a time; a line that cannot be used is a problem, the rest goes on.

    Lines end in a line feed alone: a text may hold other separators (U+2028).
    """
    number = 0
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            yield _report(line, f"{name}, line {number}", f"{name}:{number}", published)
        except InputError as error:
            on_problem(error)
    if not number:
        on_problem(InputError(f"{name}: empty; expected one JSON object per line."))


def _report(line: bytes, where: str, default_id: str, published: date | None) -> Report:
    if len(line) > LARGEST_BYTES:
        msg = f"{where}: {len(line) / 1e6:.0f} MB in one line, more than one report may have."
        raise InputError(msg)
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        msg = f'{where}: not JSON ({error}); expected an object such as {{"id": "a1", "text": "..."}}.'
        raise InputError(msg) from error
    if not isinstance(found, dict) or not isinstance(found.get("text"), str) or not found["text"].strip():
        msg = f'{where}: no text; expected an object with at least "text".'
        raise InputError(msg)
    fields = metadata.fields({"id": default_id, **{k: v for k, v in found.items() if v not in (None, "")}}, where)
    fields["published"] = fields["published"] or published
    return Report(**fields, text=found["text"], source=where)
