"""Find the contract's columns in tables of nobody's format, by what people call their own.

What a column holds word for word moves into the contract's; all else stays beside it. Nothing is guessed from cells
alone, and what was not used or not understood is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.errors import SchemaError
from geo.gazetteer import open_gazetteer
from geo.importing import plain_cells as cells
from geo.importing import plain_precisions
from geo.incidents import COLUMNS
from geo.incidents.contract.schema import COUNT, DAY, TERMS, TEXT, object_column, typed
from geo.incidents.contract.written_days import order_of
from geo.tabular.roles import columns_by_role, meaning, names_of, plain, roles

LISTED: Final = 12
WORDS: Final = {
    "place": "place_name", "admin1": "admin1", "actor1": "actor1", "actor2": "actor2", "weapon": "weapon",
    "attribution": "attribution",
}  # fmt: skip
PARTS: Final = (("year", "month", "day_of_month"), ("year_end", "month_end", "day_of_month_end"))
DIVISIONS: Final = {"country_code": "country_code", "_admin1": "admin1", "_admin2": "place_name"}
PEOPLE: Final = ("killed", "wounded")
# Roles as callers of geo.to_map name them.
ASKED: Final = {"name": "place", "date": "date", "category": "category", "description": "description"}


@dataclass(slots=True)
class Named:
    """A table with the contract's columns filled, and what a person should know about it."""

    table: gpd.GeoDataFrame
    used: dict[str, str] = field(default_factory=dict)  # role: column
    unread: list[tuple[str, int, Any, str]] = field(default_factory=list)  # column, row, cell, what was expected
    unused: list[str] = field(default_factory=list)

    def note(self) -> str:
        """Say in one line which columns were taken for what, and which were not used."""
        parts = [", ".join(f"{column!r} is {meaning(role)}" for role, column in self.used.items())]
        unread: dict[str, list[tuple[int, Any, str]]] = {}
        for column, row, cell, expected in self.unread:
            unread.setdefault(column, []).append((row, cell, expected))
        for column, rows in unread.items():
            row, cell, expected = rows[0]
            many = f"{len(rows)} cells of {column!r} are" if len(rows) > 1 else f"one cell of {column!r} is"
            parts.append(f"{many} not understood (row {row + 1}: {str(cell)[:40]!r}; expected {expected})")
        if self.unused:
            more = f" and {len(self.unused) - LISTED} more" if len(self.unused) > LISTED else ""
            parts.append(f"columns not used: {', '.join(self.unused[:LISTED])}{more}")
        return "; ".join(filter(None, parts))


