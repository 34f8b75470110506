"""Read GeoJSON features as they stand, whoever wrote them: a broken one is named, the others are kept."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from geo.errors import GeoError, InputError
from geo.exporting.arrow_to_layer import to_layer, without_echo
from geo.exporting.arrow_types import AS_TEXT, JSON, TEXT, TEXTS, TYPE_OF, target_of
from geo.exporting.layer_to_arrow import finite, sound

ROWS: Final = 65_536
OF_A_FEATURE: Final = frozenset({"type", "geometry", "properties", "bbox", "id"})
MOST_AXES: Final = 3  # longitude, latitude, height

OnProblem = Callable[[GeoError], None]
Record = tuple[str, Any]  # where it stands, and the JSON value that stands there


def layer_of(
    records: Iterable[Record], on_problem: OnProblem, dtypes: Mapping[str, str] | None = None
) -> gpd.GeoDataFrame:
    """Make a layer of features.

    Args:
        records: Each with the words that name it, such as "data.geojson, feature 7".
        on_problem: Called for a feature that cannot be used.
        dtypes: The types of the columns, as the note of a file says them.
    """
    tables: list[pa.Table] = []
    shapes: list[Any] = [np.empty(0, dtype=object)]
    good = _good(records, on_problem)
    while piece := list(islice(good, ROWS)):
        made, kept = _shapes(piece, on_problem)
        shapes.append(made[kept])
        tables.append(_table([_cells(feature) for (_, feature), keep in zip(piece, kept, strict=True) if keep]))
    table = pa.concat_tables(tables, promote_options="permissive") if tables else pa.table({})
    return to_layer(without_echo(table), np.concatenate(shapes), dtypes)


def _good(records: Iterable[Record], on_problem: OnProblem) -> Iterator[Record]:
    """Pass over what is no feature; a bare geometry is one without properties."""
    for where, value in records:
        feature = value
        if isinstance(value, dict) and ("coordinates" in value or "geometries" in value) and "geometry" not in value:
            feature = {"type": "Feature", "geometry": value, "properties": {}}
        if isinstance(feature, dict) and _is_feature(feature):
            yield where, feature
        else:
            on_problem(InputError(f"{where}: is no GeoJSON feature; expected an object with geometry and properties."))


def _is_feature(value: Mapping[str, Any]) -> bool:
    """Distinguish a feature, with or without a geometry, from other objects."""
    return ("geometry" in value or value.get("type") == "Feature") and isinstance(value.get("properties") or {}, dict)


def _cells(feature: Mapping[str, Any]) -> dict[str, Any]:
    """Give the properties, and what else a program wrote beside them."""
    beside = {name: value for name, value in feature.items() if name not in OF_A_FEATURE}
    own = {"id": feature["id"]} if feature.get("id") is not None else {}
    return {**own, **beside, **(feature.get("properties") or {})}


def _shapes(piece: list[Record], on_problem: OnProblem) -> tuple[Any, Any]:
    """Read geometries at once, and mend or name those that cannot be read so.

    Returns:
        Shapely geometries, shape (n,), and which rows to keep.
    """
    texts = [None if (said := feature.get("geometry")) is None else json.dumps(said) for _, feature in piece]
    made = from_texts(texts)
    kept = np.ones(len(piece), dtype=bool)
    for row in np.flatnonzero([shape is None and text is not None for shape, text in zip(made, texts, strict=True)]):
        where, feature = piece[row]
        try:
            made[row] = _mended(feature["geometry"])
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            kept[row] = False
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            on_problem(InputError(f"{where}: its geometry cannot be read ({reason}); the row is left out."))
    return made, kept


def from_texts(texts: list[str | None]) -> Any:
    """Read GeoJSON geometries; None for null and for what is broken."""
    with np.errstate(all="ignore"):
        return shapely.from_geojson(np.array([*texts, None], dtype=object), on_invalid="ignore")[:-1]


def _mended(geometry: Mapping[str, Any]) -> Any:
    """Read a geometry that is not as the standard has it: numbers in quotes, open rings, more axes than three.

    Returns:
        The shape; None when its coordinates are null or NaN.

    Raises:
        ValueError: If it can be no shape all the same.
    """
    if geometry.get("type") == "GeometryCollection":
        parts = [_mended(part) for part in geometry["geometries"]]
        return shapely.GeometryCollection([part for part in parts if part is not None])
    coordinates = _numbers(geometry["coordinates"])
    if coordinates is None:
        return None
    if geometry["type"] == "Polygon":
        coordinates = [_closed(ring) for ring in coordinates]
    if geometry["type"] == "MultiPolygon":
        coordinates = [[_closed(ring) for ring in polygon] for polygon in coordinates]
    try:
        with np.errstate(all="ignore"):
            return shapely.from_geojson(json.dumps({"type": geometry["type"], "coordinates": coordinates}))
    except shapely.errors.GEOSException as error:
        raise ValueError(str(error)) from error


def _numbers(coordinates: Any) -> Any:
    """Give coordinates as numbers, as many axes as there are of space; None where one is null or NaN."""
    if coordinates is None:
        return None
    if not isinstance(coordinates, list):
        msg = f"coordinates {coordinates!r}"
        raise TypeError(msg)
    if any(isinstance(item, list) for item in coordinates):
        inside = [_numbers(item) for item in coordinates]
        return None if None in inside else inside
    axes = [math.nan if axis is None else float(axis) for axis in coordinates[:MOST_AXES]]
    return axes if all(map(math.isfinite, axes)) else None


def _closed(ring: list[Any]) -> list[Any]:
    return ring if not ring or ring[0] == ring[-1] else [*ring, ring[0]]


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    names = dict.fromkeys(name for row in rows for name in row)
    columns = [_column(name, [row.get(name) for row in rows]) for name in names]
    if not columns:
        return pa.table({"": pa.nulls(len(rows))}).select([])
    return pa.table(columns, names=[sound(name) for name in names])


def _column(name: str, cells: list[Any]) -> pa.Array:
    """Make a column of what JSON has: by the contract, else by what all its values are."""
    target = target_of(name, {})
    kind = TYPE_OF.get(target or "") or _kind_of(cells)
    for values in (cells, sound(cells)):
        try:
            return pa.array(values, pa.string() if kind in AS_TEXT else kind)
        except UnicodeEncodeError:  # half a surrogate pair
            continue
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
            break
    texts = [None if cell is None else json.dumps(finite(sound(cell)), ensure_ascii=False) for cell in cells]
    return pa.ExtensionArray.from_storage(JSON, pa.array(texts, TEXT))


_KINDS: Final[Mapping[frozenset[type], pa.DataType]] = {
    frozenset(): TEXT,
    frozenset({str}): TEXT,
    frozenset({bool}): pa.bool_(),
    frozenset({int}): pa.int64(),
    frozenset({float}): pa.float64(),
    frozenset({int, float}): pa.float64(),
    frozenset({list}): TEXTS,
}


def _kind_of(cells: list[Any]) -> pa.DataType:
    # what fits no type raises in pa.array, and becomes JSON
    return _KINDS.get(frozenset(map(type, cells)) - {type(None)}, pa.null())
