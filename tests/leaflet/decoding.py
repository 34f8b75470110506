"""Read a page back as a browser would: an encoder is only right if something else can decode it."""

import base64
import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

BLOCK = re.compile(r'<script type="application/octet-stream" data-geo="(\w+)" data-part="(\d+)">([^<]*)</script>')
META = re.compile(r'<script type="application/json" id="geo-meta">([^<]*)</script>')
DTYPES = {"u8": "<u1", "u16": "<u2", "u32": "<u4", "i16": "<i2", "i32": "<i4", "f32": "<f4", "f64": "<f8"}


@dataclass
class Page:
    html: str
    meta: dict[str, Any]
    blocks: dict[str, list[bytes]]

    def json(self, name: str, part: int = 0) -> Any:
        return json.loads(self.blocks[name][part])

    def column(self, name: str) -> np.ndarray:
        """A column's numbers as they are stored."""
        spec = next(spec for spec in self.meta["columns"] if spec["name"] == name)
        dtype, rows = np.dtype(DTYPES[spec["type"]]), self.meta["rows"]
        raw = self.blocks["core"][0][spec["offset"] : spec["offset"] + rows * dtype.itemsize]
        if spec["shuffle"]:
            raw = np.frombuffer(raw, np.uint8).reshape(dtype.itemsize, rows).T.tobytes()
        values = np.frombuffer(raw, dtype)
        return np.cumsum(values, dtype=dtype) if spec["delta"] else values

    def texts(self, name: str) -> list[str | None]:
        """A dictionary column's texts."""
        spec = next(spec for spec in self.meta["columns"] if spec["name"] == name)
        entries = [None, *self.json("dictionaries")[spec["dictionary"]]]
        return [entries[code] for code in self.column(name)]

    def everything(self) -> str:
        """All that the file holds, decompressed: whatever is withheld must not be in it."""
        return self.html + "".join(b.decode("utf-8", "ignore") for parts in self.blocks.values() for b in parts)


def read_page(html: str) -> Page:
    found = META.search(html)
    assert found is not None, "the page has no meta object"
    blocks: dict[str, list[bytes]] = {}
    for name, part, text in BLOCK.findall(html):
        assert len(blocks.setdefault(name, [])) == int(part), f"part {part} of {name} is out of order"
        blocks[name].append(zlib.decompress(base64.b64decode(text), -15))
    return Page(html, json.loads(found[1]), blocks)
