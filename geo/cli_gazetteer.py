"""Look places up, and manage the user's own gazetteer: geo place, geo gazetteer add, list, remove."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli_help import Command, Group
from geo.cli_options import layer_file
from geo.cli_parameters import Country, OwnPlaces, Quiet, output_option
from geo.cli_places import places_for_run
from geo.cli_reading import command, note, say, write
from geo.errors import GeoError, InputError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

gazetteer_app = typer.Typer(
    cls=Group, help="Manage your own gazetteer: add, list and remove places.", no_args_is_help=True
)


def place(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help='Names to look up, such as "Abu Kamal" or "Paris, Texas"; or coordinates, such as "33.3, 44.4".',
        ),
    ],
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
    quiet: Quiet = False,
) -> None:
    """Look up names in the gazetteer and list the places they may mean, best first.

    For coordinates (latitude first): the best-known place that contains the point, then the nearest ones.
    """
    with command(quiet=quiet) as problems, places_for_run(country, gazetteer):
        import geo  # noqa: PLC0415

        names = _joined(names)
        found = geo.find_places(names, country.split(",") if country else ())
        found = found[found["rank"] <= most]
        for name in names:
            rows = found[found["query"] == name]
            if rows.empty:
                problems(InputError(_not_found(name)))
            elif (rows["match"] == "sound").all():
                note(f"{name!r} is not in the gazetteer; these places only sound like it.")
            elif (rows["match"] == "near").all():
                note(_where(name, rows))
        if out is not None:
            write(found, out, "place")
        elif len(found):
            typer.echo(_place_table(found))


def _joined(names: list[str]) -> list[str]:
    """Take two numbers, as in `geo place 33.3 44.4`, for one pair of coordinates."""
    pair = len(names) == 2 and all(re.fullmatch(r"-?\d+(\.\d+)?,?", name) for name in names)  # noqa: PLR2004
    return [", ".join(name.rstrip(",") for name in names)] if pair else names


def _not_found(name: str) -> str:
    """Say what is missing: the name itself, or a place of that name in that area."""
    from geo.gazetteer import open_gazetteer  # noqa: PLC0415

    bare, _, area = (part.strip() for part in name.partition(","))
    if area and open_gazetteer().find(bare):
        return f"the gazetteer has {bare!r}, but none in {area!r}; geo place {bare!r} lists them."
    return f"{name!r} is not in the gazetteer; add places with geo gazetteer add FILE."


def _where(query: str, rows: "GeoDataFrame") -> str:
    """Say in which country a point lies, by the borders of the basemap, and how far the nearest place is."""
    from geo.basemap import country_at  # noqa: PLC0415
    from geo.gazetteer.lookup import coordinates  # noqa: PLC0415

    point = coordinates(query)
    assert point is not None, "rows that match as near"
    country = country_at(*point)
    nearest = rows.loc[rows["distance_m"].idxmin()]
    where = f"in {country}" if country else "outside all countries"
    area = ", ".join(filter(None, (_text(nearest["admin1"]), _text(nearest["country"]))))
    return (
        f"{query} lies {where}; nearest place: {nearest['name']} ({area}), {nearest['distance_m'] / 1000:.1f} km away."
    )


def _place_table(found: "GeoDataFrame") -> str:
    """Lay candidates out in columns for a terminal."""
    near = bool(found["distance_m"].notna().any())
    rows = [["name", "kind", "admin1", "country", "lat", "lon", "population", "within", *["away"] * near, "id"]]
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
            *([f"{row.distance_m / 1000:.1f} km" if row.distance_m == row.distance_m else ""] if near else []),
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
            metavar="FILE",
            help="GeoNames dumps (IQ.txt, allCountries.txt, alternateNamesV2.txt) or a CSV with the columns name, lat, "
            "lon and, optionally, kind, country, aliases.",
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
def gazetteer_remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name that geo gazetteer list shows.")],
) -> None:
    """Remove an added file."""
    with command():
        from geo.gazetteer import remove  # noqa: PLC0415

        remove(name)
        say(f"{name} removed")
