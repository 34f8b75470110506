"""Name the arguments and options that several commands of the command line share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from geo.cli_options import confidence, countries, day, layer_file, layer_file_or_folder


def output_option(metavar: str, callback: Callable[..., Any] | None, text: str) -> Any:
    """Make the option that says where a command writes: -o, --out or --output."""
    return typer.Option("--output", "--out", "-o", metavar=metavar, callback=callback, help=text)


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCES",
        help="Files of reports (text, HTML, PDF, DOCX, mail, feeds, JSON Lines, tables), folders or globs of them, "
        "- for JSON Lines on standard input; or layers of incidents that geo, QGIS or others wrote.",
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    output_option(
        "FILE",
        layer_file,
        "File to write; its suffix sets the format. Default: GeoJSON to standard output.",
    ),
]
OutOrDataset = Annotated[
    str | None,
    output_option(
        "FILE",
        layer_file_or_folder,
        "File to write; its suffix sets the format. NAME/ is a folder of GeoParquet by month, which Dask writes. "
        "Default: GeoJSON to standard output.",
    ),
]
Published = Annotated[
    date | None,
    typer.Option(parser=day, metavar="DATE", help="Publication day (2020-03-13) of reports that do not state one."),
]
Country = Annotated[
    str | None,
    typer.Option(
        "--country",
        parser=countries,
        metavar="CODES",
        help="Countries preferred for ambiguous names, unless the report says otherwise: IQ or IQ,SY.",
    ),
]
OwnPlaces = Annotated[
    list[Path] | None,
    typer.Option(
        "--gazetteer",
        exists=True,
        dir_okay=False,
        metavar="FILE",
        help="Extra places for this run only, in a format that geo gazetteer add accepts; may be repeated.",
    ),
]
PerReport = Annotated[bool, typer.Option("--per-report", help="Do not merge incidents of different reports.")]
Beside = Annotated[
    list[str] | None,
    typer.Option(
        "--beside",
        metavar="TABLE",
        help="Another table of incidents to show on the same page, as rings with a layer switch; may be repeated.",
    ),
]
Everything = Annotated[
    bool, typer.Option("--all", help="Keep rows of GDELT and POLECAT that are not incidents, without a type.")
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
    bool, typer.Option("--only-reviewed", help="Only incidents that a person has confirmed, corrected or added.")
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        parser=confidence,
        metavar="NUMBER",
        help="Leave out incidents below this confidence, 0 to 1. Default: the tuned floor for reports, none for "
        "layers.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        metavar="N",
        help="Number of processes that read reports. Default: all cores if there are many.",
    ),
]
Where = Annotated[
    str | None,
    typer.Option(
        metavar="CONDITION",
        help="Only incidents that match, such as \"date >= 2020-01 and country_code == 'IQ'\"; of a folder of "
        "GeoParquet, only the files that may hold such rows are read.",
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Read on a Dask cluster (tcp://host:8786) into a folder of GeoParquet by month, -o NAME/; without an "
        "address, such a folder is made by a Dask cluster on this machine.",
    ),
]
Rejected = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", callback=layer_file, help="Also write the incidents that were left out, each with its reason."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show only problems.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show what was found in every report.")]
Sort = Annotated[
    Literal["date", "confidence", "place", "killed"] | None,
    typer.Option(metavar="COLUMN", help="Order of the rows in the layers: date, confidence, place or killed."),
]
