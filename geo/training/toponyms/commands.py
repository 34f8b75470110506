"""What the commands of this folder share: their arguments, the folds of documents, and how a table is written."""

import argparse
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from geo.resources import data_path


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Make the parser of a command: the folder of the evaluation sets, and whether the table is written."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="fit on all documents and write the table")
    return parser


def assign_folds(documents: Iterable[str], folds: int) -> dict[str, int]:
    """Deal documents into folds, in the order of their ids."""
    return {document: n % folds for n, document in enumerate(sorted(set(documents)))}


def write_table(table: str, note: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table of `data/`, with a note in its first line."""
    with data_path(table).open("w", encoding="utf-8", newline="") as out:
        out.write(f"# {note}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
