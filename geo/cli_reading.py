"""What the commands share: talk to the person, read the sources, account for every report, write a layer."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from geo.cli_streams import warnings_said, write_out
from geo.errors import GeoError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geopandas import GeoDataFrame

    from geo.incidents.extracting import Extraction
    from geo.incidents.reports.cache import ReportCache
    from geo.report import Report

NOTHING_READ: Final = "nothing could be read, so nothing was written."
NAMED: Final = 3  # reports without a date that are named; the others are counted
# -1: problems alone; 0: results; 1: what every report gave.
_LEVEL: Final = ContextVar("level", default=0)


def say(message: str, *, level: int = 0) -> None:
    """Talk to the person, not into the data; what is above the level that was asked for stays unsaid."""
    if level <= _LEVEL.get():
        typer.echo(message, err=True)


def note(message: str) -> None:
    """Report what a person should know about an input that was used."""
    say(f"geo: {message}")


class Problems:
    """Report each input that cannot be used at once, and remember that there was one."""

    def __init__(self) -> None:
        """Start with none."""
        self.count = 0

    def __call__(self, problem: GeoError) -> None:
        """Name one problem."""
        self.count += 1
        say(f"geo: {problem}", level=-1)

    def of(self, source: str | Path) -> "Callable[[GeoError], None]":
        """Name problems of a file that do not name it themselves."""
        return lambda problem: self(InputError(f"{source}: {problem}"))


@contextmanager
def command(*, quiet: bool = False, verbose: bool = False) -> Iterator[Problems]:
    """Run a command's body; one line for a GeoError, status 1 when an input could not be used."""
    _LEVEL.set(-1 if quiet else 1 if verbose else 0)
    problems = Problems()
    with warnings_said(say):
        try:
            yield problems
        except GeoError as error:
            problems(error)
    if problems.count:
        raise typer.Exit(1)


def read_reports(
    sources: list[str] | None, published: date | None, problems: Problems, *, skip: Collection[Path] = ()
) -> "list[Report]":
    """Read the reports of the sources, and say which of them nobody can date.

    Raises:
        InputError: If there is none.
    """
    stream = ReportStream(sources, published, problems, skip=skip)
    reports = list(stream)
    stream.say_undated()
    if not reports:
        raise InputError(NOTHING_READ)
    return reports


class ReportStream:
    """The reports of the sources, one after the other; none is kept, but they are counted.

    Attributes:
        count: How many were read so far.
    """

    def __init__(
        self, sources: list[str] | None, published: date | None, problems: Problems, *, skip: Collection[Path] = ()
    ) -> None:
        """Name the sources; nothing is read yet."""
        if not sources:
            msg = "no reports given; give files, folders, or - for standard input (try: geo map --demo)."
            raise typer.BadParameter(msg)
        self.count = 0
        self._open = partial(_iter_reports, sources, published, problems, skip)
        self._undated: list[str] = []
        self._n_undated = 0

    def __iter__(self) -> "Iterator[Report]":
        """Read them."""
        for report in self._open():
            self.count += 1
            if report.published is None and not _has_dateline(report):
                self._n_undated += 1
                self._undated += [report.id] if self._n_undated <= NAMED else []
            yield report

    def say_undated(self) -> None:
        """Say which of those that were read nobody can date."""
        if self._undated:
            more = self._n_undated - NAMED
            which = ", ".join(self._undated) + (f" and {more} more" if more > 0 else "")
            say(
                f"geo: no publication date for {which}: 'on Monday' and 'yesterday' cannot be dated. "
                "Give the day with --published 2020-03-13, or in the front matter."
            )


def _iter_reports(
    sources: list[str], published: date | None, problems: Problems, skip: Collection[Path]
) -> "Iterator[Report]":
    from geo.reading.reader import iter_reports  # noqa: PLC0415 - start-up stays quick: --help needs none of it

    return iter_reports(sources, published=published, on_problem=problems, on_note=note, skip=skip)


def _has_dateline(report: "Report") -> bool:
    """Return whether the text itself says when it was filed."""
    from geo.extraction.language.tokens import read_words  # noqa: PLC0415
    from geo.extraction.temporal.timex import find_dates  # noqa: PLC0415
    from geo.reading.paragraphs import readable  # noqa: PLC0415

    dates = find_dates(read_words(readable(report.text)))
    return any((found.is_dateline or found.is_header) and found.first for found in dates)


