"""Read reports from wherever they lie, one after the other."""

import itertools
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from geo.call_arguments import checked
from geo.errors import InputError
from geo.reading import metadata
from geo.reading.documents.document import NoReportsError
from geo.reading.documents.formats import format_of, read_documents
from geo.reading.jsonl import read_lines
from geo.reading.language import foreign_language
from geo.reading.passed_over import what_it_is
from geo.reading.sources import (
    LINES_SUFFIXES,
    STDIN,
    TEXT_SUFFIXES,
    find_files,
    known_suffixes,
    root_of,
)
from geo.reading.text import parts_of, read_text, sayable
from geo.report import Report

Source = str | Path
Sources = Source | Iterable[Source]
OnProblem = Callable[[InputError], None]
OnNote = Callable[[str], None]
LONGEST_SHOWN = 80  # characters of what was given in place of files


@checked
def read(
    sources: Sources,
    *,
    published: date | None = None,
    on_problem: OnProblem | None = None,
    on_note: OnNote | None = None,
    skip: Collection[Path] = (),
) -> list[Report]:
    """Read files, folders, globs or "-" (JSON Lines on standard input) into reports.

    Args:
        sources: Files, folders of them, or globs: text, Markdown, JSON Lines, saved web pages, PDF, Word,
            EPUB, mail, feeds, web archives, MediaWiki dumps, exports of ReliefWeb, Telegram and X, tables with a
            column of texts (`geo.reading.documents.FORMATS`). One file may hold many reports.
        published: The day of publication for reports that do not say.
        on_problem: Called for each input that cannot be used, while the rest is read;
            without it the first such input raises.
        on_note: Called with one line about what was skipped in a folder or a document, and why.
        skip: Files that are left alone, in folders too.

    Returns:
        The reports in the order of the sources, each with an id of its own.

    Raises:
        InputError: Without `on_problem`, for the first input that cannot be used.
    """
    if (
        not isinstance(sources, str | Path | Iterable)
        or isinstance(sources, bytes | Mapping)
        or hasattr(sources, "columns")
    ):
        found = f"{type(sources).__name__} {sources!r}".split("\n")[0][:LONGEST_SHOWN]
        msg = f"found {found}; expected files, folders or globs: geo.extract takes texts, reports, dicts and tables."
        raise InputError(msg)
    return list(iter_reports(sources, published=published, on_problem=on_problem, on_note=on_note, skip=skip))


def iter_reports(
    sources: Sources,
    *,
    published: date | None = None,
    on_problem: OnProblem | None = None,
    on_note: OnNote | None = None,
    skip: Collection[Path] = (),
) -> Iterator[Report]:
    """Read as `read` does, one report at a time, so that memory stays flat."""
    callbacks = _Callbacks(on_problem or _raise, on_note or _pass)
    seen = {path.resolve() for path in skip}
    ids: set[str] = set()
    for source in [sources] if isinstance(sources, str | Path) else sources:
        root = None if str(source) == STDIN else root_of(source)
        yield from accepted(_of_source(source, published, callbacks, seen), callbacks.on_problem, ids=ids, root=root)


def accepted(
    reports: Iterable[Report], on_problem: OnProblem, *, ids: set[str] | None = None, root: Path | None = None
) -> Iterator[Report]:
    """Yield the reports that `geo` can use: in English, each with an id of its own.

    Args:
        reports: As they were read.
        on_problem: Called for each that is left out.
        ids: Those that were used before; the new ones are added.
        root: The folder that the caller named; ids made of file names contain only folders below it.
    """
    used = set() if ids is None else ids
    for report in reports:
        foreign = refusal_of(report)
        if foreign:
            on_problem(foreign)
            continue
        named = _own_id(report, used, root)
        if named is None:
            on_problem(InputError(f"{report.source}: the id {report.id!r} was used before; give each report its own."))
            continue
        used.add(named.id)
        yield named


def _raise(problem: InputError) -> None:
    raise problem


def _pass(note: str) -> None:
    """Say nothing."""


class _Callbacks(NamedTuple):
    """Where problems go, which mean that an input could not be used, and notes, which do not."""

    on_problem: OnProblem
    on_note: OnNote


