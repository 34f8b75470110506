"""KML 2.2 and KMZ for Google Earth: a span of time and a style for every placemark, all columns as its data."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.exporting import file_metadata
from geo.exporting.arrow_json import content, joined, json_cells
from geo.exporting.arrow_types import NAME_OF, TEXT, dtype_names, types_of
from geo.exporting.arrow_xml import xml_text, xml_texts
from geo.exporting.column_names import in_degrees
from geo.exporting.kml_reading import NAMESPACE, NOTE, read
from geo.exporting.layer_to_arrow import chunks
from geo.exporting.prefetch import ahead
from geo.exporting.symbols import EVENT_SYMBOLS, OTHER, icon_png
from geo.exporting.world import cut
from geo.incidents.headlines.headline import COLUMNS as HEADLINE_COLUMNS
from geo.incidents.headlines.headline import headlines
from geo.incidents.layers.areas import AREAS

__all__ = ["read", "style_id", "write"]

ROWS: Final = 16_384
SOMEWHERE: Final = "-somewhere"  # ends the name of a style without a mark
INCIDENT: Final = {"incident_id", "event_type", "status", "geo_precision"}
TITLES: Final = ("sub_event_type", "place_name", "relation", "incident_id")


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write KML, or by the suffix .kmz the same in an archive with the pictures of its marks."""
    if path.suffix.lower() != ".kmz":
        with path.open("wb") as file:
            _write(file, layer, name, icons=False)
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("doc.kml", "w", force_zip64=True) as file:
            _write(file, layer, name, icons=True)
        for symbol in {symbol.shape: symbol for symbol in (*EVENT_SYMBOLS.values(), OTHER)}.values():
            archive.writestr(f"files/{symbol.shape}.png", icon_png(symbol.shape))


def _write(file: IO[bytes], layer: gpd.GeoDataFrame, name: str, *, icons: bool) -> None:
    layer = in_degrees(layer)
    types = types_of(layer)
    file.write(_head(name, file_metadata.note_text(name, dtype_names(layer, types)), types, icons=icons).encode())
    for rows in ahead(_placemarks(layer, types)):
        file.write(content(rows))
    file.write(b"</Folder></Document></kml>\n")


def _head(name: str, note: str, types: Mapping[str, pa.DataType], *, icons: bool) -> str:
    fields = "".join(f'<SimpleField type="{_field_type(kind)}" name="{xml_text(n)}"/>' for n, kind in types.items())
    shown = file_metadata.datasets_in(types)
    credits_ = "; ".join(f"{source['source']} ({source['licence']})" for source in file_metadata.sources(shown))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{NAMESPACE}"><Document><name>{xml_text(name)}</name>'
        f"<description>{xml_text(credits_)}</description>"
        + "".join(_styles(icons=icons))
        + f'<Schema name="layer" id="layer">{fields}</Schema>'
        f'<ExtendedData><Data name="{NOTE}"><value>{xml_text(note)}</value></Data></ExtendedData>'
        f"<Folder><name>{xml_text(name)}</name>\n"
    )


def _field_type(kind: pa.DataType) -> str:
    if pa.types.is_floating(kind):
        return "double"
    return "bool" if pa.types.is_boolean(kind) else "string"  # "int" would be cut to 32 bits


def _styles(*, icons: bool) -> Iterator[str]:
    """Give the styles of each event type, the second without a mark; KML has its colours as alpha, blue, green, red."""
    for key, symbol in {**EVENT_SYMBOLS, "": OTHER}.items():
        red, green, blue = symbol.colour[1:3], symbol.colour[3:5], symbol.colour[5:7]
        ink = f"{blue}{green}{red}".lower()
        icon = f"<Icon><href>files/{symbol.shape}.png</href></Icon>" if icons else ""
        lines = (
            f"<LabelStyle><scale>0.8</scale></LabelStyle><LineStyle><color>cc{ink}</color><width>2</width></LineStyle>"
            f"<PolyStyle><color>33{ink}</color></PolyStyle></Style>"
        )
        mark = f"<IconStyle><color>ff{ink}</color><scale>0.8</scale>{icon}</IconStyle>"
        yield f'<Style id="{style_id(key)}">{mark}{lines}'
        yield f'<Style id="{style_id(key)}{SOMEWHERE}"><IconStyle><scale>0</scale></IconStyle>{lines}'


def style_id(event_type: str) -> str:
    """Name the style of an event type: ids have no spaces or slashes."""
    return "style-" + ("".join(c if c.isalnum() else "-" for c in event_type.lower()) or "other")