class _Naming:
    """One table on its way."""

    def __init__(self, frame: gpd.GeoDataFrame, asked: Mapping[str, str]) -> None:
        geometry = frame.active_geometry_name
        names = [
            str(name)
            for name in frame.columns
            if name != geometry and name not in asked.values() and not cells.are_positions(frame[name])
        ]
        open_roles = [role for role in roles() if role not in asked and role != "article"]
        self.frame = frame
        self.found = {**asked, **columns_by_role(names, open_roles)}
        recorded = self.found.pop("recorded", None)
        if recorded and not {"date", "year"} & self.found.keys():
            self.found["date"] = recorded  # nothing better is known than when somebody wrote it down
        if {"year", "month", "date"} <= self.found.keys() and plain(self.found["date"]) in names_of("day_of_month"):
            self.found["day_of_month"] = self.found.pop("date")  # "Day" beside a year and a month is a number
        self.made: dict[str, Any] = {}
        self.used: dict[str, str] = {}
        self.moved: set[str] = set()  # columns that the contract holds word for word
        self.unread: list[tuple[str, int, Any, str]] = []

    def column(self, role: str, *targets: str) -> "pd.Series[Any] | None":
        """Give the column of a role, if there is one and the contract's columns are not there already.

        A column called as the contract's own is left to `conform`, unless it holds what cannot stand there.
        """
        name = self.found.get(role)
        if name is None or any(target in self.frame.columns and target != name for target in targets):
            return None
        if name in COLUMNS and name not in targets[1:] and not self.is_own(name):
            return None
        column: pd.Series[Any] = self.frame[name]
        return column

    def read(self, role: str, column: "pd.Series[Any]", read: Any, expected: str) -> list[Any] | None:
        """Read the cells of a column, None where none could be; those that could not are remembered."""
        read_cells = cells.once_each(column, read)
        wrong = [
            (str(column.name), row, cell, expected)
            for row, (cell, made) in enumerate(zip(column, read_cells, strict=True))
            if made is None and not cells.says_nothing(cell)
        ]
        self.unread += wrong
        if all(made is None for made in read_cells) and wrong:
            return None
        self.used[role] = str(column.name)
        return read_cells

    def take_days(self) -> None:
        column = self.column("date", "date_start")
        last = self.column("date_end", "date_end")
        if column is None:
            return self._take_parts()
        order = order_of(c.astype(object) for c in (column, last) if c is not None)
        expected = "a day such as 2020-03-12, in which day and month cannot be mistaken"
        days = self.read("date", column, cells.days(order), expected)
        if days is None:
            return None
        ends = None if last is None else self.read("date_end", last, cells.days(order), expected)
        self._put_days(days, ends or [None] * len(days))
        if all(day is None or str(cell)[:10] == str(day[0]) for cell, day in zip(column, days, strict=True)):
            self.moved.add(str(column.name))
        return None

    def _take_parts(self) -> None:
        """Put year, month and day together that stand in columns of their own; those of the last day, too."""
        first, last = (self._joined(*roles) for roles in PARTS)
        if first is None:
            return
        days = self.read("year", first, cells.days(None), "a year such as 2020")
        ends = None if last is None else self.read("year_end", last, cells.days(None), "a year such as 2020")
        if days is not None:
            self._put_days(days, ends or [None] * len(days))
            self.used |= {role: self.found[role] for roles in PARTS for role in roles if role in self.found}

    def _joined(self, *parts: str) -> "pd.Series[Any] | None":
        year, *others = (self.column(role, "date_start") for role in parts)
        if year is None:
            return None
        columns = [part for part in (year, *others) if part is not None]
        texts = [cells.date_of_parts(row) for row in zip(*columns, strict=True)]
        return pd.Series(texts, name=year.name, index=year.index, dtype=object)

    def _put_days(self, days: list[Any], ends: list[Any]) -> None:
        first = [day and day[0] for day in days]
        last = [(end or day) and (end or day)[1] for day, end in zip(days, ends, strict=True)]
        last = [end if start is None or end >= start else start for start, end in zip(first, last, strict=True)]
        how = [
            "unknown" if day is None else "range" if end is not None and end[:2] != day[:2] else day[2]
            for day, end in zip(days, ends, strict=True)
        ]
        self.made |= {"date_start": typed(first, DAY), "date_end": typed(last, DAY), "date_precision": typed(how, TEXT)}

    def take_types(self) -> None:
        for role in ("sub_category", "category", "happening"):
            column = self.column(role, "sub_event_type")
            if column is None or "event_type" in self.made:
                continue
            types = cells.once_each(column, cells.event_type)
            if not any(types):
                continue
            self.used[role] = str(column.name)
            self.made["event_type"] = typed([pair and pair[0] for pair in types], TEXT)
            self.made["sub_event_type"] = typed([pair and pair[1] for pair in types], TEXT)
            words = (str(part) for pair in types if pair for part in pair if part)
            if set(map(str, column.dropna())) <= set(words):
                self.moved.add(str(column.name))

    def take_words(self) -> None:
        for role, target in WORDS.items():
            column = self.column(role, target)
            if column is None:
                continue
            texts = [None if cells.says_nothing(cell) else str(cell).strip() for cell in column]
            self.made[target] = typed(texts, TEXT)
            self.used[role] = str(column.name)
            self.moved.add(str(column.name))

    def take_sentences(self) -> None:
        role = "description" if "description" in self.found else "happening"
        column = self.column(role, "evidence")
        if column is not None and str(column.name) not in self.moved:
            self.made["evidence"] = object_column([
                [] if cells.says_nothing(cell)
                else cell if isinstance(cell, list)
                else [{"report_id": None, "start": None, "end": None, "text": str(cell)}]
                for cell in column
            ])  # fmt: skip
            self.used[role] = str(column.name)
            self.moved.add(str(column.name))
        url = self.column("report_ids", "report_ids")
        if url is not None:
            self.made["report_ids"] = object_column([[] if cells.says_nothing(cell) else [str(cell)] for cell in url])
            self.used["report_ids"] = str(url.name)
            self.moved.add(str(url.name))

    def take_people(self) -> None:
        for kind in PEOPLE:
            least, most = f"{kind}_min", f"{kind}_max"
            column = self.column(kind, least, most)
            if column is not None:
                counts = self.read(kind, column, cells.people, "a number of people")
                if counts is not None:
                    for target, at in ((least, 0), (most, 1)):
                        self.made[target] = typed([pair and pair[at] for pair in counts], COUNT)
            for role, at in ((least, 0), (most, 1)):
                bound = self.column(role, role)
                if bound is None or bound.name == role or column is not None:
                    continue
                counts = self.read(role, bound, cells.people, "a number of people")
                if counts is not None:
                    self.made[role] = typed([pair and pair[at] for pair in counts], COUNT)

    def take_country(self) -> None:
        for role in ("country_code", "country"):
            column = self.column(role, "country_code", "country")
            if column is None or "country_code" in self.made:
                continue
            codes = self.read(role, column, cells.country, "a country's name or ISO code")
            if codes is None:
                continue
            gazetteer = open_gazetteer()
            names = [code and (gazetteer.country_name(code) or None) for code in codes]
            self.made |= {"country_code": typed(codes, TEXT), "country": typed(names, TEXT)}

    def take_precision(self) -> None:
        column = self.column("precision", "geo_precision")
        if column is None or pd.to_numeric(column, errors="coerce").notna().any():
            return  # metres, or the codes of a codebook that nobody named
        precisions = self.read("precision", column, plain_precisions.precision, plain_precisions.EXPECTED)
        if precisions is None:
            return
        names = {level: self.made.get(name) for level, name in DIVISIONS.items()}
        radius = plain_precisions.radii(precisions, self.frame, names)
        if "uncertainty_m" in self.frame.columns:
            radius = self.frame["uncertainty_m"].fillna(pd.Series(radius, index=self.frame.index)).to_numpy()
        self.made |= {
            "geo_precision": typed([one and one.geo_precision for one in precisions], TEXT),
            "uncertainty_m": radius,
        }

    def result(self) -> Named:
        frame = self.frame
        kept = frame.drop(columns=list(self.moved))
        own = {name: f"own_{name}" for name in map(str, kept.columns) if name in self.made or self.is_own(name)}
        table = kept.rename(columns=own).assign(**self.made)
        known = {*self.used.values(), frame.active_geometry_name, *(set(COLUMNS) - set(own))}
        return Named(table, self.used, self.unread, [str(name) for name in frame.columns if name not in known])

    def is_own(self, name: str) -> bool:
        """Recognise a column that is called as one of the contract's and holds nothing that may stand there."""
        column = self.frame[name] if name in self.frame.columns else None
        if column is None or not len(column.dropna()):
            return False
        if name in TERMS:
            terms = {term.lower() for term in TERMS[name]}
            return not any(str(cell).strip().lower() in terms for cell in column.dropna().unique())
        return name == "confidence" and bool(pd.to_numeric(column, errors="coerce").isna().all())


def name_columns(frame: gpd.GeoDataFrame, named: Mapping[str, str | None] | None = None) -> Named:
    """Fill columns of the contract that a table lacks from its own of another name.

    Args:
        frame: A table with geometry, not of a known dataset.
        named: Columns that hold `name`, `date`, `category` or `description`, where they have other names.

    Raises:
        SchemaError: If a column that was asked for is not there.
    """
    asked = {ASKED[field]: column for field, column in (named or {}).items() if column is not None}
    for role, column in asked.items():
        if column not in frame.columns:
            field = next(name for name, known in ASKED.items() if known == role)
            msg = f"there is no column {column!r} for {field}; the table has {', '.join(map(str, frame.columns))}."
            raise SchemaError(msg)
    naming = _Naming(frame, asked)
    naming.take_days()
    naming.take_types()
    naming.take_words()
    naming.take_sentences()
    naming.take_people()
    naming.take_country()
    naming.take_precision()
    return naming.result()
