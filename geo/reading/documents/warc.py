"""Read the pages of web archives (WARC and ARC, packed or not; warcio)."""

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from pathlib import Path
from typing import Any

from geo.errors import InputError
from geo.reading.documents.document import Document, NoReportsError, OnNote
from geo.reading.documents.html import documents_in


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the articles of all pages that were fetched whole (status 200, HTML)."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - few inputs are archives
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    passed: Counter[str] = Counter()
    number = 0
    with path.open("rb") as file:
        try:
            for record in _quietly(ArchiveIterator(file), on_note):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                status, kind = (
                    record.http_headers.get_statuscode(),
                    record.http_headers.get_header("Content-Type") or "",
                )
                if status != "200" or "html" not in kind.lower():
                    passed["a page with an error" if status != "200" else kind.split(";")[0] or "no type"] += 1
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                try:
                    found = list(documents_in(record.content_stream().read(), url=url, on_note=on_note))
                except NoReportsError as reason:
                    passed[str(reason).split(";")[0].removeprefix("looks like ")] += 1
                    continue
                passed["no article"] += not found
                for document in found:
                    number += 1
                    yield _named(document, number)
                if getattr(record.raw_stream, "limit", 0) > 0:
                    msg = f"the page {url} is cut off"
                    raise EOFError(msg)  # noqa: TRY301 - as warcio says it of archives that end elsewhere
        except (ArchiveLoadFailed, EOFError, ValueError, OSError) as error:
            msg = f"{path}: is not a complete web archive ({' '.join(str(error).split())[:120]}); fetch it again."
            raise InputError(msg) from error
    counts = ", ".join(f"{n} of {kind}" for kind, n in passed.most_common() if n)
    if counts:
        on_note(f"pages skipped: {counts}")


def _quietly(records: Iterator[Any], on_note: OnNote) -> Iterator[Any]:
    """Yield records; what warcio writes to standard error, which a person cannot use, becomes one sentence."""
    while True:
        with redirect_stderr(io.StringIO()) as said:
            record = next(records, None)
        if said.getvalue():
            on_note("a record in it is not as long as it says; what follows may be cut off")
        if record is None:
            return
        yield record


def _named(document: Document, number: int) -> Document:
    return replace(document, name=str(number))
