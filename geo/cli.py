"""The command line: a thin skin over the public functions.

Data go to standard output or to --out, talk goes to standard error. Exit status 0; 1 when some
input could not be used (each is named, the rest is written); 2 for a wrong call.
"""

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from geo.cli_options import columns, day, layer_file, layer_or_store, metres, picture_file
from geo.cli_review import apply_files, status_text
from geo.cli_streams import warnings_said, whole_output, write_out
from geo.errors import GeoError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geopandas import GeoDataFrame

    from geo.report import Report

app = typer.Typer(
    name="geo",
    help="Turn news reports into maps of incidents: offline, and every mark traceable to a sentence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
gazetteer_app = typer.Typer(
    help="Your own gazetteer: add places, list what was added, take it out.", no_args_is_help=True
)
app.add_typer(gazetteer_app, name="gazetteer")


def say(message: str) -> None:
    """Talk to the person, not into the data."""
    typer.echo(message, err=True)


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        help="Reports (text, saved web pages, PDF, Word, mail, feeds, JSON Lines ...), folders or globs of them, - for "
        "JSON Lines on standard input; tables of ACLED, UCDP GED, GDELT and others; layers that geo or QGIS wrote.",
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        callback=layer_file,
        help="File to write; its suffix says the format. Without it: GeoJSON to standard output.",
    ),
]
Published = Annotated[
    date | None,
    typer.Option(parser=day, metavar="DATE", help="Publication day (2020-03-13) of reports that do not say."),
]
PerReport = Annotated[bool, typer.Option("--per-report", help="Keep the incidents of each report apart: no merging.")]
Everything = Annotated[
    bool, typer.Option("--all", help="Keep rows of GDELT and POLECAT that are no incidents, without a type.")
]
Reviewed = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE",
        help="Decisions saved by the review page, or a layer corrected in QGIS: kept in the new extraction. "
        "May be repeated; where two files disagree the later one counts, and the disagreement is listed.",
    ),
]
OnlyReviewed = Annotated[
    bool, typer.Option("--only-reviewed", help="Leave out incidents that nobody has confirmed, corrected or added.")
]


def note(message: str) -> None:
    """Tell what a person should know about an input that was used."""
    say(f"geo: {message}")


class Problems:
    """Tell each input that cannot be used at once, and remember that there was one."""

    def __init__(self) -> None:
        """Start with none."""
        self.count = 0

    def __call__(self, problem: GeoError) -> None:
        """Name one problem."""
        self.count += 1
        say(f"geo: {problem}")

    def of(self, source: str | Path) -> "Callable[[GeoError], None]":
        """Name problems of a file that do not name it themselves."""
        return lambda problem: self(InputError(f"{source}: {problem}"))


@contextmanager
def _command() -> Iterator[Problems]:
    """Run a command's body; one line for a GeoError, status 1 when an input could not be used."""
    problems = Problems()
    with warnings_said(say):
        try:
            yield problems
        except GeoError as error:
            problems(error)
    if problems.count:
        raise typer.Exit(1)


def _read(
    sources: list[str] | None, published: date | None, problems: Problems, *, skip: Collection[Path] = ()
) -> "list[Report]":
    import geo  # noqa: PLC0415 - start-up stays quick: --help needs none of it

    if not sources:
        msg = "no reports named; give files, folders or - (try: geo map --demo)."
        raise typer.BadParameter(msg)
    reports = geo.read(sources, published=published, on_problem=problems, on_note=note, skip=skip)
    undated = [report.id for report in reports if report.published is None and not _has_dateline(report)]
    if undated:
        which = ", ".join(undated[:3]) + (f" and {len(undated) - 3} more" if len(undated) > 3 else "")  # noqa: PLR2004
        say(
            f"geo: nobody says when {which} {'was' if len(undated) == 1 else 'were'} published: weekdays and words "
            "such as 'yesterday' stay undated. Give the day with --published 2020-03-13, or in the front matter."
        )
    return reports


def _has_dateline(report: "Report") -> bool:
    """Tell whether the text itself says when it was filed."""
    from geo.extraction.temporal.timex import find_dates  # noqa: PLC0415
    from geo.reading.layout import readable  # noqa: PLC0415

    return any((found.is_dateline or found.is_header) and found.first for found in find_dates(readable(report.text)))


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _incidents(
    sources: list[str] | None,
    published: date | None,
    problems: Problems,
    *,
    merge: bool = True,
    everything: bool = False,
) -> "tuple[GeoDataFrame, list[Report]]":
    """Make one table of all sources: reports are extracted, layers and tables of incidents taken as they are."""
    import geo  # noqa: PLC0415
    from geo.cli_sources import read_layers, sort_sources  # noqa: PLC0415
    from geo.incidents import join  # noqa: PLC0415

    found = sort_sources(sources or [])
    frames = read_layers(found.layers, problems, note, everything=everything)
    wants_reports = bool(found.reports) or not found.layers
    reports = _read(found.reports, published, problems, skip=found.taken) if wants_reports else []
    if not frames and not reports:
        msg = "nothing could be read, so nothing was written."
        raise InputError(msg)
    if reports:
        frames.append(geo.extract(reports, merge=merge))
    return join(frames), reports


