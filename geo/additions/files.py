"""Keep the user's own vocabulary: files of rows that extend the tables of data/language and data/events."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from geo.additions.checks import check_file, extensible_tables
from geo.additions.rows import FOLDER_VARIABLE, files_of, parse, set_project_files, vocabulary_folder
from geo.errors import InputError


class AddedFile(NamedTuple):
    """A file of the user's vocabulary."""

    name: str
    table: str
    rows: int

    def __str__(self) -> str:
        """Describe it in a line."""
        return f"{self.name}: {self.rows:,} {'row' if self.rows == 1 else 'rows'} of {self.table}"


def add_file(path: str | Path) -> AddedFile:
    """Add a file to the user's vocabulary; it replaces what was added under its name before.

    Tables are read once in a process: reports are read with the new rows from the next start on.

    Args:
        path: A CSV whose header is that of a table of data/language or data/events.

    Returns:
        What was added.

    Raises:
        InputError: If the file cannot be read, or a cell is wrong; nothing is added then.
    """
    path = Path(path)
    checked = check_file(path)
    name = re.sub(r"[^\w-]+", "-", path.stem).strip("-") or "words"
    target = vocabulary_folder() / checked.table.removesuffix(".csv") / f"{name}.csv"
    before = [file for file in _kept(name) if file != target]
    fresh = target.with_suffix(".adding")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(path.read_bytes())
        fresh.replace(target)
        for file in before:
            file.unlink()
    except OSError as error:
        raise _refused(error) from error
    return AddedFile(name, checked.table, len(checked.rows))


def list_added() -> list[AddedFile]:
    """List the files of the user's vocabulary by name."""
    folder = vocabulary_folder()
    found = [(table, file) for table in extensible_tables() for file in files_of(table) if folder in file.parents]
    return sorted(AddedFile(file.stem, table, len(parse(file)[1])) for table, file in found)


def remove(name: str) -> None:
    """Take a file out of the user's vocabulary.

    Raises:
        InputError: If nothing was added under that name.
    """
    files = _kept(name)
    if not files:
        known = ", ".join(added.name for added in list_added()) or "nothing"
        msg = f"{name!r} is not in your vocabulary; it holds {known}. geo vocabulary list shows what can be removed."
        raise InputError(msg)
    try:
        for file in files:
            file.unlink()
    except OSError as error:
        raise _refused(error) from error


def use_files(paths: Sequence[Path]) -> None:
    """Use the files of a project beside the user's vocabulary, in this process and those that it starts.

    Raises:
        InputError: If a file cannot be read, or a cell is wrong.
    """
    set_project_files([(check_file(path).table, path) for path in paths])


def _kept(name: str) -> list[Path]:
    folder = vocabulary_folder()
    files = (file for table in extensible_tables() for file in files_of(table))
    return [file for file in files if file.stem == name and folder in file.parents]


def _refused(error: OSError) -> InputError:
    msg = f"{vocabulary_folder()}: cannot be written ({error.strerror}); set {FOLDER_VARIABLE} to another folder."
    return InputError(msg)
