"""Look places up, and manage the user's own gazetteer: geo place, geo gazetteer add, list, remove."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli_help import Command
from geo.cli_options import layer_file
from geo.cli_parameters import Country, OwnPlaces, output_option
from geo.cli_places import places_for_run
from geo.cli_reading import command, note, say, write
from geo.errors import GeoError, InputError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

gazetteer_app = typer.Typer(help="Manage your own gazetteer: add, list and remove places.", no_args_is_help=True)


def place(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help='Names to look up, such as "Abu Kamal".')],
    *,
    out: Annotated[
        Path | None,
        output_option("FILE", layer_file, "Write the candidates as a layer instead."),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", "-n", metavar="NUMBER", min=1, help="Candidates shown for each name.")
    ] = 10,
    country: Country = None,
    gazetteer: OwnPlaces = None,
) -> None:
    """Look up names in the gazetteer and list the places they may mean, best first."""
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
