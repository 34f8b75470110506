"""Join GDELT's table of mentions to its events: which articles mention each.

Mentions have no place, day or type of their own; without the export file of the same hours they say nothing.
Source of the columns: GDELT 2.0 Event Database Codebook.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import geopandas as gpd

from geo.incidents.contract.schema import object_column
from geo.tabular.gdelt import is_mentions

DATASET: Final = "GDELT"
EVENT, ADDRESS = 0, 5  # columns


def holds_mentions(source: str) -> bool:
    """Recognise a file of mentions, zipped or not, by its first line."""
    path = Path(source)
    if not path.is_file():
        return False
    try:
        with _lines(path) as lines:
            return is_mentions(next(lines, "").rstrip("\r\n").split("\t"))
    except (OSError, zipfile.BadZipFile, UnicodeError, EOFError):
        return False


def join_mentions(events: gpd.GeoDataFrame, files: Sequence[str]) -> tuple[gpd.GeoDataFrame, str]:
    """Put the addresses of all articles that mention an event into its `report_ids`, its own first.

    Args:
        events: Incidents of GDELT.
        files: Tables of mentions.

    Returns:
        The incidents, and one line that says what was joined.
    """
    events_of = [name.removeprefix("gdelt:").partition("#")[0] for name in events["incident_id"]]
    found: dict[str, list[str]] = {name: [] for name in events_of}
    n_joined = n_others = 0
    for name, address in _mentions(files):
        if name in found:
            n_joined += 1
            found[name].append(address)
        else:
            n_others += 1
    joined = events.copy()
    rows = zip(events["report_ids"], events_of, strict=True)
    joined["report_ids"] = object_column([list(dict.fromkeys([*own, *found[name]])) for own, name in rows])
    n_events = sum(map(bool, found.values()))
    others = f"; {n_others:,} of events that are not here left out" if n_others else ""
    joined_text = f"{n_joined:,} mentions of {n_events:,} incidents joined as addresses of their reports{others}"
    return joined, f"{', '.join(files)}: {joined_text}."


def _mentions(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    for file in files:
        with _lines(Path(file)) as lines:
            for cells in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(cells) > ADDRESS and cells[ADDRESS].strip():
                    yield cells[EVENT].strip(), cells[ADDRESS].strip()


@contextmanager
def _lines(path: Path) -> Iterator[IO[str]]:
    with path.open("rb") as file:
        if not zipfile.is_zipfile(file):
            file.seek(0)
            yield io.TextIOWrapper(file, "utf-8", "replace", newline="")
            return
        with zipfile.ZipFile(file) as archive, archive.open(archive.namelist()[0]) as member:
            yield io.TextIOWrapper(member, "utf-8", "replace", newline="")
