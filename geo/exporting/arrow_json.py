"""Write Arrow arrays as JSON texts and read them back, in whole columns.

A million features are a hundred million small values; a loop over them in Python takes minutes,
the same joins as Arrow kernels seconds.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

TEXT: Final = pa.large_string()
ROWS: Final = 16_384
# RFC 8259, section 7: what may not stand in a string as it is. The backslash comes first.
_SHORT: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
FIRST_PRINTABLE: Final = 0x20
_ESCAPES: Final = _SHORT | {chr(n): f"\\u{n:04x}" for n in range(FIRST_PRINTABLE) if chr(n) not in _SHORT}


def json_texts(array: pa.Array) -> pa.Array:
    """Write every value as JSON; what is null, or no finite number, as `null`.

    Args:
        array: Texts, numbers, booleans, days, timestamps, lists and structs of those, or JSON texts.

    Returns:
        As many large strings, none of them null.
    """
    return pc.fill_null(_texts(array), "null")


def json_cells(array: pa.Array) -> pa.Array:
    """Write every value as JSON, for formats that have a null of their own: null stays null."""
    texts = json_texts(array)
    return pc.if_else(array.is_valid(), texts, pa.scalar(None, TEXT)) if array.null_count else texts


def _texts(array: pa.Array) -> pa.Array:
    kind = array.type
    if isinstance(kind, pa.JsonType):
        return array.storage.cast(TEXT)
    for suits, write in _WRITERS.items():
        if suits(kind):
            return write(array)
    return quoted(array.cast(TEXT))


def _plain(array: pa.Array) -> pa.Array:
    return array.cast(TEXT)


def _moments(array: pa.Array) -> pa.Array:
    zone = "Z" if array.type.tz else ""
    return quoted(pc.strftime(array, f"%Y-%m-%dT%H:%M:%S{zone}").cast(TEXT))


def _reals(array: pa.Array) -> pa.Array:
    """Write 8000 as 8000.0, since readers take a column of bare digits for whole numbers."""
    texts = pc.if_else(pc.is_finite(array), array, pa.scalar(None, array.type)).cast(TEXT)
    bare = pc.invert(pc.match_substring_regex(texts, "[.e]"))
    return pc.if_else(bare, joined(texts, ".0"), texts) if pc.any(bare).as_py() else texts


def quoted(texts: pa.Array) -> pa.Array:
    """Put texts in quotes, with what JSON asks to be escaped; nulls stay nulls."""
    return joined('"', escaped(texts), '"')


def escaped(texts: pa.Array) -> pa.Array:
    """Escape what may not stand in a JSON string; a look at the bare bytes says whether there is any."""
    held = np.frombuffer(content(texts), np.uint8)
    wanted = [byte for byte in b'\\"' if (held == byte).any()]
    wanted += np.unique(held[held < FIRST_PRINTABLE]).tolist()
    for byte in wanted:
        texts = pc.replace_substring(texts, chr(byte), _ESCAPES[chr(byte)])
    return texts


def joined(*parts: pa.Array | str) -> pa.Array:
    """Join arrays and constant texts row by row; null where any is null."""
    return pc.binary_join_element_wise(*(pa.scalar(p, TEXT) if isinstance(p, str) else p for p in (*parts, "")))


def _lists(array: pa.ListArray) -> pa.Array:
    """Join the items of each list; `values` and the offsets may be a window into something longer."""
    items = json_texts(array.values)
    offsets = array.offsets.cast(pa.int64())
    lists = pa.LargeListArray.from_arrays(offsets, items)
    texts = joined("[", pc.binary_join(lists, pa.scalar(",", TEXT)), "]")
    return pc.if_else(array.is_valid(), texts, pa.scalar(None, TEXT)) if array.null_count else texts


def _objects(array: pa.StructArray) -> pa.Array:
    parts: list[pa.Array | str] = []
    for n, (field, values) in enumerate(zip(array.type, array.flatten(), strict=True)):
        parts += [("," if n else "{") + json.dumps(field.name, ensure_ascii=False) + ":", json_texts(values)]
    texts = joined(*parts, "}")
    return pc.if_else(array.is_valid(), texts, pa.scalar(None, TEXT)) if array.null_count else texts


_WRITERS: Final[dict[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]]] = {
    pa.types.is_struct: _objects,
    pa.types.is_list: _lists,
    pa.types.is_floating: _reals,
    pa.types.is_integer: _plain,
    pa.types.is_boolean: _plain,
    pa.types.is_timestamp: _moments,
}


def parse_json(array: pa.ChunkedArray, kind: pa.DataType) -> Iterator[pa.Array]:
    """Read JSON texts into `kind`, some thousands at a time.

    Raises:
        pa.ArrowInvalid: If a text is not JSON, or other JSON than `kind` can hold.
    """
    if isinstance(kind, pa.JsonType):
        for chunk in array.cast(TEXT).chunks:
            yield pa.ExtensionArray.from_storage(kind, chunk)
        return
    options = pj.ParseOptions(explicit_schema=pa.schema([("v", kind)]), unexpected_field_behavior="error")
    for chunk in array.cast(TEXT).chunks:
        for first in range(0, len(chunk), ROWS):
            lines = joined('{"v":', pc.fill_null(_one_line(chunk.slice(first, ROWS)), "null"), "}\n")
            read = pj.read_json(pa.py_buffer(content(lines)), read_options=_whole(lines), parse_options=options)
            if read.num_rows != len(lines):
                msg = "a text holds more than one JSON value"
                raise pa.ArrowInvalid(msg)
            yield from read.column("v").chunks


def _one_line(texts: pa.Array) -> pa.Array:
    """A line break between JSON values is a space like any other; inside a string there can be none."""
    return pc.replace_substring(texts, "\n", " ")


def _whole(lines: pa.Array) -> Any:
    return pj.ReadOptions(use_threads=False, block_size=len(content(lines)) + 1)


def content(texts: pa.Array) -> memoryview:
    """Give large strings one after the other, as the bytes that they already are in memory."""
    _, offsets, held = texts.buffers()
    if not len(texts) or held is None:
        return memoryview(b"")
    edges = np.frombuffer(offsets, np.int64)
    return memoryview(held)[edges[texts.offset] : edges[texts.offset + len(texts)]]
