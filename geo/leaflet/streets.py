"""Read a basemap of the user's own: vector tiles in a PMTiles archive, which the page carries.

A page opened from a disk can fetch nothing, so the tiles stand in it. An archive of a whole
country is too large for that: of one, the page gets the tiles round the incidents.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.errors import InputError, warn
from geo.extras import need
from geo.resources import read_table

if TYPE_CHECKING:
    from pmtiles.tile import Entry

MAGIC: Final = b"PMTiles\x03"
HEADER_BYTES: Final = 127
MOST_WHOLE: Final = 16_000_000  # bytes of an archive that a page carries whole
MOST_CUT: Final = 32_000_000  # bytes of the tiles that it gets of a larger one
REACHES: Final = (2, 1)  # tiles round each incident: a screen, or the least that has no edge beside a mark
NAMED: Final = 8  # layers that a message lists
OTHER: Final = "other"

Range = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Streets:
    """Vector tiles as the page carries them."""

    archive: bytes  # PMTiles 3
    meta: dict[str, Any]  # `streets` of FORMAT.md
    attribution: str


def read_streets(path: str | Path, xy: NDArray[np.float64]) -> Streets:
    """Read an archive of vector tiles, cut to the surroundings of the incidents where it is large.

    Args:
        path: Of the archive, PMTiles version 3.
        xy: Where the incidents are: longitude and latitude in degrees, shape (n, 2), NaN when unknown.

    Raises:
        InputError: If the file cannot be read, holds no vector tiles that a browser can draw, or lies elsewhere.
        MissingExtraError: If `pmtiles` is not installed.
    """
    path = Path(path)
    need("pmtiles", extra="basemap", purpose="a basemap of PMTiles")
    from pmtiles.reader import MmapSource, Reader  # noqa: PLC0415 - an extra

    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                msg = f"{path}: no PMTiles archive (version 3); expected vector tiles that end in .pmtiles."
                raise InputError(msg)
            source = MmapSource(file)
            reader = Reader(source)
            header, about = reader.header(), reader.metadata()
            _check(path, header)
            bounds = tuple(header[f"{side}_e7"] / 1e7 for side in ("min_lon", "min_lat", "max_lon", "max_lat"))
            inside = _inside(xy, bounds)
            if not len(inside):
                msg = f"{path}: no incident lies in its area ({_degrees(bounds)}); expected a basemap of their region."
                raise InputError(msg)
            whole = path.stat().st_size
            archive = source(0, whole) if whole <= MOST_WHOLE else _cut(path, source, header, about, inside)
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror or error}); expected a PMTiles archive."
        raise InputError(msg) from None
    except (EOFError, ValueError, KeyError, IndexError, zlib.error) as error:
        if isinstance(error, InputError):
            raise
        msg = f"{path}: a broken PMTiles archive ({error or type(error).__name__}); download or make it anew."
        raise InputError(msg) from None
    meta = {
        "name": path.name,
        "min_zoom": header["min_zoom"],
        "max_zoom": Reader(lambda offset, length: archive[offset : offset + length]).header()["max_zoom"],
        "bounds": list(bounds),
        "rules": _rules([layer["id"] for layer in about.get("vector_layers", [])]),
    }
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", str(about.get("attribution") or ""))).strip()
    return Streets(archive=archive, meta=meta, attribution=text or path.name)


def _check(path: Path, header: dict[str, Any]) -> None:
    """Refuse what a browser cannot draw as vector tiles."""
    from pmtiles.tile import Compression, TileType  # noqa: PLC0415

    kind, packed = header["tile_type"], header["tile_compression"]
    if kind is not TileType.MVT:
        msg = f"{path}: holds {kind.name} tiles; expected vector tiles (MVT): raster tiles go by tiles=."
        raise InputError(msg)
    if packed not in (Compression.NONE, Compression.GZIP):
        msg = f"{path}: tiles compressed by {packed.name}, which browsers cannot read; expected gzip or none."
        raise InputError(msg)


def _inside(xy: NDArray[np.float64], bounds: tuple[float, ...]) -> NDArray[np.float64]:
    west, south, east, north = bounds
    with np.errstate(invalid="ignore"):
        lies = (xy[:, 0] >= west) & (xy[:, 0] <= east) & (xy[:, 1] >= south) & (xy[:, 1] <= north)
    return xy[lies]


def _degrees(bounds: tuple[float, ...]) -> str:
    west, south, east, north = bounds
    return f"longitude {west:g} to {east:g}, latitude {south:g} to {north:g}"


def _rules(layers: list[str]) -> list[dict[str, Any]]:
    """Say how each layer is drawn; one that the table does not know, plainly."""
    rows = [row for row in read_table("page/street_styles.csv") if row["layer"] in layers]
    known = {row["layer"] for row in rows}
    rules = [
        {"layer": row["layer"], "property": row["property"], "values": row["values"].split(), "kind": row["kind"]}
        for row in rows
    ]
    return rules + [
        {"layer": layer, "property": "", "values": [], "kind": OTHER} for layer in layers if layer not in known
    ]


def _cut(path: Path, source: Range, header: dict[str, Any], about: dict[str, Any], xy: NDArray[np.float64]) -> bytes:
    """Keep the tiles round the incidents: fewer round each, then fewer zooms, until the page can carry them."""
    from pmtiles.writer import Writer  # noqa: PLC0415

    directory = _Directory(source, header)
    deepest = header["max_zoom"]
    options = [(reach, deepest) for reach in REACHES] + [(REACHES[-1], zoom) for zoom in range(deepest - 1, -1, -1)]
    for reach, zoom in options:
        ids = np.unique(np.concatenate([_tiles_near(xy, z, reach) for z in range(header["min_zoom"], zoom + 1)]))
        entries = directory.entries(ids)
        if sum({entry.offset: entry.length for _, entry in entries}.values()) <= MOST_CUT:  # equal tiles are kept once
            break
    out = io.BytesIO()
    writer = Writer(out)
    for number, entry in entries:
        writer.write_tile(number, source(header["tile_data_offset"] + entry.offset, entry.length))
    writer.finalize(dict(header), about)
    warn(
        f"{path.name}: {path.stat().st_size / 1e6:.0f} MB are too many for a page; it carries the {len(entries)} tiles "
        f"round the incidents, up to zoom {zoom} ({len(out.getvalue()) / 1e6:.1f} MB)."
    )
    return out.getvalue()


def _tiles_near(xy: NDArray[np.float64], zoom: int, reach: int) -> NDArray[np.int64]:
    """Number the tiles of a zoom that lie round places."""
    from pmtiles.tile import zxy_to_tileid  # noqa: PLC0415

    size = 2**zoom
    sine = np.sin(np.radians(np.clip(xy[:, 1], -85.05, 85.05)))
    x = (xy[:, 0] / 360 + 0.5) * size
    y = (0.5 - np.arctanh(sine) / (2 * np.pi)) * size
    at = np.unique(np.floor(np.column_stack([x, y])).astype(np.int64), axis=0)
    steps = np.arange(-reach, reach + 1)
    around = (at[:, None, None, :] + np.stack(np.meshgrid(steps, steps), axis=-1)[None]).reshape(-1, 2)
    around = np.unique(around[((around >= 0) & (around < size)).all(axis=1)], axis=0)
    return np.array([zxy_to_tileid(zoom, int(column), int(row)) for column, row in around], dtype=np.int64)


class _Directory:
    """The directories of an archive, each read once."""

    def __init__(self, source: Range, header: dict[str, Any]) -> None:
        self._source, self._leaves = source, header["leaf_directory_offset"]
        self._root = self._read(header["root_offset"], header["root_length"])

    def _read(self, offset: int, length: int) -> "list[Entry]":
        from pmtiles.tile import deserialize_directory  # noqa: PLC0415

        return list(deserialize_directory(self._source(offset, length)))

    def entries(self, ids: NDArray[np.int64]) -> "list[tuple[int, Entry]]":
        """Find the tiles of numbers that the archive has, in order."""
        return list(self._within(self._root, ids))

    def _within(self, entries: "list[Entry]", ids: NDArray[np.int64]) -> "Iterator[tuple[int, Entry]]":
        firsts = np.array([entry.tile_id for entry in entries], dtype=np.int64)
        owners = np.searchsorted(firsts, ids, side="right") - 1
        for owner in np.unique(owners[owners >= 0]):
            entry, wanted = entries[owner], ids[owners == owner]
            if entry.run_length == 0:
                yield from self._within(self._read(self._leaves + entry.offset, entry.length), wanted)
            else:
                yield from ((int(number), entry) for number in wanted if number - entry.tile_id < entry.run_length)
