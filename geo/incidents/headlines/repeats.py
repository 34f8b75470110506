"""Name a place once: what an actor or target says of the place already is left out of the rest of the headline.

"Protest against grounds of the US Embassy at US Embassy Baghdad" becomes "... against grounds of the US Embassy in
Baghdad", "Attack on airport at Baghdad airport" becomes "Attack on Baghdad airport". The page
(web/src/data/repeats.ts) and QGIS (geo/exporting/qgis_repeats.py) follow the same steps; the words are the part
`repeat` of data/page/headlines.csv.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.incidents.headlines.templates import TEXT, fill

NO_WORD = re.compile(r"[\W_]+")
EXACT = frozenset({"site", "settlement"})  # precisions at which a target may be what lies at the place


class Where(StrEnum):
    """What becomes of the place of a headline."""

    WHOLE = "whole"  # it is written out
    PROVINCE = "province"  # the target says all of its name but the province
    NOWHERE = "nowhere"  # the target names it


class Named(NamedTuple):
    """Actor, target and place as a headline names them together."""

    actor: str | None
    target: str | None
    where: Where


def name_once(
    slots: Mapping[str, pa.Array], written: pa.Array, precision: pa.Array, templates: Mapping[str, str]
) -> dict[str, pa.Array]:
    """Give the slots of headlines in which no place is named twice.

    Args:
        slots: `actor`, `target`, `name`, `province` and `place`, shape (n,).
        written: Names of the places as the column has them, shape (n,).
        precision: Terms of `geo_precision`, shape (n,).
        templates: Of the part `repeat` of data/page/headlines.csv.
    """
    columns = [slots[name] for name in ("actor", "target", "name")] + [written, slots["province"], precision]
    coded = [column.dictionary_encode() for column in columns]
    key = np.zeros(len(written), dtype=np.int64)
    for column in coded:  # one number for each combination: few of them make up most tables
        key = pd.factorize(key * (len(column.dictionary) + 1) + column.indices.fill_null(-1).to_numpy() + 1)[0]
    back = pa.array(key)
    first = pa.array(np.unique(key, return_index=True)[1])
    cells = zip(*(column.dictionary_decode().take(first).to_pylist() for column in coded), strict=True)
    renamed = [
        named_once(actor, target, name or "", raw or "", province, exact or "", templates["tail"])
        for actor, target, name, raw, province, exact in cells
    ]
    actor, target, where = (pa.array(column, TEXT).take(back) for column in zip(*renamed, strict=True))
    province = fill(templates["province"], slots, len(written))
    place = pc.if_else(pc.equal(where, Where.PROVINCE), province, pa.scalar(None, TEXT))
    return {"actor": actor, "target": target, "place": pc.if_else(pc.equal(where, Where.WHOLE), slots["place"], place)}


def words(text: str | None) -> str:
    """Write the words of a text in lower case with a space round each; "" for no text."""
    found = NO_WORD.sub(" ", (text or "").lower()).strip()
    return f" {found} " if found else ""


def named_once(  # noqa: PLR0917
    actor: str | None, target: str | None, name: str, written: str, province: str | None, precision: str, tail: str
) -> Named:
    """Say how a headline names an actor, a target and a place that may name each other.

    Args:
        actor: Who did it.
        target: To whom or what.
        name: Of the place, as the headline's language calls it.
        written: As the column has it.
        province: In which it lies.
        precision: A term of `geo_precision`.
        tail: Pattern of a text that ends with a place: the text before it, the place.
    """
    names = tuple(filter(None, (words(name), words(written))))
    actor, target = without_tail(actor, names, tail), without_tail(target, names, tail)
    hit = words(target)
    if not hit:
        return Named(actor, target, Where.WHOLE)
    if precision in EXACT and any(is_part(hit, place) for place in names):
        return Named(actor, name, Where.NOWHERE)
    if any(place in hit if precision != "country" else place == hit for place in names):
        return Named(actor, target, Where.NOWHERE)
    region = words(province)
    heads = [place.removesuffix(region[1:]) for place in names if region and place.endswith(region) and place != region]
    if any(head in hit and is_phrase(head) for head in heads):
        return Named(actor, target, Where.PROVINCE)
    return Named(actor, target, Where.WHOLE)


def without_tail(text: str | None, names: tuple[str, ...], tail: str) -> str | None:
    """Take a place from the end of a text ("troops in Baghdad") that is among the words of the headline's place."""
    found = re.match(tail, text) if text else None
    said = words(found[2]) if found else ""
    return found[1] if found and said and any(said in place for place in names) else text


def is_part(hit: str, place: str) -> bool:
    """Return whether a name is called by its last words ("airport") or by several of its first ("US Embassy")."""
    return place.endswith(hit) or (place.startswith(hit) and is_phrase(hit))


def is_phrase(text: str) -> bool:
    """Return whether there is more than one word."""
    return text.count(" ") > 2  # noqa: PLR2004
