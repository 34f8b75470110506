"""The command line: a thin layer over the public functions.

Data go to standard output or to --out, talk goes to standard error. Exit status 0; 1 when some
input could not be used (each is named, the rest is written); 2 for a usage error.
"""

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from geo.cli_dataset import fit_page
from geo.cli_extract import extract, geoparse, review_status
from geo.cli_gazetteer import gazetteer_app, place
from geo.cli_help import Command
from geo.cli_layers import compare, convert, plot
from geo.cli_options import columns, metres, output_folder
from geo.cli_parameters import (
    Beside,
    Country,
    Everything,
    Jobs,
    MinConfidence,
    OnlyReviewed,
    OwnPlaces,
    PerReport,
    Published,
    Quiet,
    Rejected,
    Reviewed,
    Sort,
    Sources,
    Verbose,
    Where,
)
from geo.cli_places import places_for_run
from geo.cli_preview import PICTURE, make_preview
from geo.cli_reading import Problems, account, command, counted, gather, in_order, note, say
from geo.cli_review import apply_files
from geo.cli_settings import read_settings
from geo.cli_streams import whole_output
from geo.cli_vocabulary import vocabulary_app
from geo.cli_watch import follow
from geo.errors import GeoError

if TYPE_CHECKING:
    from geo.incidents.report_cache import ReportCache

INTERRUPTED: Final = 130  # as shells have it: 128 and the number of the signal
app = typer.Typer(
    name="geo",
    help="Turn news reports into maps of incidents, offline, with every mark traceable to a sentence.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(vocabulary_app, name="vocabulary")


@app.command("map", cls=Command)
def map_(
    sources: Sources = None,
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--output",
            "--out",
            "-o",
            metavar="FOLDER",
            callback=output_folder,
            help="Folder for map.html and the layers.",
        ),
    ] = Path("out"),
    published: Published = None,
    demo: Annotated[bool, typer.Option("--demo", help="Map the sample reports that geo includes.")] = False,
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
    beside: Beside = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Include the full text of the reports in the page.")
    ] = False,
    coarsen: Annotated[
        float | None,
        typer.Option(parser=metres, metavar="DISTANCE", help="Snap places to a grid, such as 10km, before publishing."),
    ] = None,
    hide: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", callback=columns, help="A column to leave out of the page; may be repeated."),
    ] = None,
    lang: Annotated[
        Literal["en", "ar", "es", "fr"], typer.Option(metavar="LANGUAGE", help="Of the page: en, ar, es or fr.")
    ] = "en",
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Title of the page.  [default: countries and months]"),
    ] = None,
    author: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Author of the page; shown below its title.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option(metavar="TEXT", help="How to reach the author; shown in About.")
    ] = None,
    about: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, metavar="FILE", help="Text (.md, .txt) on how the page was made."),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Also draw map.png, which the page names as its picture in link previews.")
    ] = False,
    tiles: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help='Online tiles to offer, such as "CartoDB positron"; may be repeated.'),
    ] = None,
    basemap: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, metavar="FILE", help="Own vector tiles (.pmtiles) for the page, drawn offline."
        ),
    ] = None,
    min_confidence: MinConfidence = None,
    country: Country = None,
    gazetteer: OwnPlaces = None,
    rejected: Rejected = None,
    where: Where = None,
    jobs: Jobs = None,
    sort: Sort = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Draw again whenever a source changes; only new reports are read.")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read reports and write a map: map.html and layers for QGIS.

    Also takes incident layers, edited in QGIS or made elsewhere, and draws them as they are.
    """
    from geo.resources import seeds_path  # noqa: PLC0415

    named = [*(sources or []), *([str(seeds_path())] if demo else [])]

    def draw(problems: Problems, cache: "ReportCache | None" = None) -> None:
        import geo  # noqa: PLC0415

        gathered = gather(
            named,
            published,
            problems,
            merge=not per_report,
            everything=everything,
            min_confidence=min_confidence,
            cache=cache,
            jobs=jobs,
            where=where,
        )
        incidents, with_rejected = apply_files(
            gathered.incidents, reviewed or [], say=say, only=only_reviewed, problems=problems
        )
        rings: list[str] = []
        if beside:
            from geo.cli_sources import put_beside  # noqa: PLC0415

            incidents, rings = put_beside(incidents, beside, problems, note)
            with_rejected = incidents
        page = geo.to_map(
            fit_page(with_rejected if review else in_order(incidents, sort)),
            reports=gathered.reports,
            full_text=full_text,
            review=review,
            rings=rings,
            coarsen_m=coarsen,
            hide=tuple(hide or ()),
            lang=lang,
            title=title,
            tiles=tiles,
            basemap=basemap,
            author=author,
            contact=contact,
            about=about.read_text(encoding="utf-8", errors="replace") if about else None,
            preview=PICTURE if preview else None,
        )
        geo.save_layers(in_order(incidents, sort), out)
        page.save(str(out / "map.html"))
        if preview:
            say(make_preview(out / "map.html", incidents, title, exact=not (coarsen or hide)))
        account(gathered, rejected)
        told = f" from {counted(len(gathered.reports), 'report')}" if gathered.reports else ""
        say(f"{counted(len(incidents), 'incident')}{told}; layers in {out}/")
        if "dataset" in incidents and incidents["dataset"].eq("ACLED").any():
            note("the map shows rows of ACLED: its terms of use say what you may publish (acleddata.com).")
        if coarsen or hide:
            done = " and ".join(
                word for word, asked in (("coarsened", coarsen), ("without hidden columns", hide)) if asked
            )
            say(f"geo: only map.html is {done}; the layers in {out}/ hold everything, so publish the page alone.")

    with command(quiet=quiet, verbose=verbose) as problems, places_for_run(country, gazetteer):
        if watch:
            follow(named, draw, problems, out)
        else:
            draw(problems)
        typer.echo(str(out / "map.html"))


app.command(cls=Command)(extract)
app.command("review-status", cls=Command)(review_status)
for _command in (geoparse, place, plot, convert, compare):
    app.command(cls=Command)(_command)


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
            app(prog_name="geo", default_map=read_settings(Path.cwd()))
    except GeoError as error:  # of the settings
        say(f"geo: {error}", level=-1)
        sys.exit(2)
    except BrokenPipeError:  # the reader of a pipe had enough
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        say(f"geo: {str(error.filename)[:60]!r}...: too long for the name of a file; give a path.", level=-1)
        sys.exit(1)
    except (KeyboardInterrupt, SystemExit) as ended:  # typer makes an exit of 130 of Ctrl-C
        if isinstance(ended, KeyboardInterrupt) or ended.code == INTERRUPTED:
            say("geo: stopped; what was written before is whole.")
            sys.exit(INTERRUPTED)
        raise


if __name__ == "__main__":
    main()
