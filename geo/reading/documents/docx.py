"""Read Word documents (python-docx): paragraphs and tables in their order."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from geo.errors import InputError
from geo.reading.documents.document import Document, OnNote, paragraphs

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOXES: Final = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_LEFT_OUT: Final = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "txbxContent", "instrText", "pPr", "rPr"))
_SIGNS: Final = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:  # noqa: ARG001 - as every format
    """Yield the text of a document; the cells of a row of a table stand on one line."""
    import docx  # noqa: PLC0415 - few inputs are office files
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        book = docx.Document(str(path))
        blocks = list(_blocks(book))
    except (PackageNotFoundError, BadZipFile, zlib.error, KeyError, ValueError, OSError) as error:
        msg = f"{path}: cannot be read as a Word document (truncated or encrypted?); save it again, or as .txt."
        raise InputError(msg) from error
    text = paragraphs(text for text, _ in blocks)
    if text:
        heading = next(
            (text for text, style in blocks if style.startswith(("Title", "Heading 1")) and text.strip()), ""
        )
        marked = {" ".join(text.split()) for text, style in blocks if style.startswith("Heading")}
        title = (book.core_properties.title or heading).strip()
        yield Document(text=text, title=title, headings=frozenset(marked - {heading.strip()}))


def _blocks(book: Any) -> Iterator[tuple[str, str]]:
    """Yield the text and the style of every paragraph and row, those in content controls and text boxes too."""
    from docx.table import Table  # noqa: PLC0415
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    for element in _elements(book.element.body):
        if element.tag.endswith("}tbl"):
            for row in Table(element, book).rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)  # noqa: SLF001 - a merged cell comes twice
                texts = [" ".join(text.split()) for text in map(_text, cells)]
                yield " | ".join(text for text in texts if text), ""
        else:
            style = Paragraph(element, book).style
            yield _text(element), style.name if style is not None and style.name else ""
            for box in element.iter(f"{_W}txbxContent"):
                if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
                    yield "\n".join(map(_text, box.iter(f"{_W}p"))), ""


def _elements(container: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables of a container in order; boxes round them are opened."""
    for element in container:
        if element.tag in {f"{_W}p", f"{_W}tbl"}:
            yield element
        elif element.tag in _BOXES:
            yield from _elements(element)


def _text(element: Any) -> str:
    """Write the text of a paragraph or a cell as it stands once all changes are accepted."""
    return "".join(_runs(element)).strip()


def _runs(element: Any) -> Iterator[str]:
    for node in element:
        if node.tag in _LEFT_OUT:
            continue
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in _SIGNS:
            yield _SIGNS[node.tag]
        else:
            yield from _runs(node)
            if node.tag == f"{_W}p":
                yield " "
