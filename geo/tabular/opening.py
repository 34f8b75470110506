"""Open whatever file holds a table: CSV, spreadsheet, JSON, packed or not; its content says which, not its name."""

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, Final, cast

from geo.errors import InputError
from geo.tabular.coordinates import find_coordinates, names_coordinates
from geo.tabular.delimited import open_delimited
from geo.tabular.headers import recognise
from geo.tabular.records import objects_in, open_records
from geo.tabular.table import RawTable, empty
from geo.tabular.workbook import open_workbook

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GZIP: Final = b"\x1f\x8b"
OTHERS: Final = {
    b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"SQLite format 3": "a database", b"PAR1": "a Parquet file", b"{\\rtf": "a text with formats (RTF)",
    b"<": "a web page or other markup",
}  # fmt: skip
LARGEST_WHOLE: Final = 512_000_000  # bytes of a file that has to be held in memory to be read
TABLES_IN_ZIP: Final = frozenset({".csv", ".tsv", ".tab", ".txt", ".json", ".xlsx", ".xls", ".ods", ""})

TABLE_SUFFIXES: Final = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".xls", ".xlsm", ".ods"})
SHAPE_SUFFIXES: Final = frozenset({".shp", ".gpx", ".gml", ".mif"})

Open = Callable[[], IO[bytes]]


