"""Make a map of reports: geo map."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from geo import cli_parameters as given
from geo.cli_dataset import fit_page
from geo.cli_options import columns, metres, output_folder
from geo.cli_places import places_for_run
from geo.cli_preview import PICTURE, make_preview
from geo.cli_reading import Gathered, Problems, account, command, counted, gather, in_order, note, say
from geo.cli_review import apply_files
from geo.cli_watch import follow

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.incidents.reports.cache import ReportCache

Out = Annotated[Path, given.output_option("FOLDER", output_folder, "Folder for map.html and the layers.")]
Demo = Annotated[bool, typer.Option("--demo", help="Map the sample reports that geo includes.")]
Review = Annotated[
    bool,
    typer.Option(
        "--review", help="Add a panel for checking, correcting and adding incidents, and saving the decisions."
    ),
]
FullText = Annotated[bool, typer.Option("--full-text", help="Include the full text of the reports in the page.")]
Coarsen = Annotated[
    float | None,
    typer.Option(parser=metres, metavar="DISTANCE", help="Snap places to a grid, such as 10km, before publishing."),
]
Hide = Annotated[
    list[str] | None,
    typer.Option(metavar="COLUMN", callback=columns, help="Column to leave out of the page; may be repeated."),
]
Language = Annotated[
    Literal["en", "ar", "es", "fr"], typer.Option(metavar="LANGUAGE", help="Language of the page: en, ar, es or fr.")
]
Title = Annotated[str | None, typer.Option(metavar="TEXT", help="Title of the page.  [default: countries and months]")]
Author = Annotated[str | None, typer.Option(metavar="TEXT", help="Author of the page; shown below its title.")]
Contact = Annotated[str | None, typer.Option(metavar="TEXT", help="How to reach the author; shown in About.")]
About = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, metavar="FILE", help="Text (.md, .txt) on how the page was made."),
]
Preview = Annotated[
    bool, typer.Option("--preview", help="Also draw map.png and name it in the page as its picture for link previews.")
]
Tiles = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help='Online tiles to offer, such as "CartoDB positron"; may be repeated.'),
]
Basemap = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, metavar="FILE", help="Own vector tiles (.pmtiles) for the page, drawn offline."
    ),
]
Watch = Annotated[
    bool, typer.Option("--watch", help="Redraw whenever a source changes; only new or changed reports are read.")
]


def map_(
    sources: given.Sources = None,
    *,
    out: Out = Path("out"),
    published: given.Published = None,
    demo: Demo = False,
    reviewed: given.Reviewed = None,
    only_reviewed: given.OnlyReviewed = False,
    review: Review = False,
    per_report: given.PerReport = False,
    everything: given.Everything = False,
    beside: given.Beside = None,
    full_text: FullText = False,
    coarsen: Coarsen = None,
    hide: Hide = None,
    lang: Language = "en",
    title: Title = None,
    author: Author = None,
    contact: Contact = None,
    about: About = None,
    preview: Preview = False,
    tiles: Tiles = None,
    basemap: Basemap = None,
    min_confidence: given.MinConfidence = None,
    country: given.Country = None,
    gazetteer: given.OwnPlaces = None,
    rejected: given.Rejected = None,
    where: given.Where = None,
    jobs: given.Jobs = None,
    sort: given.Sort = None,
    watch: Watch = False,
    quiet: given.Quiet = False,
    verbose: given.Verbose = False,
) -> None:
    """Read reports and write a map: map.html and layers for QGIS.

    Also takes incident layers, edited in QGIS or made elsewhere, and draws them as they are.
    """
    from geo.resources import seeds_path  # noqa: PLC0415

    named = [*(sources or []), *([str(seeds_path())] if demo else [])]
    read = partial(
        gather, named, published, merge=not per_report, everything=everything, min_confidence=min_confidence,
        jobs=jobs, where=where,
    )  # fmt: skip
    choices = {
        "full_text": full_text, "review": review, "coarsen_m": coarsen, "hide": tuple(hide or ()), "lang": lang,
        "title": title, "tiles": tiles, "basemap": basemap, "author": author, "contact": contact,
        "about": about.read_text(encoding="utf-8", errors="replace") if about else None,
        "preview": PICTURE if preview else None,
    }  # fmt: skip

    def draw(problems: Problems, cache: "ReportCache | None" = None) -> None:
        gathered = read(problems, cache=cache)
        incidents, with_rejected = apply_files(
            gathered.incidents, reviewed or [], say=say, only=only_reviewed, problems=problems
        )
        rings: list[str] = []
        if beside:
            from geo.cli_sources import put_beside  # noqa: PLC0415

            incidents, rings = put_beside(incidents, beside, problems, note)
            with_rejected = incidents
        shown = with_rejected if review else in_order(incidents, sort)
        _write(shown, in_order(incidents, sort), gathered, out, choices | {"rings": rings})
        account(gathered, rejected)
        _say_what_was_drawn(incidents, gathered, out, coarsened=bool(coarsen), hidden=bool(hide))

    with command(quiet=quiet, verbose=verbose) as problems, places_for_run(country, gazetteer):
        if watch:
            follow(named, draw, problems, out)
        else:
            draw(problems)
        typer.echo(str(out / "map.html"))


def _write(
    shown: "GeoDataFrame", incidents: "GeoDataFrame", gathered: Gathered, out: Path, choices: dict[str, Any]
) -> None:
    """Write the layers, the page, and its picture where one was asked for."""
    import geo  # noqa: PLC0415

    page = geo.to_map(fit_page(shown), reports=gathered.reports, **choices)
    geo.save_layers(incidents, out)
    page.save(str(out / "map.html"))
    if choices["preview"]:
        exact = not (choices["coarsen_m"] or choices["hide"])
        say(make_preview(out / "map.html", incidents, choices["title"], exact=exact))


def _say_what_was_drawn(
    incidents: "GeoDataFrame", gathered: Gathered, out: Path, *, coarsened: bool, hidden: bool
) -> None:
    """Say how much was drawn, and what to mind when publishing it."""
    source = f" from {counted(len(gathered.reports), 'report')}" if gathered.reports else ""
    say(f"{counted(len(incidents), 'incident')}{source}; layers in {out}/")
    if "dataset" in incidents and incidents["dataset"].eq("ACLED").any():
        note("the map shows rows of ACLED: its terms of use say what you may publish (acleddata.com).")
    if coarsened or hidden:
        done = " and ".join(
            word for word, asked in (("coarsened", coarsened), ("without hidden columns", hidden)) if asked
        )
        say(f"geo: only map.html is {done}; the layers in {out}/ hold everything, so publish the page alone.")
