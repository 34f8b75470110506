"""The command line: a thin layer over the public functions.

Data go to standard output or to --out, talk goes to standard error. Exit status 0; 1 when some
input could not be used (each is named, the rest is written); 2 for a usage error.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from geo.cli_help import Command
from geo.cli_options import columns, layer_file, layer_or_store, metres, output_folder, picture_file
from geo.cli_parameters import (
    Beside,
    Cluster,
    Country,
    Everything,
    Jobs,
    MinConfidence,
    OnlyReviewed,
    Out,
    OutOrDataset,
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
from geo.cli_reading import Problems, account, command, counted, gather, in_order, note, read_reports, say, write
from geo.cli_review import apply_files, status_text
from geo.cli_settings import read_settings
from geo.cli_streams import whole_output
from geo.cli_vocabulary import vocabulary_app
from geo.cli_watch import follow
from geo.errors import GeoError, InputError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.incidents.report_cache import ReportCache

app = typer.Typer(
    name="geo",
    help="Turn news reports into maps of incidents, offline, with every mark traceable to a sentence.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
gazetteer_app = typer.Typer(help="Manage your own gazetteer: add, list and remove places.", no_args_is_help=True)
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
        typer.Option(metavar="TEXT", help="Title of the page; else countries and months say what it shows."),
    ] = None,
    author: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Who answers for the page; said below its title.")
    ] = None,
    contact: Annotated[str | None, typer.Option(metavar="TEXT", help="How to reach the author; said in About.")] = None,
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
            with_rejected if review else in_order(incidents, sort),
            reports=gathered.reports,
            full_text=full_text,
            review=review,
            rings=rings,
            coarsen_m=coarsen,
            hide=tuple(hide or ()),
            lang=lang,
            title=title,
            tiles=tiles,
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


@app.command(cls=Command)
def extract(
    sources: Sources = None,
    *,
    out: OutOrDataset = None,
    published: Published = None,
    per_report: PerReport = False,
    reviewed: Reviewed = None,
    only_reviewed: OnlyReviewed = False,
    min_confidence: MinConfidence = None,
    country: Country = None,
    gazetteer: OwnPlaces = None,
    rejected: Rejected = None,
    where: Where = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    sort: Sort = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Find the incidents that reports describe, and write them as one layer."""
    with command(quiet=quiet, verbose=verbose) as problems, places_for_run(country, gazetteer):
        if cluster or (out or "").endswith("/"):
            if reviewed or only_reviewed or rejected or where or sort:
                msg = "a dataset by month takes no --reviewed, --only-reviewed, --rejected, --where or --sort."
                raise typer.BadParameter(msg)
            from geo.cli_dataset import write_dataset  # noqa: PLC0415

            write_dataset(
                sources,
                out,
                published,
                problems,
                merge=not per_report,
                min_confidence=min_confidence,
                jobs=jobs,
                cluster=cluster,
            )
            return
        gathered = gather(
            sources,
            published,
            problems,
            merge=not per_report,
            min_confidence=min_confidence,
            jobs=jobs,
            where=where,
            keep=False,
        )
        incidents, _ = apply_files(gathered.incidents, reviewed or [], say=say, only=only_reviewed, problems=problems)
        write(in_order(incidents, sort), Path(out) if out else None, "incident")
        account(gathered, rejected)


@app.command("review-status", cls=Command)
def review_status(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files of decisions, or reviewed layers.")],
) -> None:
    """Count what is decided, by whom, and how far each two reviewers agree.

    Agreement is given as the share of equal cells and as Cohen's kappa, by column.
    """
    with command() as problems:
        text = status_text(files, problems)
        if text:
            typer.echo(text)


@app.command(cls=Command)
def geoparse(
    sources: Sources = None,
    *,
    out: Out = None,
    published: Published = None,
    country: Country = None,
    gazetteer: OwnPlaces = None,
) -> None:
    """Find the toponyms of reports and where they lie."""
    with command() as problems, places_for_run(country, gazetteer):
        import geo  # noqa: PLC0415

        write(geo.geoparse(read_reports(sources, published, problems)), out, "toponym")


@app.command(cls=Command)
def place(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help='Names to look up, such as "Abu Kamal".')],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "--out",
            "-o",
            metavar="FILE",
            callback=layer_file,
            help="Write the candidates as a layer instead.",
        ),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", "-n", metavar="NUMBER", min=1, help="Candidates shown for each name.")
    ] = 10,
    country: Country = None,
    gazetteer: OwnPlaces = None,
) -> None:
    """Look names up in the gazetteer: what they may mean, best first."""
    with command() as problems, places_for_run(country, gazetteer):
        import geo  # noqa: PLC0415

        found = geo.find_places(names, country.split(",") if country else ())
        found = found[found["rank"] <= most]
        for name in names:
            if name not in set(found["query"]):
                shorter = "" if name.replace(" ", "").isalpha() else "look up the bare name of one place, or "
                problems(
                    InputError(f"{name!r} is not in the gazetteer; {shorter}add places with geo gazetteer add FILE.")
                )
            elif (found.loc[found["query"] == name, "match"] == "sound").all():
                note(f"{name!r} is not in the gazetteer; these places only sound like it.")
        if out is not None:
            write(found, out, "place")
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


