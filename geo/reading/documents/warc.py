"""Read the pages of web archives (WARC and ARC, packed or not; warcio)."""

import io
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

from geo.errors import InputError
from geo.reading.decoding import unpacked
from geo.reading.documents.document import Document, NoReportsError, OnNote
from geo.reading.documents.html import documents_in


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the articles of all pages that were fetched whole (status 200, HTML)."""
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415 - few inputs are archives

    passed: Counter[str] = Counter()
    number = 0
    try:
        for record in _records(path, on_note):
            found = _of_record(record, passed, on_note)
            for document in found or ():
                number += 1
                yield replace(document, name=str(number))
            if found is not None and getattr(record.raw_stream, "limit", 0) > 0:
                msg = f"the page {record.rec_headers.get_header('WARC-Target-URI')} is cut off"
                raise EOFError(msg)  # noqa: TRY301 - as warcio says it of archives that end elsewhere
    except (ArchiveLoadFailed, EOFError, ValueError, OSError, BadZipFile, zlib.error) as error:
        msg = f"{path}: is not a complete web archive ({' '.join(str(error).split())[:120]}); fetch it again."
        raise InputError(msg) from error
    counts = ", ".join(f"{n} of {kind}" for kind, n in passed.most_common() if n)
    if counts:
        on_note(f"pages skipped: {counts}")


def _records(path: Path, on_note: OnNote) -> Iterator[Any]:
    """Yield the records of an archive, of all archives of a WACZ, or of one that was packed as a whole."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    if is_zipfile(path):
        with ZipFile(path) as outer:
            for name in outer.namelist():
                if ".warc" in name:
                    with outer.open(name) as member:
                        yield from _quietly(ArchiveIterator(member), on_note)
        return
    any_read = False
    try:
        with path.open("rb") as file:
            for record in _quietly(ArchiveIterator(file), on_note):
                any_read = any_read or record.rec_type != "warcinfo"
                yield record
    except ArchiveLoadFailed as error:
        if any_read or "non-chunked" not in str(error):
            raise
        with unpacked(path) as file:
            yield from _quietly(ArchiveIterator(file), on_note)


def _of_record(record: Any, passed: Counter[str], on_note: OnNote) -> list[Document] | None:
    """Read the page of a record; what is none is counted, and None."""
    if record.rec_type not in {"response", "resource"}:
        return None
    headers = record.http_headers
    if headers is None and record.rec_type == "response":
        return None
    status = headers.get_statuscode() if headers is not None else "200"
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    if status != "200" or "html" not in kind.lower():
        passed["a page with an error" if status != "200" else kind.split(";")[0] or "no type"] += 1
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        found = list(documents_in(record.content_stream().read(), url=url, on_note=on_note))
    except NoReportsError as reason:
        passed[str(reason).split(";")[0].removeprefix("looks like ")] += 1
        return []
    passed["no article"] += not found
    return found


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