def _placemarks(layer: gpd.GeoDataFrame, types: Mapping[str, pa.DataType]) -> Iterator[pa.Array]:
    for table, shapes in chunks(layer, types, ROWS):
        count = len(shapes)
        texts = {n: _data_texts(column.combine_chunks()) for n, column in zip(types, table.columns, strict=True)}
        parts: list[pa.Array | str] = ["<Placemark>", _names(table, texts, count), _spans(texts, types, count)]
        parts += [_style_urls(table, count), '<ExtendedData><SchemaData schemaUrl="#layer">']
        for name, column in texts.items():
            data = joined(f'<SimpleData name="{xml_text(name)}">', xml_texts(column), "</SimpleData>")
            parts.append(pc.fill_null(data, ""))
        parts += ["</SchemaData></ExtendedData>", pc.fill_null(_shapes(shapes), ""), "</Placemark>\n"]
        if count:
            yield joined(*parts)


def _data_texts(column: pa.Array) -> pa.Array:
    if column.type in NAME_OF:
        return json_cells(column)
    return column.cast(TEXT)


def _names(table: pa.Table, texts: Mapping[str, pa.Array], count: int) -> pa.Array:
    """Call an incident by its headline."""
    if not set(table.column_names) >= INCIDENT:
        return _titles(texts, count)
    lines = headlines(table.select([name for name in HEADLINE_COLUMNS if name in table.column_names]).to_pandas())
    return joined("<name>", xml_texts(pa.array(lines, TEXT)), "</name>")


def _titles(texts: Mapping[str, pa.Array], count: int) -> pa.Array:
    """Call a placemark by the first two things that a layer knows of it."""
    known = [pc.fill_null(xml_texts(texts[name]), "") for name in TITLES if name in texts][:2]
    return (
        joined("<name>", pc.binary_join_element_wise(*known, pa.scalar(", ", TEXT)), "</name>")
        if known
        else _none(count)
    )


def _none(count: int) -> pa.Array:
    return pa.array(np.full(count, ""), TEXT)


def _spans(texts: Mapping[str, pa.Array], types: Mapping[str, pa.DataType], count: int) -> pa.Array:
    """Give the days as a span that ends with the last second of the last day."""
    days = [name for name in ("date_start", "date_end") if types.get(name) == pa.date32()]
    if len(days) < 2:  # noqa: PLR2004
        return _none(count)
    begin = pc.fill_null(joined("<begin>", texts["date_start"], "</begin>"), "")
    end = pc.fill_null(joined("<end>", texts["date_end"], "T23:59:59Z</end>"), "")
    inside = joined(begin, end)
    return pc.if_else(pc.equal(inside, ""), "", joined("<TimeSpan>", inside, "</TimeSpan>")).cast(TEXT)


def _style_urls(table: pa.Table, count: int) -> pa.Array:
    if "event_type" not in table.column_names:
        return pa.array(np.full(count, f"<styleUrl>#{style_id('')}</styleUrl>"), TEXT)
    found = table.column("event_type").to_pylist()
    precise = table.column("geo_precision").to_pylist() if "geo_precision" in table.column_names else [None] * count
    # What is known by its province or country alone is a name on the map, never a mark at one spot.
    keys = [
        (event if event in EVENT_SYMBOLS else "", kind in AREAS) for event, kind in zip(found, precise, strict=True)
    ]
    urls = {(event, vague): f"<styleUrl>#{style_id(event)}{SOMEWHERE * vague}</styleUrl>" for event, vague in set(keys)}
    return pa.array([urls[key] for key in keys], TEXT)


def _shapes(shapes: Any) -> pa.Array:
    """Write shapes as KML; points, by far the most, in whole columns."""
    shapes = cut(shapes)
    shapes = np.where(shapely.is_empty(shapes), None, shapes)
    if (shapely.get_type_id(shapes) <= 0).all() and not shapely.has_z(shapes).any():
        x, y = (pa.array(axis, from_pandas=True).cast(TEXT) for axis in (shapely.get_x(shapes), shapely.get_y(shapes)))
        return joined("<Point><coordinates>", x, ",", y, "</coordinates></Point>")
    return pa.array([None if shape is None else _shape(shape) for shape in shapes], TEXT)


def _shape(shape: Any) -> str:
    if shape.geom_type.startswith("Multi") or shape.geom_type == "GeometryCollection":
        return f"<MultiGeometry>{''.join(map(_shape, shape.geoms))}</MultiGeometry>"
    if shape.geom_type == "Polygon":
        holes = "".join(f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>" for hole in shape.interiors)
        return f"<Polygon><outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>{holes}</Polygon>"
    kind = "Point" if shape.geom_type == "Point" else "LineString"
    more = "<tessellate>1</tessellate>" if kind == "LineString" else ""
    return f"<{kind}>{more}{_coordinates(shape)}</{kind}>"


def _ring(ring: Any) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: Any) -> str:
    corners = " ".join(",".join(repr(float(axis)) for axis in corner) for corner in shape.coords)
    return f"<coordinates>{corners}</coordinates>"