def _of_source(source: Source, published: date | None, callbacks: _Callbacks, seen: set[Path]) -> Iterator[Report]:
    if str(source) == STDIN:
        yield from _of_standard_input(published, callbacks)
        return
    try:
        files = list(find_files(source, callbacks.on_problem, callbacks.on_note, seen))
    except InputError as error:
        callbacks.on_problem(error)
        return
    for path in files:
        if path.resolve() not in seen:  # a folder and a file in it may both be named
            seen.add(path.resolve())
            yield from _of_file(path, published, callbacks, named=str(path) == str(source))


def _of_standard_input(published: date | None, callbacks: _Callbacks) -> Iterator[Report]:
    if sys.stdin is None or sys.stdin.closed:
        callbacks.on_problem(
            InputError("standard input is closed; expected JSON Lines there, or name files instead of '-'.")
        )
        return
    try:
        yield from read_lines(sys.stdin.buffer, "standard input", published=published, on_problem=callbacks.on_problem)
    except InputError as error:
        callbacks.on_problem(error)
    except OSError as error:
        callbacks.on_problem(InputError(f"standard input: cannot be read ({error.strerror})."))


def _of_file(path: Path, published: date | None, callbacks: _Callbacks, *, named: bool) -> Iterator[Report]:
    suffix = path.suffix.lower()
    try:
        if suffix in LINES_SUFFIXES:
            with path.open("rb") as stream:
                yield from read_lines(stream, str(path), published=published, on_problem=callbacks.on_problem)
            return
        kind = format_of(path)
        if kind is not None:
            yield from _of_document(path, kind, published, callbacks)
        elif suffix in TEXT_SUFFIXES or not suffix:
            yield from parts_of(read_text(path, published=published, on_problem=callbacks.on_problem))
        else:
            callbacks.on_problem(
                InputError(f"{path}: {what_it_is(path)}; geo reads reports in {', '.join(known_suffixes())}.")
            )
    except NoReportsError as error:
        if named:
            callbacks.on_problem(error)
        else:  # one of many in a folder, and not meant to be a report
            callbacks.on_note(f"skipped {error}")
    except InputError as error:
        callbacks.on_problem(error)
    except OSError as error:
        callbacks.on_problem(InputError(f"{path}: cannot be read ({error.strerror})."))


def _of_document(path: Path, kind: str, published: date | None, callbacks: _Callbacks) -> Iterator[Report]:
    """Make reports of what a document holds; what its sidecar says counts more than what it says itself."""
    beside = metadata.sidecar(path)
    for document in read_documents(path, kind, lambda what: callbacks.on_note(f"{path}: {what}.")):
        alone = not document.name
        said = {key: getattr(document, key) for key in metadata.KEYS if key != "id"}
        known = {key: value for key, value in beside.items() if alone or key not in ("id", "title", "url")}
        own_id = sayable(path.stem) if alone else f"{sayable(path.name)}:{document.name}"
        where = str(path) if alone else f"{path}, {document.name}"
        try:
            fields = metadata.fields({"id": own_id, **said, **known}, path, callbacks.on_problem)
            fields["published"] = fields["published"] or published
            yield Report(**fields, text=document.text, source=where)
        except InputError as error:
            callbacks.on_problem(error)


def refusal_of(report: Report) -> InputError | None:
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

    Only folders below the one that the caller named: the others would reveal this computer, and ids are published.
    """
    if report.id not in ids:
        return report
    path = Path(report.source.rpartition(", line ")[0] or report.source)
    if root is None or not is_named_after(report, path):
        return None
    inside = path.parent != root and path.parent.is_relative_to(root)
    longer = f"{sayable(path.parent.name)}/{report.id}" if inside else report.id
    others = (f"{longer}-{n}" for n in itertools.count(2))
    return replace(report, id=longer if longer not in ids else next(name for name in others if name not in ids))


def is_named_after(report: Report, path: Path) -> bool:
    """Return whether a report has no id but the name of its file, and its number there."""
    return report.id == sayable(path.stem) or bool(re.fullmatch(re.escape(path.name) + r":\d+", report.id))
