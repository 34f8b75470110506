"""Read reports from wherever they lie, one after the other."""

import itertools
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from geo.errors import InputError
from geo.reading.jsonl import read_lines
from geo.reading.language import foreign_language
from geo.reading.sources import LINES_SUFFIXES, STDIN, TEXT_SUFFIXES, find_files, root_of
from geo.reading.text import read_text, sayable
from geo.report import Report

Source = str | Path
Sources = Source | Iterable[Source]
OnProblem = Callable[[InputError], None]


def read(sources: Sources, *, published: date | None = None, on_problem: OnProblem | None = None) -> list[Report]:
    """Read files, folders, globs or "-" (JSON Lines on standard input) into reports.

    Args:
        sources: Text, Markdown (.txt, .md) or JSON Lines (.jsonl) files, folders of them, or globs.
        published: The day of publication for reports that do not say.
        on_problem: Called for each input that cannot be used, while the rest is read;
            without it the first such input raises.

    Returns:
        The reports in the order of the sources, each with an id of its own.

    Raises:
        InputError: Without `on_problem`, for the first input that cannot be used.
    """
    return list(iter_reports(sources, published=published, on_problem=on_problem))


def iter_reports(
    sources: Sources, *, published: date | None = None, on_problem: OnProblem | None = None
) -> Iterator[Report]:
    """Read as `read` does, one report at a time, so that memory stays flat."""
    tell = on_problem or _raise
    seen: set[Path] = set()
    ids: set[str] = set()
    for source in [sources] if isinstance(sources, str | Path) else sources:
        root = None if str(source) == STDIN else root_of(source)
        for report in _of_source(source, published, tell, seen):
            foreign = _foreign(report)
            if foreign:
                tell(foreign)
                continue
            named = _own_id(report, ids, root)
            if named is None:
                tell(InputError(f"{report.source}: the id {report.id!r} was used before; give each report its own."))
                continue
            ids.add(named.id)
            yield named


def _raise(problem: InputError) -> None:
    raise problem


def _of_source(source: Source, published: date | None, tell: OnProblem, seen: set[Path]) -> Iterator[Report]:
    if str(source) == STDIN:
        yield from _of_standard_input(published, tell)
        return
    try:
        files = list(find_files(source, tell))
    except InputError as error:
        tell(error)
        return
    for path in files:
        if path.resolve() not in seen:  # a folder and a file in it may both be named
            seen.add(path.resolve())
            yield from _of_file(path, published, tell)


def _of_standard_input(published: date | None, tell: OnProblem) -> Iterator[Report]:
    if sys.stdin is None or sys.stdin.closed:
        tell(InputError("standard input is closed; expected JSON Lines there, or name files instead of '-'."))
        return
    try:
        yield from read_lines(sys.stdin.buffer, "standard input", published=published, on_problem=tell)
    except InputError as error:
        tell(error)
    except OSError as error:
        tell(InputError(f"standard input: cannot be read ({error.strerror})."))


def _of_file(path: Path, published: date | None, tell: OnProblem) -> Iterator[Report]:
    suffix = path.suffix.lower()
    try:
        if suffix in LINES_SUFFIXES:
            with path.open("rb") as stream:
                yield from read_lines(stream, str(path), published=published, on_problem=tell)
        elif suffix in TEXT_SUFFIXES or not suffix:
            yield read_text(path, published=published, on_problem=tell)
        else:
            known = ", ".join(sorted(TEXT_SUFFIXES | LINES_SUFFIXES))
            tell(InputError(f"{path}: geo reads reports in {known}; save it as one of these."))
    except InputError as error:
        tell(error)
    except OSError as error:
        tell(InputError(f"{path}: cannot be read ({error.strerror})."))


def _foreign(report: Report) -> InputError | None:
    """Say of a report in another language that `geo` does not read it, rather than guess at it."""
    declared = report.language.lower().split("-")[0].split("_")[0]
    code = declared if declared not in ("", "en") else None if declared == "en" else foreign_language(report.text)
    if code is None:
        return None
    how = "is marked as" if declared else "seems to be in"
    return InputError(
        f"{report.source}: the report {how} language {code!r}, and geo reads English; translate it, "
        "or set language: en if it is English."
    )


def _own_id(report: Report, ids: set[str], root: Path | None) -> Report | None:
    """Keep ids apart: what is named after its file gets the folder's name in front, or else a number.

    Only folders below the one that the caller named: the others tell of this computer, and ids are published.
    """
    if report.id not in ids:
        return report
    path = Path(report.source.rpartition(", line ")[0] or report.source)
    if root is None or not (report.id == sayable(path.stem) or re.fullmatch(re.escape(path.name) + r":\d+", report.id)):
        return None
    inside = path.parent != root and path.parent.is_relative_to(root)
    longer = f"{sayable(path.parent.name)}/{report.id}" if inside else report.id
    others = (f"{longer}-{n}" for n in itertools.count(2))
    return replace(report, id=longer if longer not in ids else next(name for name in others if name not in ids))
