"""Say how precisely other people's rows are placed, and in which radius the true place lies."""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, partial
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.earth import GEOD
from geo.gazetteer import open_gazetteer
from geo.gazetteer.place import Place
from geo.importing.conditions import holds
from geo.importing.countries import country_code, country_name
from geo.importing.rules import columns_of
from geo.importing.source import Source, as_arrow, each, mapped
from geo.importing.written_tags import read_tags
from geo.resources import read_table
from geo.tabular.positions import degrees_from

COUNTRY: Final = "country"
FEATURE_OF: Final = {"_admin1": "ADM1", "_admin2": "ADM2"}
# What stands with the name of a division in tables and not in the gazetteer, or the other way round.
_GENERIC: Final = re.compile(
    r"(?i)\s*\b(governorate|province|state|region|district|division|oblast|county|department|municipality|township|"
    r"city|republic|prefecture|zone|parish|borough)\b\s*(of\s+)?"
)


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the rows lie, one cell each."""

    precision: NDArray[Any]
    uncertainty_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    code: pd.Series  # ISO 3166-1 alpha-2
    country: pd.Series


@cache
def _rows(dataset: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in read_table("importing/places.csv") if row["dataset"] == dataset)


def places_of(source: Source) -> Placing:
    """Place the rows; those whose coordinates cannot be are rejected."""
    lon, lat = _points(source)
    codes = pd.Series(pd.array(_country_codes(source), dtype="str"))
    precision = np.full(len(source), "unknown", dtype=object)
    uncertainty_m = np.full(len(source), np.nan)
    open_rows = np.ones(len(source), dtype=bool)
    precision_codes = _precision_codes(source)
    for rule in _rows(source.dataset.name):
        rows = (
            open_rows
            & each(precision_codes, partial(_is_one_of, rule["code"].split("|")))
            & holds(rule["when"], source)
        )
        open_rows &= ~rows
        if not rows.any():
            continue
        precision[rows] = rule["geo_precision"]
        if rule["point"] == "no":
            lon[rows] = lat[rows] = np.nan
        fixed = float(rule["uncertainty_m"]) if rule["uncertainty_m"] else np.nan
        uncertainty_m[rows] = fixed
        if rule["level"]:
            names = codes if rule["level"] == COUNTRY else source.known(rule["level"])
            here = pd.DataFrame({"code": codes, "name": names})[rows]
            uncertainty_m[rows] = reaches(rule["level"], here, lon[rows], lat[rows], otherwise=fixed)
    read_tags(source, precision, uncertainty_m)
    nowhere = np.isnan(lon) | np.isnan(lat)
    uncertainty_m[nowhere] = np.nan
    precision[nowhere & np.isin(precision, ("settlement", "near"))] = "unknown"
    names = pd.Series(pd.array(mapped([codes], country_name), dtype="str"))
    return Placing(precision, uncertainty_m, lon, lat, codes, names)


def _points(source: Source) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    names = [_column_of(source, name) for name in ("_lat", "_lon")]
    columns = [source.known(name) for name in ("_lat", "_lon")]
    lat, lon, wrong = degrees_from([as_arrow(column).to_pylist() for column in columns], names, comma=True)
    for row, why in wrong.items():
        source.reject(row, why)
    return lon, lat


def _column_of(source: Source, name: str) -> str:
    """Give the spelling in the file of the column that another was made of."""
    patterns = columns_of(source.dataset.name)[name][0]
    return next((source.original(one) for pattern in patterns for one in source.matching(pattern)), name.strip("_"))


def _country_codes(source: Source) -> list[str | None]:
    kind = source.dataset.country
    column = source.text(f"_{kind}") if kind and kind != "name" else source.text("_none")
    return mapped([column, source.text("_country")], lambda code, name: country_code(kind, code, name))


def _precision_codes(source: Source) -> pd.Series:
    """Give the codes of precision; of "(2) 25 km precision" the digit. A table without them has one for all."""
    if not source.dataset.place_code:
        return pd.Series(pd.array(["*"] * len(source), dtype="str"))
    return pd.Series(pd.array(mapped([source.known(source.dataset.place_code)], _code), dtype="str"))


def _is_one_of(patterns: list[str], code: str) -> bool:
    return any(fnmatchcase(code, pattern) for pattern in patterns)


def _code(text: str | None) -> str | None:
    digit = re.match(r"\(?(\d)\)?(?:\.0)?(?:\s|$)", text or "")
    return digit[1] if digit else text


def reaches(level: str, named: pd.DataFrame, lon: Any, lat: Any, *, otherwise: float) -> NDArray[np.float64]:
    """Say how far the division or country of each row, by its `code` and `name`, reaches from the row's point."""
    found = mapped([named["code"], named["name"]], lambda code, name: division(level, code, name))
    known = np.array([(p.lon, p.lat, p.radius_m) if p else (np.nan,) * 3 for p in found], dtype="float64")
    _, _, away_m = GEOD.inv(known[:, 0], known[:, 1], np.nan_to_num(lon), np.nan_to_num(lat))
    reach = known[:, 2] + away_m
    return np.where(np.isnan(reach), otherwise, reach)


def without_kind(name: str) -> str:
    """Leave out of a division's name what kind it is: "Kachin State" is "Kachin"."""
    return _GENERIC.sub(" ", name).strip()


@cache
def division(level: str, code: str | None, name: str | None) -> Place | None:
    """Find a division in the gazetteer by its country and name."""
    if code is None or name is None:
        return None
    gazetteer = open_gazetteer()
    if level == COUNTRY:
        row = gazetteer.country_row(code)
        return None if row is None else gazetteer.place(row)
    for written in (name, without_kind(name)):
        here = [p for p in gazetteer.find(written) if p.country_code == code and p.kind == "admin"] if written else []
        exact = [place for place in here if place.feature_code == FEATURE_OF[level]]
        if exact:
            return exact[0]
    return None
