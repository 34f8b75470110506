"""Cut a corpus into parts that are read apart: lines of JSON Lines, row groups of Parquet, whole files."""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from geo.errors import InputError
from geo.reading.accepting import of_mapping
from geo.reading.jsonl import read_lines
from geo.reading.reader import accepted, is_named_after, iter_reports
from geo.reading.sources import LINES_SUFFIXES, STDIN, find_files, root_of
from geo.report import Report

PART_BYTES: Final = 8_000_000  # some thousand reports: a minute of work
PARQUET: Final = ".parquet"
_BLOCK: Final = 1 << 24
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")

OnProblem = Callable[[InputError], None]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the corpus, and what shows whether it has changed."""

    path: str
    prefix: str  # goes before ids that are made of the file's name, where another file is called the same
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one task reads: several whole files, or a piece of one from `start` to before `stop`.

    Of JSON Lines the ends are bytes, of Parquet row groups; `first` is the number of the first line or row.
    """

    files: tuple[SourceFile, ...]
    start: int = 0
    stop: int = 0
    first: int = 1

    def key(self, state: str) -> str:
        """Name what comes of the part by all that decides it; `state` sums up code, tables and options."""
        return hashlib.sha256(f"{self}|{state}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def source_files(
    sources: Iterable[str | Path], on_problem: OnProblem, on_note: Callable[[str], None]
) -> list[SourceFile]:
    """Find the files of a corpus, each once, in the order of the sources and of their names."""
    found: dict[Path, Path] = {}
    for source in sources:
        if str(source) == STDIN:
            on_problem(InputError("standard input cannot be read by several machines; write it to a file first."))
            continue
        root = root_of(source)
        try:
            files = list(find_files(source, on_problem, on_note)) if not _has_parquet_alone(root, source) else []
        except InputError as error:
            on_problem(error)
            continue
        inside = sorted(p for p in root.rglob(f"*{PARQUET}") if p.is_file()) if Path(source).is_dir() else []
        for path in sorted({*files, *inside}):
            found.setdefault(path.resolve(), root)
    names = Counter(path.name for path in found)
    return [_described(path, root, named_again=names[path.name] > 1) for path, root in found.items()]


def _has_parquet_alone(root: Path, source: str | Path) -> bool:
    """Recognise a folder of nothing but Parquet, in which `geo.read` sees no reports."""
    if not Path(source).is_dir():
        return False
    files = [path for path in root.rglob("*") if path.is_file() and not path.name.startswith((".", "_"))]
    return bool(files) and all(path.suffix.lower() == PARQUET for path in files)


def _described(path: Path, root: Path, *, named_again: bool) -> SourceFile:
    about = path.stat()
    base = root.resolve()
    inside = path.parent.relative_to(base).as_posix() if path.is_relative_to(base) else path.parent.name
    return SourceFile(str(path), inside if named_again and inside != "." else "", about.st_size, about.st_mtime_ns)


def small_files(files: Sequence[SourceFile], part_bytes: int) -> tuple[list[Part], list[SourceFile]]:
    """Put whole files together into parts; gives the parts, and the files that have to be cut."""
    parts: list[Part] = []
    to_cut: list[SourceFile] = []
    together: list[SourceFile] = []
    for file in files:
        if Path(file.path).suffix.lower() in {*LINES_SUFFIXES, PARQUET}:
            to_cut.append(file)
            continue
        together.append(file)
        if sum(one.size for one in together) >= part_bytes:
            parts.append(Part(tuple(together)))
            together = []
    return [*parts, *([Part(tuple(together))] if together else [])], to_cut


def cut(file: SourceFile, part_bytes: int) -> list[Part]:
    """Cut a file of JSON Lines or Parquet into parts of about so many bytes."""
    if Path(file.path).suffix.lower() == PARQUET:
        return list(_row_groups(file, part_bytes))
    return list(_lines(file, part_bytes))


def _lines(file: SourceFile, part_bytes: int) -> Iterator[Part]:
    start, line, seen = 0, 1, 0
    with Path(file.path).open("rb") as stream:
        if stream.read(2) in _UTF16:
            yield Part((file,), 0, file.size)
            return
        stream.seek(0)
        at, lines = 0, 1
        while block := stream.read(_BLOCK):
            while (
                at + len(block) - start >= part_bytes
                and (end := block.find(b"\n", max(seen, start + part_bytes - at))) >= 0
            ):
                lines += block.count(b"\n", seen, end + 1)
                seen = end + 1
                yield Part((file,), start, at + end + 1, line)
                start, line = at + end + 1, lines
            lines += block.count(b"\n", seen)
            at, seen = at + len(block), 0
    if at > start or not at:
        yield Part((file,), start, at, line)


def _row_groups(file: SourceFile, part_bytes: int) -> Iterator[Part]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    about = pq.ParquetFile(file.path).metadata
    start, row, size, rows = 0, 1, 0, 1
    for group in range(about.num_row_groups):
        size += about.row_group(group).total_byte_size
        rows += about.row_group(group).num_rows
        if size >= part_bytes or group == about.num_row_groups - 1:
            yield Part((file,), start, group + 1, row)
            start, row, size = group + 1, rows, 0


def reports_of(part: Part, published: date | None, on_problem: OnProblem) -> Iterator[Report]:
    """Read the reports of a part, as `geo.read` does those of whole files; ids are unique within the part."""
    for file in part.files:
        for report in accepted(_of_file(part, file, published, on_problem), on_problem, root=Path(file.path).parent):
            named = is_named_after(report, Path(file.path))
            yield replace(report, id=f"{file.prefix}/{report.id}") if file.prefix and named else report


def _of_file(part: Part, file: SourceFile, published: date | None, on_problem: OnProblem) -> Iterator[Report]:
    path = Path(file.path)
    if path.suffix.lower() in LINES_SUFFIXES:
        with path.open("rb") as stream:
            stream.seek(part.start)
            piece = io.BytesIO(stream.read(part.stop - part.start))
        yield from read_lines(piece, str(path), published=published, on_problem=on_problem, first_line=part.first)
    elif path.suffix.lower() == PARQUET:
        yield from _of_rows(part, path, published, on_problem)
    else:
        yield from iter_reports(path, published=published, on_problem=on_problem)


def _of_rows(part: Part, path: Path, published: date | None, on_problem: OnProblem) -> Iterator[Report]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetFile(path) as table:
        rows: list[dict[str, Any]] = table.read_row_groups(list(range(part.start, part.stop))).to_pylist()
    for number, row in enumerate(rows, start=part.first):
        try:
            report = of_mapping(row, f"{path.name}:{number}")
        except InputError as error:
            on_problem(InputError(f"{path}, row {number}: {error}"))
            continue
        yield replace(report, source=f"{path}, row {number}", published=report.published or published)
