"""Write bytes and texts so that they can stand inside an HTML page.

The other half is geo/leaflet/web/src; both keep to geo/leaflet/web/FORMAT.md.
"""

import base64
import json
import zlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# In JSON inside a script: "<" could end the script, the other two end lines in old JavaScript.
ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
RAW_DEFLATE: Final = -15  # zlib's way to ask for no header, as DecompressionStream("deflate-raw") reads it


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the page's data, ready to stand in a script element."""

    name: str
    part: int
    text: str  # base64 of raw deflate

    def html(self) -> str:
        """Give the element; base64 has no character that HTML minds."""
        kind = "application/octet-stream"
        return f'<script type="{kind}" data-geo="{self.name}" data-part="{self.part}">{self.text}</script>\n'


def encode_block(name: str, data: bytes, *, part: int = 0, level: int = 6) -> Block:
    """Compress bytes and write them as text.

    Args:
        name: The block's name in FORMAT.md.
        data: Its bytes.
        part: Its number among the blocks of that name.
        level: Of deflate, 1 quick to 9 small.
    """
    packer = zlib.compressobj(level, zlib.DEFLATED, RAW_DEFLATE)
    packed = packer.compress(data) + packer.flush()
    return Block(name=name, part=part, text=base64.b64encode(packed).decode("ascii"))


def json_bytes(value: Any) -> bytes:
    """Write JSON as UTF-8; half a surrogate pair, which UTF-8 has not, becomes "?"."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def json_list(values: pa.Array) -> bytes:
    """Write a column of texts or whole numbers as a JSON list, without a Python object for each of a million cells."""
    if not len(values):
        return b"[]"
    cells = pc.cast(values, pa.large_string())
    if cells.type == values.type:
        for character, escape in (("\\", "\\\\"), ('"', '\\"')):
            cells = pc.replace_substring(cells, character, escape)
        if pc.any(pc.match_substring_regex(cells, "[\\x00-\\x1f]")).as_py():
            return json_bytes(values.to_pylist())
        quote = pa.scalar('"', pa.large_string())
        cells = pc.binary_join_element_wise(quote, cells, quote, pa.scalar("", pa.large_string()))
    whole = pa.ListArray.from_arrays(pa.array([0, len(cells)], pa.int32()), pc.fill_null(cells, "null"))
    joined: bytes = pc.binary_join(whole, pa.scalar(",", pa.large_string()))[0].as_buffer().to_pybytes()
    return b"[" + joined + b"]"


def script_json(value: Any) -> str:
    """Write JSON that can stand in a script element whatever its texts hold."""
    text = json_bytes(value).decode("utf-8")
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    return text


def column_bytes(values: NDArray[Any], *, delta: bool = False) -> bytes:
    """Lay a column out for deflate: differences if asked, then all low bytes first, little-endian.

    Args:
        values: Whole numbers or floats, shape (n,).
        delta: Whether to write differences to the row before (whole numbers only; they wrap).
    """
    values = values.astype(values.dtype.newbyteorder("<"), copy=False)
    if delta and len(values):
        values = np.concatenate([values[:1], np.diff(values)])
    rows = np.ascontiguousarray(values).view(np.uint8).reshape(len(values), values.dtype.itemsize)
    return rows.T.tobytes()


def delta_list(values: NDArray[np.int64]) -> list[int]:
    """Write whole numbers as the first and then the differences; of points, row by row."""
    differences: list[int] = np.diff(values, axis=0, prepend=0).ravel().tolist()
    return differences