def _write(frame: "GeoDataFrame", out: Path | None, what: str) -> None:
    import geo  # noqa: PLC0415

    if out is None:
        from geo.exporting import geojson_text  # noqa: PLC0415

        write_out(geojson_text(frame))
        return
    geo.write_layer(frame, out)
    say(f"{_number(len(frame), what)} written to {out}")


@app.command("map")
def map_(
    sources: Sources = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for map.html and the layers.")] = Path("out"),
    published: Published = None,
    demo: Annotated[bool, typer.Option("--demo", help="Map the seed reports that geo brings along.")] = False,
    reviewed: Reviewed = None,
    only_reviewed: OnlyReviewed = False,
    review: Annotated[
        bool,
        typer.Option(
            "--review", help="Add a panel to the page in which to check, correct and add incidents, and save decisions."
        ),
    ] = False,
    per_report: PerReport = False,
    everything: Everything = False,
    full_text: Annotated[bool, typer.Option("--full-text", help="Put the whole reports into the page.")] = False,
    coarsen: Annotated[
        float | None,
        typer.Option(parser=metres, metavar="DISTANCE", help="Snap places to a grid, such as 10km, before publishing."),
    ] = None,
    hide: Annotated[
        list[str] | None, typer.Option(callback=columns, help="A column to leave out of the page; may be repeated.")
    ] = None,
    lang: Annotated[Literal["en", "ar", "es", "fr"], typer.Option(help="Language of the page's own texts.")] = "en",
    title: Annotated[str | None, typer.Option(help="Title of the page.")] = None,
) -> None:
    """Read reports and write a map: map.html and layers for QGIS.

    Also takes incident layers, edited in QGIS or made elsewhere, and draws them as they are.
    """
    with _command() as problems:
        import geo  # noqa: PLC0415
        from geo.resources import seeds_path  # noqa: PLC0415

        if demo:
            sources = [*(sources or []), str(seeds_path())]
        incidents, reports = _incidents(sources, published, problems, merge=not per_report, everything=everything)
        incidents, with_rejected = apply_files(
            incidents, reviewed or [], say=say, only=only_reviewed, problems=problems
        )
        page = geo.to_map(
            with_rejected if review else incidents,
            reports=reports,
            full_text=full_text,
            review=review,
            coarsen_m=coarsen,
            hide=tuple(hide or ()),
            lang=lang,
            title=title,
        )
        geo.save_layers(incidents, out)
        page.save(str(out / "map.html"))
        told = f" from {_number(len(reports), 'report')}" if reports else ""
        say(f"{_number(len(incidents), 'incident')}{told}; the layers lie in {out}/")
        if coarsen or hide:
            say(f"geo: only map.html is coarsened; the layers in {out}/ are exact, so publish the page alone.")
        typer.echo(str(out / "map.html"))


@app.command()
def extract(
    sources: Sources = None,
    *,
    out: Out = None,
    published: Published = None,
    per_report: PerReport = False,
    reviewed: Reviewed = None,
    only_reviewed: OnlyReviewed = False,
) -> None:
    """Find the incidents that reports tell of, and write them as one layer."""
    with _command() as problems:
        incidents, _ = _incidents(sources, published, problems, merge=not per_report)
        incidents, _ = apply_files(incidents, reviewed or [], say=say, only=only_reviewed, problems=problems)
        _write(incidents, out, "incident")


@app.command("review-status")
def review_status(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files of decisions, or reviewed layers.")],
) -> None:
    """Count what is decided, by whom, and how far each two reviewers agree.

    Agreement is given as the share of equal cells and as Cohen's kappa, by column.
    """
    with _command() as problems:
        text = status_text(files, problems)
        if text:
            typer.echo(text)


@app.command()
def geoparse(sources: Sources = None, *, out: Out = None, published: Published = None) -> None:
    """Find the toponyms of reports and where they lie."""
    with _command() as problems:
        import geo  # noqa: PLC0415

        _write(geo.geoparse(_read(sources, published, problems)), out, "toponym")


