"""Fill short texts with what is known of a row.

A template has {slots}; [a|b|c] stands for the first of its choices whose slots are all known, and
for nothing where none is. The same few rules are kept by the page (web/src/ui/headline.ts) and, as an
expression, by QGIS (geo/exporting/qgis_headline.py), so that all three write the same words.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

TEXT = pa.large_string()


class Slot(NamedTuple):
    """A name in braces."""

    name: str


class Choice(NamedTuple):
    """What stands in brackets, divided by bars."""

    options: tuple["Parts", ...]


Parts = tuple["str | Slot | Choice", ...]


@cache
def parse(template: str) -> Parts:
    """Divide a template into plain text, slots and choices."""
    parts: list[str | Slot | Choice] = []
    for piece in re.split(r"(\[[^\]]*\]|\{\w+\})", template):
        if piece.startswith("["):
            parts.append(Choice(tuple(parse(option) for option in piece[1:-1].split("|"))))
        elif piece.startswith("{"):
            parts.append(Slot(piece[1:-1]))
        elif piece:
            parts.append(piece)
    return tuple(parts)


def fill(template: str, slots: Mapping[str, pa.Array], rows: int) -> pa.Array:
    """Fill a template for every row.

    Args:
        template: See above.
        slots: Texts, shape (rows,), null where something is not known; a slot without a column is never known.
        rows: How many.

    Returns:
        Texts, shape (rows,); null where a slot outside brackets is not known.
    """
    return _filled(parse(template), slots, rows)


def _filled(parts: Parts, slots: Mapping[str, pa.Array], rows: int) -> pa.Array:
    if not parts:
        return pa.repeat(pa.scalar("", TEXT), rows)
    pieces = [_piece(part, slots, rows) for part in parts]
    return pc.binary_join_element_wise(*pieces, pa.scalar("", TEXT), null_handling="emit_null")


def _piece(part: "str | Slot | Choice", slots: Mapping[str, pa.Array], rows: int) -> pa.Array:
    if isinstance(part, str):
        return pa.repeat(pa.scalar(part, TEXT), rows)
    if isinstance(part, Slot):
        return slots[part.name] if part.name in slots else pa.nulls(rows, TEXT)
    return pc.coalesce(*(_filled(option, slots, rows) for option in part.options), pa.scalar("", TEXT))
