"""Find and parse the files of rows that a user added to tables of data/."""

import csv
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from geo.errors import InputError

FOLDER_VARIABLE: Final = "GEO_VOCABULARY"  # where added files are kept
FILES_VARIABLE: Final = "GEO_VOCABULARY_FILES"  # those of a project's settings; processes that geo starts inherit it
EXTENSIBLE: Final = ("language/", "events/")


class Row(NamedTuple):
    """A row with the line that it ends on."""

    line: int
    cells: dict[str, str]


def vocabulary_folder() -> Path:
    """Return the folder of added files: GEO_VOCABULARY, or a folder in the user's data folder."""
    own = os.environ.get(FOLDER_VARIABLE)
    if own:
        return Path(own)
    import platformdirs  # noqa: PLC0415 - not needed where the variable is set

    return Path(platformdirs.user_data_dir("geo-incidents")) / "vocabulary"


def set_project_files(files: Sequence[tuple[str, Path]]) -> None:
    """Use the files of a project, each with its table, in this process and those that it starts."""
    os.environ[FILES_VARIABLE] = json.dumps([[table, str(path.resolve())] for table, path in files])


def files_of(table: str) -> list[Path]:
    """List the added files of a table ("events/triggers.csv"): the kept ones by name, then those of the project."""
    if not table.startswith(EXTENSIBLE):
        return []
    kept = sorted((vocabulary_folder() / table.removesuffix(".csv")).glob("*.csv"))
    return kept + [Path(path) for known, path in json.loads(os.environ.get(FILES_VARIABLE) or "[]") if known == table]


def added_rows(table: str, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the added rows of a table with exactly its columns; a column that a file lacks is empty.

    Raises:
        InputError: If a file can no longer be read.
    """
    for path in files_of(table):
        for row in parse(path)[1]:
            yield {column: row.cells.get(column, "") for column in columns}


def added_state() -> tuple[tuple[str, int, int], ...]:
    """Return path, size and time of change of every added file, by which a change is noticed."""
    folder = vocabulary_folder()
    kept = [path for prefix in EXTENSIBLE for path in folder.glob(f"{prefix}*/*.csv")]
    project = [Path(path) for _, path in json.loads(os.environ.get(FILES_VARIABLE) or "[]")]
    found = [(path, path.stat()) for path in sorted(kept) + project if path.is_file()]
    return tuple((str(path), about.st_size, about.st_mtime_ns) for path, about in found)


def parse(path: Path) -> tuple[list[str], list[Row]]:
    """Read a CSV with a header; comma, semicolon or tab between the cells, "#" before a note.

    Returns:
        The columns, and the rows with their line numbers.

    Raises:
        InputError: If the file cannot be read, or a row has more cells than there are columns.
    """
    kept = [(n, line) for n, line in enumerate(_text(path).splitlines(), 1) if line.strip() and line[0] != "#"]
    delimiter = max(",;\t", key=kept[0][1].count) if kept else ","
    reader = csv.reader((line + "\n" for _, line in kept), delimiter=delimiter)
    columns = [cell.strip().lower() for cell in next(reader, [])]
    while columns and not columns[-1]:
        columns.pop()
    rows = []
    for cells in reader:
        line = kept[reader.line_num - 1][0]
        if any(cells[len(columns) :]):
            msg = (
                f"{path}, line {line}: found {len(cells)} cells; expected {len(columns)}. Put quotes around a cell "
                f"that holds {delimiter!r}, and try again."
            )
            raise InputError(msg)
        if any(cell.strip() for cell in cells):
            rows.append(Row(line, dict(zip(columns, (cell.strip() for cell in cells), strict=False))))
    return columns, rows


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); expected a CSV file of words. Check the path."
        raise InputError(msg) from error
    if b"\0" in raw:
        msg = f"{path}: found no text; expected a CSV file. Save the table as CSV (UTF-8), and try again."
        raise InputError(msg)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")  # as Excel on Windows saves it
