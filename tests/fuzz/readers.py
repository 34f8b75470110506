"""Every reader of `geo`, with whole files to break, and what must hold whatever is in a file."""

import json
import random
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from geo.errors import GeoError, GeoWarning
from geo.exporting import read_layer, write_layer
from geo.exporting.edit_log import read_edits
from geo.gazetteer.dumps import open_text, read_dump
from geo.gazetteer.table import read_places
from geo.importing import read_layer as import_layer
from geo.incidents import apply_review, conform
from geo.reading import read
from tests.fuzz.mutations import mutated, mutated_zip, written
from tests.fuzz.wholes import EVENTS, documents, shapefile, tables
from tests.synthetic import make_incidents

ROWS = 6
PATIENCE_S = 20.0  # of the processor; a whole file takes milliseconds
STORY = "Gunmen attacked the market of Basra on Monday, and police said that four people had been killed in it."
LAYERS = (".geojson", ".geojsonl", ".geojsons", ".gpkg", ".parquet", ".fgb", ".kml", ".kmz", ".csv", ".xlsx")
ZIPS = frozenset({".kmz", ".xlsx", ".docx", ".epub", ".zip"})
# A broken byte inside of a value is no loss that a reader could see; a row that is gone is.
COUNTED = frozenset({".geojson", ".geojsonl", ".geojsons", ".gpkg", ".fgb", ".parquet", ".kml"})


@dataclass
class Tally:
    """What came of the files tried."""

    tried: int = 0
    refused: int = 0
    warned: int = 0  # read, with something said
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reader:
    """One reader: its name, a whole file, and how to read it; the rows read and the problems reported come back."""

    name: str
    suffix: str
    whole: bytes
    read: Callable[[Path], tuple[int, int]]
    rows: int


def try_one(reader: Reader, data: bytes, folder: Path, tally: Tally) -> None:
    """Read one broken file: an error of `geo`'s own, or every row or a word for it, in time."""
    path = written(folder / f"broken{reader.suffix}", data)
    began = time.process_time()
    tally.tried += 1
    try:
        rows, problems = reader.read(path)
    except GeoError:
        tally.refused += 1
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        tally.faults.append(f"{reader.name}: {type(error).__name__}: {str(error)[:200]} for {data[:3000]!r}")
    else:
        tally.warned += problems > 0
        cut = reader.suffix in COUNTED and len(data) < len(reader.whole) and reader.whole.startswith(data.rstrip())
        if cut and rows < reader.rows and not problems and data.strip() and not _ends_a_record(reader, data):
            tally.faults.append(f"{reader.name}: {rows} of {reader.rows} rows without a word for {len(data)} bytes")
    if time.process_time() - began > PATIENCE_S:
        tally.faults.append(f"{reader.name}: {time.process_time() - began:.0f} s for {data[:3000]!r}")


def _ends_a_record(reader: Reader, data: bytes) -> bool:
    """Return whether a file of lines was cut between two of them: what is left is a whole file of fewer."""
    return reader.suffix in {".geojsonl", ".geojsons"} and data.rstrip().endswith(b"}}")


def broken(reader: Reader, dice: random.Random) -> bytes:
    """Make one broken file."""
    if reader.suffix in ZIPS and dice.random() < 0.7:
        return mutated_zip(reader.whole, dice)
    return mutated(reader.whole, dice)


def readers() -> Iterator[Reader]:
    """Give every reader with a whole file."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for suffix in LAYERS:
            write_layer(make_incidents(ROWS), folder / f"whole{suffix}")
            yield Reader(f"layer{suffix}", suffix, (folder / f"whole{suffix}").read_bytes(), _layer, ROWS)
        foreign = {"type": "FeatureCollection", "features": [_feature(n) for n in range(ROWS)]}
        yield Reader("foreign.geojson", ".geojson", json.dumps(foreign, indent=1).encode(), _layer, ROWS)
        yield Reader("decisions.gpkg", ".gpkg", (folder / "whole.gpkg").read_bytes(), _decisions, ROWS)
        yield Reader("decisions.csv", ".csv", (folder / "whole.csv").read_bytes(), _decisions, ROWS)
    front = f"---\nid: a\ntitle: 'In Basra'\npublished: 2020-03-13\nurl: https://example.org\n---\n{STORY}\n{STORY}\n"
    yield Reader("report.md", ".md", front.encode(), _reports, 1)
    lines = [json.dumps({"id": str(n), "published": "2020-03-13", "title": "x", "text": STORY}) for n in range(ROWS)]
    yield Reader("reports.jsonl", ".jsonl", "\n".join(lines).encode(), _reports, ROWS)
    table = "name,lat,lon,kind,country,aliases\n" + "".join(
        f"Tell {n},33,4{n},site,IQ,Tall {n};Tal\n" for n in range(6)
    )
    yield Reader("places.csv", ".csv", table.encode(), _places, ROWS)
    row = "{0}\tTell {0}\tTell {0}\t\t33\t4{0}\tP\tPPL\tIQ\t\t01\t\t\t\t0\t\t10\tAsia/Baghdad\t2020-01-01\n"
    yield Reader("dump.txt", ".txt", "".join(row.format(n) for n in range(ROWS)).encode(), _dump, ROWS)
    yield from _other_peoples()


def _other_peoples() -> Iterator[Reader]:
    for suffix, whole, reports in documents():
        if suffix == ".meta.json":
            yield Reader("sidecar", suffix, whole, _beside_a_report, reports)
        else:
            yield Reader(f"document{suffix}", suffix, whole, _reports, reports)
    for name, suffix, whole, incidents in tables():
        yield Reader(f"table.{name}", suffix, whole, _table, incidents)
    with TemporaryDirectory() as folder:
        yield Reader("table.shapefile", ".zip", shapefile(Path(folder)), _table, EVENTS)


def _feature(n: int) -> dict[str, object]:
    shape = {"type": "Polygon", "coordinates": [[[0, 0], [n + 1, 0], [1, 1], [0, 0]]]}
    return {"type": "Feature", "geometry": shape, "properties": {"name": f"n{n}", "list": [n], "day": "2020-03-13"}}


def _layer(path: Path) -> tuple[int, int]:
    problems: list[GeoError] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("default", GeoWarning)
        layer = read_layer(path, on_problem=problems.append)
        if path.stat().st_size % 20 == 0:  # ten times as slow as all the rest
            conform(layer, on_problem=list[GeoError]().append)
    return len(layer), len(problems)


EXTRACTED = make_incidents(ROWS)


def _decisions(path: Path) -> tuple[int, int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        edits, layer = read_edits(path), read_layer(path)
        if path.stat().st_size % 20 == 0:
            apply_review(EXTRACTED, layer, edits)
    return ROWS, 0


def _reports(path: Path) -> tuple[int, int]:
    problems: list[GeoError] = []
    return len(read(path, on_problem=problems.append)), len(problems)


def _beside_a_report(path: Path) -> tuple[int, int]:
    text = path.with_name("broken.txt" if path.name.startswith("broken") else "whole.txt")
    text.write_text(STORY, encoding="utf-8")
    return _reports(text)


def _table(path: Path) -> tuple[int, int]:
    problems: list[GeoError] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("default", GeoWarning)
        return len(import_layer(path, on_problem=problems.append)), len(problems)


def _places(path: Path) -> tuple[int, int]:
    with open_text(path) as lines:
        return len(list(read_places(path, lines, lambda name: "IQ" if name else ""))), 0


def _dump(path: Path) -> tuple[int, int]:
    with open_text(path) as lines:
        return len(list(read_dump(path, lines))), 0
