"""How event types are drawn: colours and shapes of data/events/event_types.csv, for QGIS and Google Earth."""

import struct
import zlib
from typing import Final, NamedTuple

import numpy as np

from geo.tables import event_types


class Mark(NamedTuple):
    """A mark on the map."""

    colour: str  # "#rrggbb"
    shape: str  # as QGIS calls it: circle, cross, diamond, hexagon, square, triangle


EVENT_SYMBOLS: Final = {row.event_type: Mark(row.colour, row.shape) for row in event_types()}
OTHER: Final = Mark("#777777", "circle")  # a type that the table does not have
_CORNERS: Final[dict[str, tuple[int, float]]] = {  # corners of the unit circle, turn of the first
    "diamond": (4, 0.0),
    "square": (4, 0.125),
    "triangle": (3, 0.0),
    "hexagon": (6, 0.0),
}
# A broad diagonal cross, its four arms alike.
CROSS: Final = [
    *((-0.9, 0.44), (-0.46, 0.0), (-0.9, -0.44), (-0.44, -0.9), (0.0, -0.46), (0.44, -0.9)),
    *((0.9, -0.44), (0.46, 0.0), (0.9, 0.44), (0.44, 0.9), (0.0, 0.46), (-0.44, 0.9)),
]


def outline(shape: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Give the corners of a shape within the unit circle, pointing up, shape (n, 2)."""
    if shape == "cross":
        return np.array(CROSS)
    corners, first = _CORNERS.get(shape, (48, 0.0))
    turns = first + np.arange(corners) / corners
    return np.column_stack([np.sin(2 * np.pi * turns), np.cos(2 * np.pi * turns)])


def icon_png(shape: str, size: int = 32) -> bytes:
    """Draw a shape as a white PNG with a dark rim, which Google Earth tints; four samples a side make it smooth."""
    import shapely  # noqa: PLC0415

    fine = 4 * size
    axis = (np.arange(fine) + 0.5) / fine * 2.2 - 1.1
    x, y = np.meshgrid(axis, -axis)
    whole = shapely.Polygon(outline(shape))
    inside = [shapely.contains_xy(area, x, y) for area in (whole, whole.buffer(-0.12))]
    alpha, white = (part.reshape(size, 4, size, 4).mean(axis=(1, 3)) for part in inside)
    grey = np.where(alpha > 0, 60 + 195 * white / np.maximum(alpha, 1e-9), 255)
    return _png(np.dstack([grey, grey, grey, alpha * 255]).clip(0, 255).astype(np.uint8))


def _png(pixels: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]) -> bytes:
    """Encode red, green, blue and alpha, shape (height, width, 4)."""
    height, width, _ = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1).tobytes()

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
