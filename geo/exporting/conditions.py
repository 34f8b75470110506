"""Read a condition on rows, such as `date >= 2020-01 and country_code == 'IQ'`, into an Arrow expression.

The words are those of Python: and, or, not, in, is None, == != < <= > >=, and brackets. Nothing is
evaluated as Python. A date may be a year, a month or a day: `date <= 2020-01` goes up to the
31st, `date == 2020-01` means the month.
"""

import ast
import re
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import InputError

DATE: Final = "date"  # the day on which an incident began at the earliest
DAYS: Final = {DATE: "date_start", "date_start": "date_start", "date_end": "date_end"}
DEGREES: Final = ("lon", "lat")
_DAY: Final = re.compile(r"""'[^']*'|"[^"]*"|\b\d{4}(?:-\d\d){1,2}\b""")
_PERIOD: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_COMPARE: Final[dict[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}
_MIRRORED: Final[dict[type[ast.cmpop], ast.cmpop]] = {
    ast.Lt: ast.Gt(),
    ast.LtE: ast.GtE(),
    ast.Gt: ast.Lt(),
    ast.GtE: ast.LtE(),
    ast.Eq: ast.Eq(),
    ast.NotEq: ast.NotEq(),
}


def condition(text: str, columns: Collection[str], *, by_month: bool = False) -> Any:
    """Make an Arrow expression of a condition.

    Args:
        text: As a person writes it.
        columns: Names that may stand in it, besides `date`, `lon` and `lat`.
        by_month: Whether there is a column `month` (2020-03), so that whole files can be left out.

    Raises:
        InputError: If it cannot be read, or names no column.
    """
    quoted = _DAY.sub(lambda found: found[0] if found[0][0] in "'\"" else f"'{found[0]}'", text)
    try:
        tree = ast.parse(quoted.strip(), mode="eval")
    except (SyntaxError, ValueError) as error:
        msg = f"--where {text!r}: cannot be read ({error}); expected such as: date >= 2020-01 and country_code == 'IQ'."
        raise InputError(msg) from error
    return _Reader(text, set(columns), by_month=by_month).read(tree.body)


class _Reader:
    def __init__(self, text: str, columns: set[str], *, by_month: bool) -> None:
        self._text = text
        self._columns = columns
        self._by_month = by_month

    def read(self, node: ast.expr) -> Any:
        if isinstance(node, ast.BoolOp):
            parts = [self.read(value) for value in node.values]
            whole = parts[0]
            for part in parts[1:]:
                whole = whole & part if isinstance(node.op, ast.And) else whole | part
            return whole
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return ~self.read(node.operand)
        if isinstance(node, ast.Compare):
            return self._chain(node)
        return self._refuse("a comparison", node)

    def _chain(self, node: ast.Compare) -> Any:
        left, found = node.left, None
        for op, right in zip(node.ops, node.comparators, strict=True):
            part = self._compare(left, op, right)
            found = part if found is None else found & part
            left = right
        return found

    def _compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Any:
        if not isinstance(left, ast.Name) and isinstance(right, ast.Name) and type(op) in _MIRRORED:
            left, op, right = right, _MIRRORED[type(op)], left
        if not isinstance(left, ast.Name):
            return self._refuse("the name of a column", left)
        name = left.id
        if isinstance(op, ast.In | ast.NotIn):
            one_of = self._field(name).isin(pa.array([self._value(item) for item in getattr(right, "elts", [right])]))
            return one_of if isinstance(op, ast.In) else ~one_of
        value = self._value(right)
        if value is None:
            absent = self._field(DAYS.get(name, name)).is_null()
            return absent if isinstance(op, ast.Is | ast.Eq) else ~absent
        if type(op) not in _COMPARE:
            return self._refuse("==, !=, <, <=, >, >=, in or is None", left)
        return self._day(name, op, value) if name in DAYS else _COMPARE[type(op)](self._field(name), value)

    def _field(self, name: str) -> Any:
        if name in DEGREES:
            return pc.field("bbox", "xmin" if name == "lon" else "ymin")
        name = DAYS.get(name, name)
        if name not in self._columns:
            known = ", ".join([DATE, *DEGREES, *sorted(self._columns - {"evidence", "bbox", "geometry"})])
            msg = f"--where {self._text!r}: there is no column {name!r}; there are {known}."
            raise InputError(msg)
        return pc.field(name)

    def _value(self, node: ast.expr) -> Any:
        try:
            return ast.literal_eval(node)
        except ValueError:
            return self._refuse("a text in quotes, a number or a date", node)

    def _day(self, name: str, op: ast.cmpop, value: Any) -> Any:
        first, last = self._period(value)
        day = self._field(name)
        if isinstance(op, ast.Eq | ast.NotEq):
            within = (day >= pa.scalar(first)) & (day <= pa.scalar(last)) & self._months(op, first, last, name)
            return within if isinstance(op, ast.Eq) else ~within
        edge = last if isinstance(op, ast.LtE | ast.Gt) else first
        return _COMPARE[type(op)](day, pa.scalar(edge)) & self._months(op, edge, edge, name)

    def _months(self, op: ast.cmpop, first: date, last: date, name: str) -> Any:
        """Say in which months such rows lie, which selects the files to open by their names alone."""
        if not self._by_month or DAYS[name] != "date_start":
            return pc.scalar(True)  # noqa: FBT003 - Arrow's own
        month = pc.field("month")
        after, before = month >= f"{first:%Y-%m}", month <= f"{last:%Y-%m}"
        if isinstance(op, ast.Eq | ast.NotEq):
            return after & before
        return before if isinstance(op, ast.Lt | ast.LtE) else after

    def _period(self, value: Any) -> tuple[date, date]:
        parts = _PERIOD.fullmatch(str(value))
        try:
            year, month, day = (int(part) if part else None for part in (parts.groups() if parts else ("0", "", "")))
            first = date(year or 0, month or 1, day or 1)
            if day:
                return first, first
            after = date(first.year + (not month or month == 12), month % 12 + 1 if month else 1, 1)  # noqa: PLR2004
            return first, after - timedelta(days=1)
        except ValueError:
            msg = f"--where {self._text!r}: {value!r} is no date; write 2020, 2020-03 or 2020-03-13."
            raise InputError(msg) from None

    def _refuse(self, expected: str, node: ast.expr) -> Any:
        msg = f"--where {self._text!r}: found {ast.unparse(node)!r}; expected {expected}."
        raise InputError(msg)