@gazetteer_app.command("add", cls=Command)
def gazetteer_add(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="GeoNames dumps (IQ.txt, allCountries.txt, alternateNamesV2.txt) or a CSV with the columns name, lat, "
            "lon and, if you like, kind, country, aliases."
        ),
    ],
) -> None:
    """Add your own places to the gazetteer."""
    with command() as problems:
        from geo.gazetteer import add_file  # noqa: PLC0415

        for path in files:
            try:
                say(str(add_file(path)))
            except GeoError as error:
                problems(error)


@gazetteer_app.command("list", cls=Command)
def gazetteer_list() -> None:
    """List the files that were added."""
    with command():
        from geo.gazetteer import list_added  # noqa: PLC0415

        added = list_added()
        for line in added:
            typer.echo(str(line))
        if not added:
            note("no files were added; geo gazetteer add FILE adds one.")


@gazetteer_app.command("remove", cls=Command)
def gazetteer_remove(name: Annotated[str, typer.Argument(help="A name that geo gazetteer list shows.")]) -> None:
    """Remove an added file."""
    with command():
        from geo.gazetteer import remove  # noqa: PLC0415

        remove(name)
        say(f"{name} removed")


@app.command(cls=Command)
def plot(
    sources: Sources = None,
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--output",
            "--out",
            "-o",
            metavar="FILE",
            callback=picture_file,
            help="Picture to write: .png, .svg or .pdf.",
        ),
    ] = Path("map.png"),
    published: Published = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title above the map.")] = None,
    timeline: Annotated[bool, typer.Option("--timeline", help="Draw incidents over time instead of a map.")] = False,
) -> None:
    """Draw a static map or timeline of the incidents."""
    with command() as problems:
        from geo.plotting import plot as draw  # noqa: PLC0415
        from geo.plotting import save_figure  # noqa: PLC0415
        from geo.plotting import timeline as draw_timeline  # noqa: PLC0415

        incidents = gather(sources, published, problems).incidents
        save_figure((draw_timeline if timeline else draw)(incidents, title=title), out)
        typer.echo(str(out))


@app.command(cls=Command)
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
        typer.Option(
            "--as",
            metavar="DATASET",
            help="Write a CSV under the headers of ACLED or UCDP GED (acled, ucdp), or with a row of HXL tags (hxl).",
        ),
    ] = None,
) -> None:
    """Convert a layer, or a table of ACLED, UCDP GED, GDELT and others, into another format."""
    with command() as problems:
        import geo  # noqa: PLC0415

        layer = geo.read_layer(source, everything=everything, on_problem=problems, on_note=note)
        if dataset is None:
            geo.write_layer(layer, target)
            say(f"{counted(len(layer), 'row')} written to {target}")
            return
        from geo.exporting.foreign import write_as  # noqa: PLC0415

        for line in write_as(layer, Path(target), dataset):
            note(line)


@app.command(cls=Command)
def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="Reports, a layer, or a table of incidents.")],
    second: Annotated[str, typer.Argument(metavar="B", help="What to compare it with: reports, a layer or a table.")],
    *,
    out: Annotated[
        Path,
        typer.Option("--output", "--out", "-o", metavar="FOLDER", help="Folder for compare.html and the tables."),
    ] = Path("compare"),
    days: Annotated[
        int, typer.Option(min=0, metavar="N", help="Days that two accounts of one event may lie apart.")
    ] = 2,
    km: Annotated[
        float,
        typer.Option(min=0, metavar="NUMBER", help="Kilometres that they may lie apart, beyond both uncertainties."),
    ] = 5.0,
    published: Published = None,
) -> None:
    """Match two tables of the same events: agreements, contradictions, and what only one of them has."""
    with command() as problems:
        import geo  # noqa: PLC0415
        from geo.comparing import save_comparison  # noqa: PLC0415
        from geo.comparing.writing import summary  # noqa: PLC0415

        tables = [gather([source], published, problems).incidents for source in (first, second)]
        found = geo.compare(*tables, days=days, km=km)
        save_comparison(found, out, names=(Path(first).stem, Path(second).stem))
        say(summary(found))
        typer.echo(str(out / "compare.html"))


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
    except KeyboardInterrupt:
        say("geo: stopped; what was written before is whole.")
        sys.exit(130)


if __name__ == "__main__":
    main()
