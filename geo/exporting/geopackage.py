"""GeoPackage 1.3: any number of layers in one file, each with the style that QGIS opens it in.

Days are DATE, counts INTEGER, lists and evidence JSON texts. The file is SQLite; GDAL writes the
layers, this module adds what GDAL does not know: `layer_styles`, and the metadata tables of the
standard (OGC 12-128r18, annex F.8) with sources, licences, version and the types of the columns, and
triggers that log what a person edits (geo/exporting/edit_log.py).
"""

import sqlite3
import warnings
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pyogrio
import shapely

from geo.errors import ExportError, InputError, warn
from geo.exporting import edit_log, file_metadata, ogr
from geo.exporting.arrow_to_layer import to_layer
from geo.exporting.arrow_types import dtype_names, types_of
from geo.exporting.column_names import GEOMETRY, distinct, in_degrees
from geo.exporting.features import OnProblem
from geo.incidents.review import is_as_extracted

# The file is new and moved in place when it is whole: a journal would protect nothing.
FAST: Final = {"OGR_SQLITE_JOURNAL": "OFF", "OGR_SQLITE_SYNCHRONOUS": "OFF", "OGR_SQLITE_CACHE": "16"}
# GDAL would build the spatial index of a large layer in a second file, which a killed run would leave behind.
ONE_FILE: Final = {"OGR_GPKG_ALLOW_THREADED_RTREE": "NO"}
VERSION: Final = "1.3"  # QGIS 3.22, of Debian 12, warns of later ones
EXTENSION: Final = "http://www.geopackage.org/spec/#extension_metadata"
STANDARD: Final = "https://github.com/geo-incidents/layer-note"
MAIN_LAYER: Final = "incidents"
MOST_COLUMNS: Final = 1_990  # SQLite has room for 2,000; the number of the row and the geometry are among them
PATIENCE: Final = 500_000_000  # steps of SQLite, some ten seconds; counting ten million rows takes a tenth of it


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write one layer into a new file."""
    write_all({name: layer}, path)


def write_all(layers: Mapping[str, gpd.GeoDataFrame], path: Path) -> None:
    """Write layers into a new file, in the given order."""
    notes: dict[str, str] = {}
    styles: dict[str, str | None] = {}
    with ogr.gdal_options(**FAST, **ONE_FILE):
        for name, layer in layers.items():
            notes[name] = _write_layer(in_degrees(layer), path, name, append=bool(notes))
            styles[name] = style_of(layer)
    try:
        _add_tables(layers, path, notes, styles)
    except sqlite3.OperationalError as error:
        raise ogr.no_room(str(error)) from error


def _add_tables(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path, notes: dict[str, str], styles: dict[str, str | None]
) -> None:
    """Add to a GeoPackage what GDAL does not write."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA journal_mode=MEMORY")
        database.execute("BEGIN")
        _add_notes(database, notes)
        _add_styles(database, {name: style for name, style in styles.items() if style})
        for name, layer in layers.items():
            if is_as_extracted(layer):
                edit_log.install(database, name, layer.attrs.get("dropped", ()))
                _name_table(database, edit_log.LOG, "what a person edited")
        database.execute("COMMIT")


def _write_layer(layer: gpd.GeoDataFrame, path: Path, name: str, *, append: bool) -> str:
    types = types_of(layer)
    called = distinct(list(types), taken=[GEOMETRY])
    renamed = {new: name for name, new in called.items() if new != name}
    if renamed:
        pairs = ", ".join(f"{name!r} is called {new!r} there" for new, name in renamed.items())
        warn(f"layer {name!r}: a GeoPackage does not distinguish upper from lower case: {pairs}.")
    if len(types) > MOST_COLUMNS:
        msg = f"layer {name!r} has {len(types):,} columns, more than the {MOST_COLUMNS:,} of a GeoPackage; drop some."
        raise ExportError(msg)
    promoted = ogr.geometry_type(layer).startswith("Multi")
    note = file_metadata.note(name, dtype_names(layer, types))
    # A part of one: was it single or a Multi of one? When no Multi of one is there, reading can decide.
    note["renamed"] = renamed
    note["promoted"] = promoted and not (_parts(layer) == 1).any()
    options = {"IDENTIFIER": name, "DESCRIPTION": f"{name}, written by geo {note['version']}"}
    options |= {"FID": _fid(called.values()), "GEOMETRY_NAME": GEOMETRY}
    new = {} if append else {"dataset_options": {"VERSION": VERSION}}
    layer, types = layer.rename(columns=called), {called[name]: kind for name, kind in types.items()}
    ogr.write(layer, types, path, "GPKG", layer=name, append=append, promote=promoted, layer_options=options, **new)
    return file_metadata.as_text(note)


def _parts(layer: gpd.GeoDataFrame) -> Any:
    """Count the parts of every "Multi" shape; 0 for the others."""
    shapes = layer.geometry.to_numpy()
    return shapely.get_num_geometries(shapes) * (shapely.get_type_id(shapes) > 3)  # noqa: PLR2004


