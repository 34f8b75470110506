"""Read GeoNames dumps: country files, allCountries and alternateNamesV2.

Columns: https://download.geonames.org/export/dump/readme.txt, tab-separated, no header.
"""

import io
import math
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from geo.errors import GazetteerError
from geo.gazetteer.entry import Entry, settlement_prominence, settlement_radius_m
from geo.gazetteer.place import Kind

DUMP_COLUMNS: Final = 19
LONGEST_LINE: Final = 1_000_000  # letters; the longest of GeoNames has some thousand
MOST_PEOPLE: Final = 10_000_000_000  # GeoNames has the Earth too
LARGEST: Final = 16_000_000_000  # bytes that a zip may unpack to; allCountries has 1.6 GB
NAMES_COLUMNS: Final = range(8, 11)
# Columns of alternateNamesV2 that hold codes and links, no names.
_NO_LANGUAGES: Final = frozenset("link post iata icao faac tcid unlc wkdt abbr phon piny uicn".split())
_KINDS: Final[dict[str, Kind]] = {
    "P": "settlement", "A": "admin", "H": "region", "L": "region", "T": "region", "V": "region", "U": "region",
    "S": "site", "R": "site",
}  # fmt: skip
_SITES: Final = frozenset("L.MILB L.NVB L.AIRB L.CMPRF L.OILF L.GASF H.WLL H.SPNG H.RSV H.PND H.WTRW".split())
_POINTS: Final = frozenset("T.MT T.PK T.HLL T.VLC T.CAPE T.PASS".split())
# How far a thing reaches when nothing is known but its sort, metres.
_REACH: Final = {
    "A.ADM1": 80_000, "A.ADM2": 30_000, "A.ADM3": 10_000, "A.ADM4": 5_000, "S": 500, "R": 5_000, "H.LK": 5_000,
    "H": 15_000, "L": 20_000, "T.ISL": 10_000, "T": 8_000, "V": 10_000, "U": 50_000, "A": 10_000,
}  # fmt: skip
_PROMINENCE: Final = {"S.AIRP": 3.5, "S.AIRB": 3.5, "L.MILB": 3.3, "A": 3.0, "H": 2.8, "T": 2.8, "L": 2.6, "S": 2.2}


def _encoding(path: Path) -> str:
    """Take a table that is not UTF-8 for Windows-1252, which Excel saves; GeoNames' dumps are UTF-8."""
    if path.suffix.lower() == ".csv":
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


@contextmanager
def open_text(path: Path) -> Iterator[Iterator[str]]:
    """Give the lines of a text file, or of the text of the same name in a zip as GeoNames hands it out.

    Raises:
        GazetteerError: If the file is missing, or the zip holds no text file, or one that is no table.
    """
    try:
        if path.suffix.lower() != ".zip":
            with path.open(encoding=_encoding(path), newline="\n") as lines:
                yield _lines(path, lines)
            return
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".txt") and "readme" not in name]
            wanted = next((name for name in names if Path(name).stem == path.stem), names[0] if names else None)
            if wanted is None:
                msg = f"{path}: a zip without a text file; give one of GeoNames' dumps, such as IQ.zip."
                raise GazetteerError(msg)
            if archive.getinfo(wanted).file_size > LARGEST:
                msg = f"{path}: unpacks to more than {LARGEST / 1e9:.0f} GB, which no gazetteer has; check the file."
                raise GazetteerError(msg)
            with archive.open(wanted) as raw:
                yield _lines(path, io.TextIOWrapper(raw, encoding="utf-8", newline="\n"))
    except UnicodeDecodeError as error:
        msg = f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8 and add it again."
        raise GazetteerError(msg) from error
    except (OSError, zipfile.BadZipFile) as error:
        msg = f"{path}: cannot be read ({getattr(error, 'strerror', None) or error}); check the path."
        raise GazetteerError(msg) from error


