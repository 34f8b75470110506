"""Read KML and KMZ: placemark by placemark what geo wrote, with GDAL what anybody else did."""

import io
import re
import tempfile
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from geo.errors import InputError
from geo.exporting import file_metadata, ogr
from geo.exporting.archives import refuse_bomb
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import TEXT
from geo.exporting.arrow_xml import unmarked
from geo.exporting.features import OnProblem

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
NOTE: Final = "geo:note"  # the name of the data in which geo says what types the columns have
BROKEN: Final = (
    ET.ParseError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, OSError,
    RuntimeError,
)  # fmt: skip
DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']""")
OF_EXPAT: Final = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1"})


def read(path: Path, on_problem: OnProblem) -> gpd.GeoDataFrame:  # noqa: ARG001 - as every format
    """Read what `write` wrote, and with GDAL what anybody else did.

    Raises:
        InputError: If it is no whole file of that format, or grows beyond measure when it is unpacked.
    """
    try:
        with _opened(path) as file:
            layer = _read(file)
    except BROKEN as error:
        if isinstance(error, InputError):
            raise
        msg = f"{path}: cannot be read as KML ({error}); expected a whole file of that format."
        raise InputError(msg) from error
    return _with_gdal(path) if layer is None else layer


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open the document, in UTF-8: expat knows no encodings of several bytes but that."""
    if path.suffix.lower() == ".kmz":
        with zipfile.ZipFile(path) as archive:
            refuse_bomb(archive, path)
            names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
            if not names:
                msg = f"{path}: holds no .kml; expected a KMZ such as Google Earth saves."
                raise InputError(msg)
            with archive.open("doc.kml" if "doc.kml" in names else names[0]) as file:
                yield _in_utf8(file, path)
    else:
        with path.open("rb") as file:
            yield _in_utf8(file, path)


def _in_utf8(file: IO[bytes], path: Path) -> IO[bytes]:
    head = file.read(256)
    found = DECLARED.match(head)
    encoding = found[1].decode("ascii").lower() if found else "utf-8"
    if encoding in OF_EXPAT:
        file.seek(0)
        return file
    try:
        text = (head + file.read()).decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        msg = f"{path}: says that it is in {encoding!r}, and is not ({error}); save it as UTF-8."
        raise InputError(msg) from error
    return io.BytesIO(DECLARED.sub(b'<?xml version="1.0" encoding="UTF-8"', text.encode(), count=1))


def _with_gdal(path: Path) -> gpd.GeoDataFrame:
    """Let GDAL read a foreign document, in UTF-8 too."""
    with _opened(path) as file:
        plain = isinstance(file, io.BytesIO) or path.suffix.lower() == ".kmz"
        data = file.read() if plain else b""
    if not plain:
        return to_layer(*ogr.read(path))
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Path(folder) / f"{path.stem}.kml"
        unpacked.write_bytes(data)
        return to_layer(*ogr.read(unpacked, called=path))


def _read(file: IO[bytes]) -> gpd.GeoDataFrame | None:
    """Read placemarks one by one; None when the document has no note of ours before them."""
    dtypes: dict[str, str] | None = None
    rows: list[dict[str, str]] = []
    shapes: list[Any] = []
    tags = {f"{{{NAMESPACE}}}{tag}": tag for tag in ("Data", "Placemark", "Folder")}
    # expat, which is underneath, refuses entities that grow without end
    for event, element in ET.iterparse(file, events=("start", "end")):  # noqa: S314
        tag = tags.get(element.tag)
        if tag == "Data" and event == "end" and element.get("name") == NOTE:
            dtypes = file_metadata.dtypes_in(unmarked(element.findtext(f"{{{NAMESPACE}}}value") or ""))
        elif tag in ("Folder", "Placemark") and event == "start" and dtypes is None:
            return None
        elif tag == "Placemark" and event == "end":
            rows.append({unmarked(d.get("name", "")): unmarked(d.text or "") for d in _all(element, "SimpleData")})
            shapes.append(_geometry(element))
            element.clear()
    if dtypes is None:
        return None
    # what a person added in another program comes behind the columns that were written
    names = list(dict.fromkeys([*dtypes, *(name for row in rows for name in row)]))
    table = pa.table({name: pa.array([row.get(name) for row in rows], TEXT) for name in names if name != "geometry"})
    return to_layer(table, np.array([*shapes, None], dtype=object)[:-1], dtypes)


def _all(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    return element.iter(f"{{{NAMESPACE}}}{tag}")


def _geometry(element: ET.Element) -> Any:
    for child in element:
        kind = child.tag.removeprefix(f"{{{NAMESPACE}}}")
        if kind == "MultiGeometry":
            return _collected([_geometry([part]) for part in child])  # type: ignore[arg-type]
        try:
            if kind in ("Point", "LineString"):
                corners = _corners(child)
                return getattr(shapely, kind)(corners[0] if kind == "Point" else corners) if corners else None
            if kind == "Polygon":
                rings = [_corners(ring) for ring in _all(child, "LinearRing")]
                return shapely.Polygon(rings[0], rings[1:]) if rings else None
        except (shapely.GEOSException, IndexError) as error:
            raise ValueError(str(error)) from error
    return None


def _collected(parts: list[Any]) -> Any:
    parts = [part for part in parts if part is not None]
    kinds = {part.geom_type for part in parts}
    kind = kinds.pop() if len(kinds) == 1 else ""
    made = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}
    return made.get(kind, shapely.GeometryCollection)(parts)


def _corners(element: ET.Element) -> list[tuple[float, ...]]:
    found = next(_all(element, "coordinates"), None)
    text = "" if found is None else found.text or ""
    return [tuple(float(axis) for axis in corner.split(",")) for corner in text.split()]
