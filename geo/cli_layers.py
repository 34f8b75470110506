"""Use incidents once they are a table: geo plot, geo convert, geo compare."""

from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from geo.cli_options import is_folder_name, kilometres, layer_or_store, picture_file
from geo.cli_parameters import (
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
    output_option,
)
from geo.cli_places import places_for_run
from geo.cli_reading import Problems, account, command, counted, gather, in_order, note, say
from geo.cli_review import apply_files
from geo.errors import InputError


def plot(
    sources: Sources = None,
    *,
    out: Annotated[
        Path,
        output_option("FILE", picture_file, "Picture to write: .png, .svg or .pdf."),
    ] = Path("map.png"),
    published: Published = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title above the map.")] = None,
    timeline: Annotated[bool, typer.Option("--timeline", help="Draw incidents over time instead of a map.")] = False,
    reviewed: Reviewed = None,
    only_reviewed: OnlyReviewed = False,
    per_report: PerReport = False,
    everything: Everything = False,
    min_confidence: MinConfidence = None,
    country: Country = None,
    gazetteer: OwnPlaces = None,
    rejected: Rejected = None,
    where: Where = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Draw a static map or timeline of the incidents."""
    with command(quiet=quiet, verbose=verbose) as problems, places_for_run(country, gazetteer):
        from geo.plotting import plot as draw  # noqa: PLC0415
        from geo.plotting import save_figure  # noqa: PLC0415
        from geo.plotting import timeline as draw_timeline  # noqa: PLC0415

        read = partial(gather, everything=everything, min_confidence=min_confidence, jobs=jobs, where=where, keep=False)
        gathered = read(sources, published, problems, merge=not per_report)
        incidents, _ = apply_files(gathered.incidents, reviewed or [], say=say, only=only_reviewed, problems=problems)
        save_figure((draw_timeline if timeline else draw)(incidents, title=title), out)
        account(gathered, rejected)
        say(f"{counted(len(incidents), 'incident')} drawn")
        typer.echo(str(out))


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
            help="The layer to write; its suffix sets the format. FOLDER/ gets a GeoParquet file for each country, "
            "and may be larger than memory; postgresql://host/db?table=NAME a table of PostGIS.",
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
    where: Where = None,
    sort: Sort = None,
    quiet: Quiet = False,
) -> None:
    """Convert a layer, or a table of ACLED, UCDP GED, GDELT and others, into another format."""
    if dataset is not None and not target.lower().endswith(".csv"):
        msg = f"--as {dataset} writes a CSV; expected a file ending in .csv, found {target}."
        raise typer.BadParameter(msg)
    with command(quiet=quiet) as problems:
        import geo  # noqa: PLC0415
        from geo.importing.usable import why_nothing  # noqa: PLC0415

        if dataset is None and sort is None and is_folder_name(target):
            rows = _into_folder(source, Path(target), everything=everything, where=where, problems=problems)
            say(f"{counted(rows, 'row')} written to {target}")
            return
        layer = geo.read_layer(source, everything=everything, where=where, on_problem=problems, on_note=note)
        if nothing := why_nothing(layer, where):
            raise InputError(f"{source}: {nothing}")  # noqa: TRY003, EM102 - the sentence is made there
        layer = in_order(layer, sort)
        if dataset is None:
            geo.write_layer(layer, target)
            say(f"{counted(len(layer), 'row')} written to {target}")
            return
        from geo.exporting.foreign import write_as  # noqa: PLC0415

        for line in write_as(layer, Path(target), dataset):
            note(line)


def _into_folder(source: str, folder: Path, *, everything: bool, where: str | None, problems: Problems) -> int:
    """Write a folder piece by piece, so that neither it nor the source need fit into memory."""
    from geo.exporting.folder_writer import FolderWriter  # noqa: PLC0415
    from geo.importing.pieces import read_pieces  # noqa: PLC0415
    from geo.importing.usable import why_nothing  # noqa: PLC0415

    nothing: str | None = None
    with FolderWriter(folder) as writer:
        for piece in read_pieces(source, everything=everything, where=where, on_problem=problems, on_note=note):
            if nothing != "":  # said when no piece held anything
                nothing = why_nothing(piece, where)
            writer.write(piece)
        if nothing:
            raise InputError(f"{source}: {nothing}")  # noqa: TRY003, EM102 - the sentence is made there
    return writer.rows


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="Reports, a layer, or a table of incidents.")],
    second: Annotated[str, typer.Argument(metavar="B", help="What to compare it with: reports, a layer or a table.")],
    *,
    out: Annotated[
        Path,
        output_option("FOLDER", None, "Folder for compare.html and the tables."),
    ] = Path("compare"),
    days: Annotated[int, typer.Option(min=0, metavar="N", help="Most days between two accounts of one event.")] = 2,
    km: Annotated[
        float,
        typer.Option(
            parser=kilometres, metavar="KM", help="Most kilometres between them, beyond both uncertainty radii."
        ),
    ] = 5.0,
    published: Published = None,
    everything: Everything = False,
    min_confidence: MinConfidence = None,
    country: Country = None,
    gazetteer: OwnPlaces = None,
    where: Where = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Match two tables of the same events: agreements, contradictions, and what only one of them has."""
    with command(quiet=quiet, verbose=verbose) as problems, places_for_run(country, gazetteer):
        import geo  # noqa: PLC0415
        from geo.comparing import save_comparison  # noqa: PLC0415
        from geo.comparing.writing import summary  # noqa: PLC0415

        read = partial(gather, everything=everything, min_confidence=min_confidence, jobs=jobs, where=where, keep=False)
        gathered = [read([source], published, problems) for source in (first, second)]
        for one in gathered:
            account(one, None)
        found = geo.compare(*(one.incidents for one in gathered), days=days, km=km)
        save_comparison(found, out, names=(Path(first).stem, Path(second).stem))
        say(summary(found))
        typer.echo(str(out / "compare.html"))
        typer.echo(str(out / "sections.html"))
