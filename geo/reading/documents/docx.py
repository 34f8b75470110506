"""Read Word documents (python-docx): paragraphs and tables in their order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from geo.errors import InputError
from geo.reading.documents.document import Document, OnNote, paragraphs


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:  # noqa: ARG001 - as every format
    """Yield the text of a document; the cells of a row of a table stand on one line."""
    import docx  # noqa: PLC0415 - few inputs are office files
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        book = docx.Document(str(path))
        blocks = list(_blocks(book))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
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


def _blocks(container: Any) -> Iterator[tuple[str, str]]:
    for item in container.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)  # noqa: SLF001 - a merged cell comes twice
                texts = [" ".join(text.split()) for text in (_cell_text(cell) for cell in cells)]
                yield " | ".join(text for text in texts if text), ""
        else:
            yield item.text, item.style.name if item.style is not None and item.style.name else ""


def _cell_text(cell: Any) -> str:
    return " ".join(node.text or "" for node in cell.iter() if node.tag.endswith("}t"))
