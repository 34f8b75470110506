"""Sort what a person names on the command line: reports here, layers and tables of incidents there."""

import glob
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import CrsError, GeoError, InputError, SchemaError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

STORE = "postgresql://"
OF_SHAPES = frozenset({".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qmd", ".qml"})  # lie beside a shapefile


@dataclass(slots=True)
class Sorted:
    """The sources by what they are."""

    layers: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    taken: set[Path] = field(default_factory=set)  # files of folders that are tables, and so no reports


def sort_sources(sources: Iterable[str]) -> Sorted:
    """Distinguish layers and tables from reports, also in folders and globs."""
    found = Sorted()
    for source in sources:
        path = _path(source)
        if source.startswith((STORE, "postgres://")):
            found.layers.append(source)
        elif path is None:
            found.reports.append(source)
        elif path.is_dir():
            _of_folder(path, source, found)
        elif path.is_file() or source == "-" or not glob.has_magic(source):
            _of_file(path, source, found)
        else:
            for name in sorted(glob.glob(str(path), recursive=True)) or [source]:  # noqa: PTH207
                _of_file(Path(name), name, found)
    return found


def _path(source: str) -> Path | None:
    """Return the path of a source; None for what can name no file, which reading refuses in words."""
    try:
        path = Path(source).expanduser()
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return path
    except (OSError, ValueError, RuntimeError):
        return None
    return path


def _of_file(path: Path, source: str, found: Sorted) -> None:
    from geo.exporting import LAYER_SUFFIXES  # noqa: PLC0415
    from geo.importing import is_layer  # noqa: PLC0415

    known = is_layer(path) if path.is_file() else path.suffix.lower() in LAYER_SUFFIXES
    (found.layers if known else found.reports).append(source)


def _of_folder(path: Path, source: str, found: Sorted) -> None:
    from geo.exporting.geoparquet_folder import is_partitioned  # noqa: PLC0415
    from geo.importing import holds_events  # noqa: PLC0415
    from geo.reading.sources import walk  # noqa: PLC0415

    if is_partitioned(path):
        found.layers.append(source)
        return
    files = sorted(p for p in walk(path, lambda _: None) if not any(part.startswith(".") for part in p.parts[-1:]))
    tables = [file for file in files if holds_events(file)]
    found.layers += map(str, tables)
    found.taken |= {file.resolve() for file in tables}
    shapes = {file.with_suffix("") for file in tables if file.suffix.lower() == ".shp"}
    found.taken |= {
        file.resolve() for file in files if file.suffix.lower() in OF_SHAPES and file.with_suffix("") in shapes
    }
    if len(tables) < len(files) or not files:
        found.reports.append(source)


def read_layers(
    layers: Iterable[str],
    problems: Callable[[GeoError], None],
    note: Callable[[str], None],
    *,
    everything: bool = False,
    where: str | None = None,
) -> "list[GeoDataFrame]":
    """Read layers and tables into incident tables; one that cannot be used is named, the rest is read."""
    import geo  # noqa: PLC0415
    from geo.exporting.edit_log import read_edits  # noqa: PLC0415
    from geo.importing import as_points, holds_mentions  # noqa: PLC0415
    from geo.importing.usable import why_nothing  # noqa: PLC0415
    from geo.incidents import settle_types  # noqa: PLC0415

    named = list(layers)
    mentions = [layer for layer in named if holds_mentions(layer)]
    frames: list[GeoDataFrame] = []
    for layer in sorted(named, key=mentions.__contains__):
        if layer in mentions and any(_is_gdelt(frame) for frame in frames):
            continue
        try:
            frame = geo.read_layer(layer, everything=everything, where=where, on_problem=problems, on_note=note)
            if nothing := why_nothing(frame, where):
                problems(InputError(f"{layer}: {nothing}"))
                continue
            if "incident_id" not in frame.columns:
                frame = _named(frame, layer, note)
            edits = None if layer.startswith(STORE) or not Path(layer).is_file() else read_edits(layer)
            frames.append(settle_types(as_points(frame), edits, on_problem=_of(layer, problems)))
        except (SchemaError, CrsError) as error:
            problems(InputError(f"{layer}: {error}"))
        except GeoError as error:
            problems(_or_output(error, layer))
    return _with_mentions(frames, mentions, note) if mentions else frames


