"""Read the text layer of a PDF (pypdfium2).

Columns come in their order; running heads and page numbers are left out, hyphens at the ends of lines undone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final

from geo.errors import InputError
from geo.reading.documents.document import Document, OnNote, paragraphs
from geo.reading.documents.page_layout import Line, in_reading_order

EDGE: Final = 0.12  # share of a page's height in which running heads and feet stand
_NUMBER: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(r"[\W_]*(?:page|p\.?)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\W_]*", re.IGNORECASE)
_NO_TITLE: Final = re.compile(
    r"(?i)untitled|microsoft word|powerpoint|\.(?:docx?|pdf|indd|qxd|tex)$|^\(anonymous\)$|^\W*$"
)
_ENDS: Final = (".", "!", "?", ":", '"', "”", "…")
GAP: Final = 1.6  # times the usual distance of lines: a new paragraph
SHORT: Final = 0.85  # of the column's width: a last line


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the text of a PDF.

    Raises:
        InputError: If it is locked, broken, or only pictures.
    """
    import pypdfium2  # noqa: PLC0415 - few inputs are PDF

    try:
        book = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        why = (
            "is password-protected; save it without a password"
            if locked
            else "cannot be read as a PDF; fetch or save it again"
        )
        msg = f"{path}: {why}."
        raise InputError(msg) from error
    try:
        pages = [_lines(page) for page in book]
        title = str(book.get_metadata_dict().get("Title") or "").strip()
    finally:
        book.close()
    bare = sum(not lines for lines, _ in pages)
    if bare == len(pages):
        msg = f"{path}: only pictures, no text layer; run OCR on it first (ocrmypdf, for example)."
        raise InputError(msg)
    if bare:
        on_note(f"{bare} of its {len(pages)} pages are only pictures: run OCR on it to read them")
    kept = _without_running_heads(pages)
    text = paragraphs(_blocks(kept))
    if text:
        yield Document(text=text, title=title if title and not _NO_TITLE.search(title) else _largest(kept))


def _lines(page: Any) -> tuple[list[Line], float]:
    """Give the lines of a page in the order in which they are read, and the page's height."""
    text_page = page.get_textpage()
    height = page.get_height()
    return in_reading_order(list(_pieces(text_page, height))), height


def _pieces(text_page: Any, height: float) -> Iterator[Line]:
    """Gather characters, in the order of the file, into pieces of lines without a wide gap."""
    text = text_page.get_text_range().replace("\r\n", "\n")
    count = text_page.count_chars()
    text = text if len(text) == count else None
    piece: list[str] = []
    box = (0.0, 0.0, 0.0, 0.0)
    blank = False
    for n in range(count):
        char = text[n] if text is not None else text_page.get_text_range(n, 1)
        if char.isspace() or not char:
            blank = True
            continue
        left, bottom, right, top = text_page.get_charbox(n, loose=True)
        upper, lower = height - top, height - bottom
        size = max(lower - upper, 1.0)
        level = min(box[3], lower) - max(box[1], upper) > 0.5 * min(size, box[3] - box[1])
        if piece and level and -0.5 * size <= left - box[2] <= size:
            piece.append(f" {char}" if blank or left - box[2] > 0.25 * size else char)
            box = (box[0], min(box[1], upper), right, max(box[3], lower))
        else:
            if piece:
                yield Line(*box, "".join(piece))
            piece, box = [char], (left, upper, right, lower)
        blank = False
    if piece:
        yield Line(*box, "".join(piece))


def _without_running_heads(pages: list[tuple[list[Line], float]]) -> list[list[Line]]:
    """Leave out page numbers, and what stands at the edge of several pages alike."""
    seen: Counter[str] = Counter()
    for lines, height in pages:
        seen.update({_NUMBER.sub("#", line.text) for line in lines if _at_edge(line, height)})

    def runs(line: Line, height: float) -> bool:
        if not _at_edge(line, height):
            return False
        return _PAGE_NUMBER.fullmatch(line.text) is not None or seen[_NUMBER.sub("#", line.text)] > 1

    return [[line for line in lines if not runs(line, height)] for lines, height in pages]


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom < EDGE * height or line.top > (1 - EDGE) * height


def _blocks(pages: list[list[Line]]) -> Iterator[str]:
    """Join lines into paragraphs, across columns and pages where a sentence goes on."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    usual = median([b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 4 * (a.bottom - a.top)] or [1.0])
    width = max(sorted(line.right - line.left for line in lines)[: max(1, int(0.9 * len(lines)))])
    block = lines[0].text
    for here, following in pairwise(lines):
        if _goes_on(here, following, usual=usual, width=width):
            block = _joined(block, following.text)
        else:
            yield block
            block = following.text
    yield block


def _goes_on(here: Line, following: Line, *, usual: float, width: float) -> bool:
    if here.height > 1.25 * following.height or following.height > 1.25 * here.height:
        return False  # a heading
    step = following.top - here.top
    sentence_open = not here.text.endswith(_ENDS)
    if step <= 0 or step > 3 * GAP * usual:  # the next column or page
        return sentence_open or following.text[:1].islower()
    if abs(step) < 0.5 * here.height:
        return True
    if step > GAP * usual:
        return sentence_open and following.text[:1].islower()
    indented = following.left > here.left + here.height
    short = here.right - here.left < SHORT * width
    return sentence_open or not (indented or short)


def _joined(block: str, line: str) -> str:
    if block.endswith(("-", "\ufffe", "\u00ad", "‐")) and line[:1].islower() and block[-2:-1].isalpha():
        return block[:-1] + line
    return f"{block} {line}"


def _largest(pages: list[list[Line]]) -> str:
    """Give the line in the largest letters of the first page, where it stands out."""
    lines = next((page for page in pages if page), [])
    heights = [line.height for line in lines]
    if not lines or max(heights) < 1.2 * median(heights):
        return ""
    first = heights.index(max(heights))
    title = lines[first].text
    for line in lines[first + 1 : first + 3]:
        if abs(line.height - max(heights)) < 0.1 * max(heights):
            title += f" {line.text}"
    return title
