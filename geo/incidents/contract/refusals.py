"""Gather the cells of a table that cannot be used, so that one bad row does not keep the others out."""

from collections.abc import Callable
from typing import Any, Final

from geo.errors import GeoError, SchemaError

OnProblem = Callable[[GeoError], None]
NAMED_EACH: Final = 10  # rows with one and the same fault; of more only the first are named


class Refusals:
    """What is wrong with which row; without a listener the first refusal raises."""

    def __init__(self, on_problem: OnProblem | None) -> None:
        """Start with none."""
        self._on_problem = on_problem
        self._faults: dict[tuple[str, str], dict[int, Any]] = {}

    def __call__(self, row: int, column: str, found: Any, expected: str) -> None:
        """Refuse one row.

        Raises:
            SchemaError: Without a listener.
        """
        if self._on_problem is None:
            msg = f"{_place(column, row)}: found {found!r}; expected {expected}, or nothing: correct the cell."
            raise SchemaError(msg)
        self._faults.setdefault((column, expected), {}).setdefault(row, found)

    @property
    def rows(self) -> set[int]:
        """The rows that cannot be used."""
        return {row for found in self._faults.values() for row in found}

    def report(self) -> None:
        """Report every skipped row, many with the same fault in one line."""
        for (column, expected), found in self._faults.items():
            for row, cell in list(found.items())[:NAMED_EACH]:
                self._say(
                    f"{_place(column, row)}: found {cell!r}; expected {expected}, or nothing; the row is left out."
                )
            if len(found) > NAMED_EACH:
                more = len(found) - NAMED_EACH
                self._say(f"column {column!r}: {more:,} more rows are left out; expected {expected}, or nothing.")

    def _say(self, message: str) -> None:
        if self._on_problem is not None:
            self._on_problem(SchemaError(message))


def _place(column: str, row: int) -> str:
    return f"column {column!r}, row {row + 1}" if column else f"row {row + 1}"
