"""Open a transaction with PostgreSQL for an address such as postgresql://user@host/db?table=incidents."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from geo.errors import ExportError, GeoError, InputError

SCHEMES: Final = ("postgresql://", "postgres://")
INSTALL: Final = "pip install 'geo-incidents[postgis]'"
LONGEST_NAME: Final = 63  # bytes of an identifier; PostgreSQL cuts what is longer
# Every table has columns of these names of PostgreSQL's own.
SYSTEM_COLUMNS: Final = frozenset({"cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"})
_REFUSED: Final = re.compile(r"ERROR:\s*(.*)")


@dataclass(frozen=True, slots=True)
class Target:
    """Which table of which database."""

    uri: str  # without our own parameters
    schema: str
    table: str | None

    @property
    def name(self) -> str:
        """Write it as SQL has it."""
        return f"{quoted(self.schema)}.{quoted(self.table or '')}"


def is_store(source: object) -> bool:
    """Recognise the address of a database."""
    return isinstance(source, str) and source.startswith(SCHEMES)


def quoted(name: str) -> str:
    """Write an identifier.

    Raises:
        ExportError: If PostgreSQL would cut it, or does not take it.
    """
    if not name:
        msg = "a column or table without a name, which PostgreSQL does not take; name it."
        raise ExportError(msg)
    if len(name.encode()) > LONGEST_NAME or "\0" in name:
        msg = f"column or table {name!r}: PostgreSQL takes names of at most {LONGEST_NAME} bytes; rename it."
        raise ExportError(msg)
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """Write a text."""
    return "'" + value.replace("'", "''") + "'"


def target_of(address: str) -> Target:
    """Take an address apart; "table=schema.name" names a schema, too, unless one is given."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    table, schema = asked.pop("table", ""), asked.pop("schema", "")
    if not schema and "." in table:
        schema, _, table = table.partition(".")
    uri = urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(asked), ""))
    return Target(uri, schema or "public", table or None)


@contextmanager
def connected(target: Target, error: type[ExportError | InputError]) -> Iterator[Any]:
    """Open a transaction: kept when all went well, else undone. Passwords stay out of messages."""
    try:
        from adbc_driver_manager import Error  # noqa: PLC0415 - few have a database
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415
    except ImportError:
        msg = f"PostGIS needs a driver that is not installed; add it with: {INSTALL}"
        raise error(msg) from None
    try:
        with dbapi.connect(target.uri) as connection, connection.cursor() as cursor:
            try:
                yield cursor
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
    except Error as problem:
        raise error(_reason(target, str(problem))) from problem


def _reason(target: Target, problem: str) -> str:
    """Say why the server refused; of a refused statement its reason, not the statement."""
    shown = re.sub(r"//[^@/]*@", "//", target.uri)
    refused = _REFUSED.search(problem)
    if refused and "Failed to connect" not in problem:
        return f"{shown}: PostgreSQL refuses: {refused[1].strip().rstrip('.')}."
    first = problem.splitlines()[0].removeprefix("INTERNAL: ").removeprefix("IO: ")
    return f"{shown}: {first[:300]}; is the server running, the name right, and may you write there?"


class Guarded:
    """Batches on their way through the driver, which would wrap an error of ours into its own."""

    def __init__(self, batches: Iterator[Any]) -> None:
        """Take the batches."""
        self._batches = batches
        self.error: GeoError | None = None

    def __iter__(self) -> Iterator[Any]:
        """Give them, and keep the error that ended them."""
        try:
            yield from self._batches
        except GeoError as error:
            self.error = error
            raise