@app.command()
def place(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help='Names to look up, such as "Abu Kamal".')],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", callback=layer_file, help="Write the candidates as a layer instead.")
    ] = None,
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="Candidates shown for each name.")] = 10,
) -> None:
    """Look names up in the gazetteer: what they may mean, best first."""
    with _command() as problems:
        import geo  # noqa: PLC0415

        found = geo.find_places(names)
        found = found[found["rank"] <= most]
        for name in names:
            if name not in set(found["query"]):
                problems(InputError(f"{name!r} is not in the gazetteer; geo gazetteer add FILE brings in more places."))
        if out is not None:
            _write(found, out, "place")
        elif len(found):
            typer.echo(_place_table(found))


def _place_table(found: "GeoDataFrame") -> str:
    """Lay candidates out in columns for a terminal."""
    rows = [["name", "kind", "admin1", "country", "lat", "lon", "population", "within", "id"]]
    rows += [
        [
            row.name,
            f"{row.kind} {row.feature_code}".strip(),
            _text(row.admin1),
            _text(row.country),
            f"{row.geometry.y:.4f}",
            f"{row.geometry.x:.4f}",
            f"{row.population:,}" if row.population else "",
            f"{row.radius_m / 1000:.1f} km",
            row.place_id,
        ]
        for row in found.itertuples()
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


@gazetteer_app.command("add")
def gazetteer_add(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="GeoNames dumps (IQ.txt, allCountries.txt, alternateNamesV2.txt) or a CSV with the columns name, lat, "
            "lon and, if you like, kind, country, aliases."
        ),
    ],
) -> None:
    """Add places of your own; they are used from then on."""
    with _command() as problems:
        from geo.gazetteer import add_file  # noqa: PLC0415

        for path in files:
            try:
                say(str(add_file(path)))
            except GeoError as error:
                problems(error)


@gazetteer_app.command("list")
def gazetteer_list() -> None:
    """List the files that were added."""
    with _command():
        from geo.gazetteer import list_added  # noqa: PLC0415

        for line in list_added():
            typer.echo(str(line))


@gazetteer_app.command("remove")
def gazetteer_remove(name: Annotated[str, typer.Argument(help="A name that geo gazetteer list shows.")]) -> None:
    """Take an added file out again."""
    with _command():
        from geo.gazetteer import remove  # noqa: PLC0415

        remove(name)
        say(f"{name} taken out")


@app.command()
def plot(
    sources: Sources = None,
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", callback=picture_file, help="Picture to write: .png, .svg or .pdf.")
    ] = Path("map.png"),
    published: Published = None,
    title: Annotated[str | None, typer.Option(help="Title above the map.")] = None,
    timeline: Annotated[bool, typer.Option("--timeline", help="Draw incidents over time instead of a map.")] = False,
) -> None:
    """Draw a static picture of the incidents."""
    with _command() as problems:
        from geo.plotting import plot as draw  # noqa: PLC0415
        from geo.plotting import save_figure  # noqa: PLC0415
        from geo.plotting import timeline as draw_timeline  # noqa: PLC0415

        incidents, _ = _incidents(sources, published, problems)
        save_figure((draw_timeline if timeline else draw)(incidents, title=title), out)
        typer.echo(str(out))


@app.command()
def convert(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="A layer that geo, QGIS or a spreadsheet wrote; a table of ACLED, UCDP GED, GDELT or others; "
            "postgresql://host/db?table=NAME.",
        ),
    ],
    target: Annotated[
        str,
        typer.Argument(
            metavar="OUT",
            callback=layer_or_store,
            help="The layer to write; its suffix says the format. NAME.parquet/ is a folder with a file for each "
            "country; postgresql://host/db?table=NAME a table of PostGIS.",
        ),
    ],
    *,
    everything: Everything = False,
    dataset: Annotated[
        Literal["acled", "ucdp", "hxl"] | None,
        typer.Option("--as", help="Write a CSV under the headers of ACLED or UCDP GED, or with a row of HXL tags."),
    ] = None,
) -> None:
    """Convert a layer, or a table of ACLED, UCDP GED, GDELT and others, into another format."""
    with _command() as problems:
        import geo  # noqa: PLC0415

        layer = geo.read_layer(source, everything=everything, on_problem=problems, on_note=note)
        if dataset is None:
            geo.write_layer(layer, target)
            say(f"{_number(len(layer), 'row')} written to {target}")
            return
        from geo.exporting.foreign import write_as  # noqa: PLC0415

        for line in write_as(layer, Path(target), dataset):
            note(line)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"geo {version('geo-incidents')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    try:
        with whole_output():
            app(prog_name="geo")
    except BrokenPipeError:  # the reader of a pipe had enough
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:
        say("geo: stopped; what was written before is whole.")
        sys.exit(130)


if __name__ == "__main__":
    main()
