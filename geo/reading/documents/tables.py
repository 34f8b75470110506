"""Read the rows of a table with a column of texts as reports."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from geo.reading.documents.document import Document, NoReportsError, OnNote, day_or_none, paragraphs
from geo.reading.documents.markup import text_of
from geo.tabular import long_text_column, names_coordinates, normal, open_tables, recognise
from geo.tabular.opening import has_places
from geo.tabular.roles import names_of
from geo.tabular.table import ROW

TITLES: Final = ("title", "headline", "head", "subject")
DAYS: Final = (
    "published",
    "date",
    "published_at",
    "publication_date",
    "pubdate",
    "date_published",
    "publish_date",
    "pub_date",
    "post_date",
    "publishedat",
    "datepublished",
    "created_at",
    "createdat",
    "day",
)
PUBLISHERS: Final = ("publisher", "source", "outlet", "publication", "newspaper", "site", "source_name", "domain")
ADDRESSES: Final = ("url", "link", "address", "permalink", "source_url")
LANGUAGES: Final = ("language", "lang")
IDS: Final = ("id", "article_id", "doc_id", "uuid")


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the rows that hold a text.

    Raises:
        NoReportsError: If no column holds texts, or the table is one of incidents.
    """
    for table in open_tables(path):
        dataset = recognise(table.names)
        if dataset is not None or names_coordinates(table.names):
            what = dataset.name if dataset is not None else "coordinates"
            msg = f"{table.source}: a table of incidents ({what}), not of reports: geo map and geo convert draw it."
            raise NoReportsError(msg)
        if long_text_column(table.names) is None and has_places(table):
            msg = (
                f"{table.source}: a table of incidents (coordinates), not of reports: geo map and geo convert draw it."
            )
            raise NoReportsError(msg)
        if long_text_column(table.names) is None:
            msg = (
                f"{table.source}: no column of this table holds texts or coordinates; expected one called "
                f"{', '.join(names_of('article')[:5])}, or latitude and longitude."
            )
            raise NoReportsError(msg)
        empty = 0
        for piece in table.pieces():
            for record in piece.to_pylist():
                number = record.pop(ROW) + 1
                document = of_record({key: value for key, value in record.items() if value}, str(number))
                empty += document is None
                if document is not None:
                    yield document
        for where, why in table.problems:
            on_note(f"{where} {why}")
        if empty:
            on_note(f"{empty} of its rows hold no text")


def of_record(record: Mapping[str, str], number: str) -> Document | None:
    """Make a document of one row; None when it holds no text."""
    named = {normal(key): value for key, value in record.items()}
    column = long_text_column(list(record))
    text = record[column] if column is not None else ""
    if not text.strip():
        return None
    is_markup = text.lstrip().startswith("<") and ">" in text

    def first(names: tuple[str, ...]) -> str:
        return next((named[name].strip() for name in names if named.get(name)), "")

    return Document(
        text=text_of(text) if is_markup else paragraphs(text.replace("\r\n", "\n").split("\n\n")),
        title=first(TITLES),
        published=day_or_none(first(DAYS) or None),
        publisher=first(PUBLISHERS),
        url=first(ADDRESSES),
        language=first(LANGUAGES),
        name=first(IDS) or number,
    )