def _or_output(error: GeoError, layer: str) -> GeoError:
    """Say of a file that is not there how a file to write is named: people write it last, as with cp."""
    text = str(error)
    return (
        InputError(f"{text[:-1]}, or write -o {layer} for a new file.") if text.endswith(": check the name.") else error
    )


def _is_gdelt(frame: "GeoDataFrame") -> bool:
    return "dataset" in frame.columns and bool(frame["dataset"].eq("GDELT").any())


def _with_mentions(
    frames: "list[GeoDataFrame]", mentions: list[str], note: Callable[[str], None]
) -> "list[GeoDataFrame]":
    """Join tables of mentions to the events of GDELT, as addresses of their reports."""
    from geo.importing import join_mentions  # noqa: PLC0415

    made = []
    for frame in frames:
        if not _is_gdelt(frame):
            made.append(frame)
            continue
        joined, note_text = join_mentions(frame, mentions)
        note(note_text)
        made.append(joined)
    return made


def _named(frame: "GeoDataFrame", layer: str, note: Callable[[str], None]) -> "GeoDataFrame":
    """Find the contract's columns in a table of nobody's format, and say which of its own were taken for what."""
    from geo.importing.naming import name_columns  # noqa: PLC0415

    named = name_columns(frame)
    note_text = named.note()
    if note_text:
        note(f"{layer}: {note_text}.")
    return named.table


def part_at(frame: "GeoDataFrame", floor: float | None) -> "tuple[GeoDataFrame, GeoDataFrame]":
    """Part a layer at a confidence: what is kept, and what is below, with the reason.

    What a person confirmed, corrected or added is kept, and what states no confidence.
    """
    from geo.incidents.review.terms import REVIEWED  # noqa: PLC0415

    below = frame["confidence"] < (0 if floor is None else floor)
    if REVIEWED in frame:
        below &= frame[REVIEWED].isna()
    left_out = frame[below].copy()
    left_out["reason"] = [f"confidence {c:.2f}, below {floor:.2f}" for c in left_out["confidence"]]
    left_out["reason"] = left_out["reason"].astype("str")
    kept = frame[~below].reset_index(drop=True)
    kept.attrs = dict(frame.attrs)
    return kept, left_out.reset_index(drop=True)


def _of(layer: str, problems: Callable[[GeoError], None]) -> Callable[[GeoError], None]:
    """Name the layer in problems that do not name it themselves."""
    return lambda problem: problems(InputError(f"{layer}: {problem}"))


def put_beside(
    incidents: "GeoDataFrame",
    others: Iterable[str],
    problems: Callable[[GeoError], None],
    note: Callable[[str], None],
) -> "tuple[GeoDataFrame, list[str]]":
    """Put other tables under the incidents, each marked in the column `dataset`.

    Returns:
        All rows, and the datasets of the others, which are drawn with rings.
    """
    from geo.incidents import join  # noqa: PLC0415

    first = _called(incidents, "reports")
    mine = set(first["dataset"])
    frames, rings = [first], []
    for other in others:
        for frame in read_layers([other], problems, note):
            called = _called(frame, Path(other).stem)
            if set(called["dataset"]) & mine:
                called["dataset"] = called["dataset"].map(lambda name: f"{name}, beside").astype("str")
            rings += [name for name in dict.fromkeys(called["dataset"]) if name not in rings]
            frames.append(called)
    return join(frames, keep_all=True), rings


def _called(frame: "GeoDataFrame", name: str) -> "GeoDataFrame":
    """Give every row a dataset: its own, or the name of what it was read from."""
    datasets = frame["dataset"] if "dataset" in frame.columns else None
    named = frame.copy()
    named["dataset"] = name if datasets is None else datasets.fillna(name)
    named["dataset"] = named["dataset"].astype("str")
    return named