def _lines(path: Path, text: TextIO) -> Iterator[str]:
    """Yield lines; what goes on without an end is no table, and would fill the memory."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            msg = f"{path}: a line of more than {LONGEST_LINE:,} letters; expected a table with a row in each line."
            raise GazetteerError(msg)
        yield line


def broken(path: Path, line: int, found: str, expected: str) -> GazetteerError:
    """Make the error of a broken line."""
    return GazetteerError(
        f"{path}, line {line}: {found}; expected {expected}. Correct the line and add the file again."
    )


def read_dump(path: Path, lines: Iterator[str]) -> Iterator[Entry]:
    """Read places from a country file or allCountries.

    Args:
        path: The file, for error messages.
        lines: Its lines.

    Yields:
        One entry per line; `admin1` and `admin2` are GeoNames' codes ("IQ.01", "IQ.01.123").

    Raises:
        GazetteerError: If a line has not 19 columns, or its number or coordinates are none.
    """
    for n, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != DUMP_COLUMNS:
            if not line.strip():
                continue
            raise broken(path, n, f"{len(cells)} columns", f"{DUMP_COLUMNS}, with tabs between")
        try:
            yield _entry(cells)
        except ValueError as error:
            expected = "a GeoNames number, latitude, longitude and population in columns 1, 5, 6, 15"
            raise broken(path, n, str(error), expected) from error


def _entry(cells: list[str]) -> Entry:
    number, lat, lon = int(cells[0]), float(cells[4]), float(cells[5])
    if not (abs(lat) <= 90 and abs(lon) <= 180):  # noqa: PLR2004 - degrees
        msg = f"latitude {lat}, longitude {lon}"
        raise ValueError(msg)
    letter, code, country = cells[6], cells[7], cells[8]
    feature = f"{letter}.{code}"
    population = int(cells[14] or 0)
    if population > MOST_PEOPLE:
        msg = f"a population of more than {MOST_PEOPLE:,}"
        raise ValueError(msg)
    return Entry(
        id=f"geonames:{number}",
        name=cells[1],
        kind=_kind(letter, feature),
        feature_class=letter,
        feature_code=code,
        lon=lon,
        lat=lat,
        country_code=country,
        admin1=f"{country}.{cells[10]}" if cells[10] else "",
        admin2=f"{country}.{cells[10]}.{cells[11]}" if cells[11] else "",
        population=max(population, 0),
        radius_m=_reach_m(letter, feature, population),
        source="GeoNames",
        best=[cells[2]],
        names=[name for name in cells[3].split(",") if name and is_name(name)],
        prominence=_prominence(letter, feature, code, population),
    )


def _kind(letter: str, feature: str) -> Kind:
    if feature.startswith("A.PCL") and feature != "A.PCLH":
        return "country"
    if feature in _SITES:
        return "site"
    return "other" if feature in _POINTS else _KINDS.get(letter, "other")


def _reach_m(letter: str, feature: str, population: int) -> float:
    if letter == "P":
        return settlement_radius_m(population)
    if feature.startswith("A.PCL"):
        return 300_000
    return float(_REACH.get(feature) or _REACH.get(letter, 2_000))


def _prominence(letter: str, feature: str, code: str, population: int) -> float:
    if letter == "P":
        return settlement_prominence(population, code)
    people = math.log10(max(population, 100))
    if feature.startswith("A.PCL"):
        return 4 + people
    if feature in {"A.ADM1", "A.ADM2"}:
        level = int(feature[-1])
        return max(people - 0.5 * level, 3.6 - level / 2)
    return _PROMINENCE.get(feature) or _PROMINENCE.get(letter, 2.0)


def is_name(name: str) -> bool:
    """Recognise names among what else stands there: search spellings ("ba ge da"), airport codes ("BGW"), links."""
    if name.isascii():
        return not name.islower() and not (name.isupper() and len(name) <= 4) and "://" not in name  # noqa: PLR2004
    return True


def read_alternate_names(path: Path, lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Read further names from alternateNamesV2.

    Yields:
        The GeoNames number of a place and one more name of it.

    Raises:
        GazetteerError: If a line has too few columns or no number.
    """
    for n, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) not in NAMES_COLUMNS or not cells[1].isdecimal():
            if not line.strip():
                continue
            raise broken(path, n, f"{len(cells)} columns", "8 to 10, with a GeoNames number in the second")
        if cells[2] not in _NO_LANGUAGES and is_name(cells[3]):
            yield int(cells[1]), cells[3]
