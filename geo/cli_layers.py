"""Use incidents once they are a table: geo plot, geo convert, geo compare."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from geo.cli_options import layer_or_store, picture_file
from geo.cli_parameters import Everything, Published, Sources, output_option
from geo.cli_reading import command, counted, gather, note, say


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
) -> None:
    """Draw a static map or timeline of the incidents."""
    with command() as problems:
        from geo.plotting import plot as draw  # noqa: PLC0415
        from geo.plotting import save_figure  # noqa: PLC0415
        from geo.plotting import timeline as draw_timeline  # noqa: PLC0415

        incidents = gather(sources, published, problems).incidents
        save_figure((draw_timeline if timeline else draw)(incidents, title=title), out)
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


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="Reports, a layer, or a table of incidents.")],
    second: Annotated[str, typer.Argument(metavar="B", help="What to compare it with: reports, a layer or a table.")],
    *,
    out: Annotated[
        Path,
        output_option("FOLDER", None, "Folder for compare.html and the tables."),
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