def _fid(names: Iterable[str]) -> str:
    """Name the column of row numbers as no other column is called, whatever the case."""
    taken = {name.lower() for name in names}
    return next(name for name in ("fid", "geo_fid", *(f"fid{n}" for n in range(len(taken) + 1))) if name not in taken)


def _add_notes(database: sqlite3.Connection, notes: Mapping[str, str]) -> None:
    database.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, "
        "md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, "
        "mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')"
    )
    database.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, "
        "column_name TEXT, row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT "
        "(strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL, md_parent_id INTEGER, "
        "CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), "
        "CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))"
    )
    database.executemany(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_metadata', ?, 'read-write')",
        [(table, EXTENSION) for table in ("gpkg_metadata", "gpkg_metadata_reference")],
    )
    for name, note in notes.items():
        added = database.execute(
            "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) VALUES (?, ?, ?, ?)",
            ("dataset", STANDARD, "application/json", note),
        )
        database.execute(
            "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id) VALUES ('table', ?, ?)",
            (name, added.lastrowid),
        )


def _name_table(database: sqlite3.Connection, name: str, description: str) -> None:
    """List a table without geometry among the contents: QGIS lists it anyway, and opens it only then."""
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
        (name, name, description),
    )


def _add_styles(database: sqlite3.Connection, styles: Mapping[str, str]) -> None:
    """Add the table in which QGIS keeps styles; the default one of a layer is loaded with it."""
    database.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), "
        "f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), "
        "styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
        "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
    )
    _name_table(database, "layer_styles", "styles of the layers, for QGIS")
    database.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
        "styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '')",
        [
            (name, GEOMETRY, name, style, "colours and shapes of event types, as on the page")
            for name, style in styles.items()
        ],
    )


def read(path: Path, on_problem: OnProblem, layer: str | None = None) -> gpd.GeoDataFrame:  # noqa: ARG001 - as every format
    """Read one layer: the named one, else `incidents`, else the first.

    Raises:
        InputError: If there is no such layer.
    """
    names = layers_in(path)
    chosen = layer or (MAIN_LAYER if MAIN_LAYER in names else next(iter(names), None))
    if chosen not in names:
        msg = f"{path}: has no layer {chosen or ''!r}; it has {', '.join(names) or 'none'}."
        raise InputError(msg)
    number = _count(path, str(chosen))
    table, shapes = ogr.read(path, layer=chosen)
    if number is not None and number != len(shapes):
        msg = (
            f"{path}: layer {chosen!r} has {number:,} rows, of which only {len(shapes):,} can be read: repair the file."
        )
        raise InputError(msg)
    note = _note_of(path, str(chosen))
    if file_metadata.is_promoted(note):
        shapes = _single_again(shapes)
    before = file_metadata.renamed_in(note)
    table = table.rename_columns([before.get(name, name) for name in table.column_names])
    return to_layer(table, shapes, file_metadata.dtypes_in(note))


def layers_in(path: Path) -> list[str]:
    """Name the layers of a file that have geometry.

    Raises:
        InputError: If it is no GeoPackage.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of a database of something else, which is refused below
            return [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read as GeoPackage ({ogr.reason(error)}); expected a whole file of that format."
        raise InputError(msg) from error


def _single_again(shapes: Any) -> Any:
    alone = (shapely.get_num_geometries(shapes) == 1) & (shapely.get_type_id(shapes) > 3)  # noqa: PLR2004
    shapes[alone] = shapely.get_geometry(shapes[alone], 0)
    return shapes


def _note_of(path: Path, layer: str) -> str | None:
    asked = (
        "SELECT m.metadata FROM gpkg_metadata m JOIN gpkg_metadata_reference r ON r.md_file_id = m.id "
        "WHERE r.table_name = ? AND m.md_standard_uri = ? ORDER BY m.id DESC"
    )
    with closing(edit_log.connected(path)) as database:
        try:
            row = database.execute(asked, (layer, STANDARD)).fetchone()
        except (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError):  # no such table: somebody else's file
            return None
    return row and str(row[0])


def _count(path: Path, layer: str) -> int | None:
    """Count the rows of a layer; None when SQLite cannot.

    Raises:
        InputError: If they do not come to an end: a layer may be a view that makes ever more rows.
    """
    with closing(edit_log.connected(path)) as database:
        database.set_progress_handler(lambda: 1, PATIENCE)
        try:
            row = database.execute(f"SELECT count(*) FROM {edit_log.quoted(layer)}").fetchone()  # noqa: S608 - quoted
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                return None
            msg = f"{path}: layer {layer!r} is a view whose rows do not come to an end; save them as a table."
            raise InputError(msg) from error
        except sqlite3.DatabaseError:
            return None
    return int(row[0])


def style_of(layer: gpd.GeoDataFrame) -> str | None:
    """Write the QGIS style that suits a layer; None when it is none that geo knows."""
    from geo.exporting.qgis_style import style_for  # noqa: PLC0415

    return style_for(layer)