def open_tables(path: Path) -> Iterator[RawTable]:
    """Yield the tables of a file.

    Raises:
        InputError: If it holds none, or cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(ZIP) and not is_workbook(path):
        yield from _open_zip(path)
    elif head.startswith(GZIP):
        try:
            yield from _open(partial(_unzipped, path), str(path))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            msg = f"{path}: is no whole gzip file ({error}); fetch it again."
            raise InputError(msg) from None
    else:
        yield from _open(_opener(path), str(path))


def _open(open_file: Open, source: str) -> Iterator[RawTable]:
    with open_file() as file:
        head = file.read(4096)
    other = next(
        (what for begins, what in OTHERS.items() if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(begins)), None
    )
    if other:
        msg = f"{source}: is {other}, whatever it is called; expected a table: save it as CSV or XLSX."
        raise InputError(msg)
    if head.startswith(ZIP) and not _holds_workbook(io.BytesIO(_whole(open_file, source))):
        msg = f"{source}: is an archive within an archive; unpack the outer one first."
        raise InputError(msg)
    if head.startswith((ZIP, OLE)):
        yield from open_workbook(_whole(open_file, source), source)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        yield open_records(_objects(open_file, source), source)
    else:
        yield open_delimited(open_file, source)


def _opener(path: Path) -> Open:
    return lambda: path.open("rb")


def _unzipped(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path))


def is_workbook(path: Path) -> bool:
    """Distinguish a spreadsheet from other archives by the parts in it."""
    return _holds_workbook(path)


def _holds_workbook(file: Path | IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False
    return "xl/workbook.xml" in names or "xl/workbook.bin" in names or ("content.xml" in names and "mimetype" in names)


def _whole(open_file: Open, source: str) -> bytes:
    with open_file() as file:
        data = file.read(LARGEST_WHOLE + 1)
    if len(data) > LARGEST_WHOLE:
        msg = f"{source}: has more than {LARGEST_WHOLE / 1e6:.0f} MB; save it as CSV, which is read in pieces."
        raise InputError(msg)
    return data


def _objects(open_file: Open, source: str) -> Any:
    content = _whole(open_file, source)
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        lines = _lines_of_events(content)
        if lines is not None:
            return lines
        msg = f"{source}: is not complete JSON ({error}); fetch or save it again."
        raise InputError(msg) from None
    objects = objects_in(document)
    if objects is None:
        msg = f"{source}: this JSON holds no list of objects; expected a table, GeoJSON or reports."
        raise InputError(msg)
    return objects


def _lines_of_events(content: bytes) -> list[Any] | None:
    """Read JSON Lines of events, as databases export them under .json; None of anything else."""
    lines = content.splitlines()
    try:
        first = json.loads(lines[0]) if lines else None
        names = list(first) if isinstance(first, dict) else []
        if not (recognise(names) or names_coordinates(names)):
            return None
        objects = [json.loads(line) for line in lines if line.strip()]
    except (ValueError, RecursionError):
        return None
    return objects if all(isinstance(one, dict) for one in objects) else None


def _open_zip(path: Path) -> Iterator[RawTable]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if _may_be_table(info)]
    except (zipfile.BadZipFile, OSError) as error:
        what = "workbook" if path.suffix.lower() in TABLE_SUFFIXES else "zip archive"
        msg = f"{path}: is not a complete {what} ({error}); fetch it again."
        raise InputError(msg) from None
    if not members:
        msg = f"{path}: no table in this archive; expected a CSV, XLSX or JSON in it."
        raise InputError(msg)
    for info in members:
        name = f"{path}/{info.filename}"
        try:
            yield from _open(partial(_member, path, info, name), name)
        except (zlib.error, zipfile.BadZipFile, EOFError) as error:
            msg = f"{name}: cannot be unpacked ({error}); fetch the archive again."
            raise InputError(msg) from None


def _may_be_table(info: zipfile.ZipInfo) -> bool:
    path = Path(info.filename)
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    suffix = path.suffix.lower()
    return not info.is_dir() and not hidden and (suffix in TABLES_IN_ZIP or suffix == ".zip")


def _member(path: Path, info: zipfile.ZipInfo, name: str) -> IO[bytes]:
    if info.flag_bits & 1:
        msg = f"{name}: is password-protected; unpack it first."
        raise InputError(msg)
    with zipfile.ZipFile(path) as archive:  # the file stays open until the member is closed
        return archive.open(info)


def looks_like_table(path: Path) -> bool:
    """Recognise by its content whether a file under another suffix holds a table that geo knows.

    A text counts when its header or the shape of its first line is that of a dataset; JSON when it is one list of
    objects of a dataset or with coordinates; an archive when a table lies in it and no shapefile.
    """
    with path.open("rb") as file:
        head = file.read(65_536)
    if head.startswith(ZIP):
        return path.suffix.lower() in {".zip", ""} and not is_workbook(path) and _zip_of_tables(path)
    try:
        if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
            return _json_table(path)
        if b"\t" not in head.split(b"\n", 1)[0] and path.suffix.lower() != ".gz" and not _has_header(head):
            return False
        return any(
            recognise(table.names) or (names_coordinates(table.names) and has_places(table))
            for table in open_tables(path)
        )
    except InputError as error:
        return "GDELT Mentions" in str(error)  # a table all the same, and refused with its reason when read


def _has_header(head: bytes) -> bool:
    """Recognise a first line that is a header with latitude and longitude, before any file is opened as a table."""
    line = head.replace(b"\0", b"").split(b"\n", 1)[0].decode("latin-1")
    return any(names_coordinates([cell.strip('" \r') for cell in line.split(mark)]) for mark in ",;|")


def has_places(table: RawTable) -> bool:
    """Return whether a table says in its first rows where they lie: prose may begin with "Lat, long", too."""
    try:
        found = find_coordinates(next(table.pieces(), None) or empty(table.names), comma=True)
    except InputError:  # of bytes that are no text; said when it is read
        return False
    return found is not None and any(shape is not None for shape in found.shapes)


def _zip_of_tables(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if _may_be_table(info)]
            suffixes = {Path(info.filename).suffix.lower() for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError):
        return False
    return bool(members) and not suffixes & {".shp", ".kml", ".gdb", ".xhtml", ".html", ".xml"}


def _json_table(path: Path) -> bool:
    try:
        table = open_records(_objects(_opener(path), str(path)), str(path))
    except InputError:
        return False
    return recognise(table.names) is not None or names_coordinates(table.names)


def holds_shapes(path: Path) -> bool:
    """Recognise a shapefile, zipped or not, and other layers that GDAL reads and geo does not write."""
    if path.suffix.lower() in SHAPE_SUFFIXES:
        return True
    if path.suffix.lower() != ".zip":
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith((".shp", ".gpx", ".geojson", ".kml")) for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False