def counted(count: int, what: str) -> str:
    """Write a number of things: "1 report", "2,000 reports"."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came of the sources: the table, the reports, and the account of each."""

    incidents: "GeoDataFrame"
    reports: "list[Report]"
    extraction: "Extraction | None"
    left_out: "list[GeoDataFrame]"  # incidents below the confidence floor, with the reason
    floor: float | None


def gather(
    sources: list[str] | None,
    published: date | None,
    problems: Problems,
    *,
    merge: bool = True,
    everything: bool = False,
    min_confidence: float | None = None,
    cache: "ReportCache | None" = None,
    jobs: int | None = None,
    where: str | None = None,
    keep: bool = True,
) -> Gathered:
    """Make one table of all sources: reports are extracted, layers and tables of incidents taken as they are.

    Rows that do not meet `where` are left out. Without `keep` the reports are let go as they are read.
    """
    from geo.cli_sources import part_at, read_layers, sort_sources  # noqa: PLC0415
    from geo.exporting.geoparquet_folder import select  # noqa: PLC0415
    from geo.incidents import join  # noqa: PLC0415
    from geo.incidents.extracting import extract_all  # noqa: PLC0415

    found = sort_sources(sources or [])
    layers = read_layers(found.layers, problems, note, everything=everything, where=where)
    parts = [part_at(layer, min_confidence) for layer in layers]
    frames, left_out = [kept for kept, _ in parts], [below for _, below in parts if len(below)]
    reports: list[Report] = []
    extraction = None
    if found.reports or not found.layers:
        stream = ReportStream(found.reports, published, problems, skip=found.taken)
        reports = list(stream) if keep else []
        extraction = extract_all(
            reports if keep else stream,
            merge=merge,
            min_confidence=min_confidence,
            cache=cache,
            jobs=jobs,
            on_problem=problems,
        )
        stream.say_undated()
        extraction = extraction if stream.count else None
    if not frames and extraction is None:
        raise InputError(NOTHING_READ)
    if extraction is not None:
        frames.append(extraction.incidents if where is None else select(extraction.incidents, where))
        left_out.append(extraction.rejected)
    floor = extraction.floor if extraction else min_confidence
    return Gathered(join(frames), reports, extraction, left_out, floor)


def account(gathered: Gathered, rejected: Path | None) -> None:
    """Say what every report gave, those that gave nothing first of all; write what was left out where asked."""
    if gathered.extraction is not None:
        _account_for_reports(gathered.extraction)
    total = sum(map(len, gathered.left_out))
    if rejected is not None:
        from geo.incidents import join  # noqa: PLC0415

        write(join(gathered.left_out, keep_all=True), rejected, "rejected incident")
    elif total:
        say(
            f"{counted(total, 'incident')} left out: below the confidence floor of {gathered.floor:.2f}. "
            "To see them, add --rejected FILE; to change the floor, --min-confidence."
        )


def _account_for_reports(found: "Extraction") -> None:
    for report_id, shown in found.shown_of.items():
        below = found.rejected_of[report_id]
        if shown:
            say(
                f"  {report_id}: {counted(shown, 'incident')}" + (f", {below} below the floor" if below else ""),
                level=1,
            )
        else:
            why = f"{below} below the confidence floor of {found.floor:.2f}" if below else "no incident"
            say(f"  {report_id}: nothing shown ({why})")


def write(frame: "GeoDataFrame", out: Path | None, what: str) -> None:
    """Write a layer to a file, or as GeoJSON to standard output."""
    import geo  # noqa: PLC0415

    if out is None:
        from geo.exporting import geojson_text  # noqa: PLC0415

        write_out(geojson_text(frame))
        return
    geo.write_layer(frame, out)
    say(f"{counted(len(frame), what)} written to {out}")


# Column and direction; the surest and the deadliest first.
_ORDERS: Final = {
    "date": ("date_start", True), "confidence": ("confidence", False),
    "place": ("place_name", True), "killed": ("killed_min", False),
}  # fmt: skip


def in_order(incidents: "GeoDataFrame", sort: str | None) -> "GeoDataFrame":
    """Sort the rows; what is not known comes last."""
    if sort is None:
        return incidents
    column, ascending = _ORDERS[sort]
    ordered = incidents.sort_values(column, ascending=ascending, kind="stable", na_position="last", ignore_index=True)
    ordered.attrs = dict(incidents.attrs)
    return ordered
