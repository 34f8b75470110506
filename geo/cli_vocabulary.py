"""Add, list and remove words of the user's own: `geo vocabulary`."""

from pathlib import Path
from typing import Annotated

import typer

from geo.additions.checks import extensible_tables
from geo.additions.files import add_file, list_added, remove
from geo.cli_help import Command, Group
from geo.cli_reading import command, note, say
from geo.errors import GeoError

vocabulary_app = typer.Typer(
    cls=Group,
    help="Manage your own vocabulary: add, list and remove words.",
    no_args_is_help=True,
)


@vocabulary_app.command("add", cls=Command)
def vocabulary_add(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="CSV files with the header of a table of words, such as trigger, part, sub_event_type, frame, "
            "strength, or name, kind, country_code, aliases of actors. geo vocabulary tables lists them all.",
        ),
    ],
) -> None:
    """Add your own words, actors or weapons to a table."""
    with command() as problems:
        for path in files:
            try:
                say(f"{add_file(path)} added")
            except GeoError as error:
                problems(error)


@vocabulary_app.command("list", cls=Command)
def vocabulary_list() -> None:
    """List the files that were added."""
    with command():
        files = list_added()
        for added in files:
            typer.echo(str(added))
        if not files:
            note("no files were added; geo vocabulary add FILE adds one.")


@vocabulary_app.command("remove", cls=Command)
def vocabulary_remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name that geo vocabulary list shows.")],
) -> None:
    """Remove an added file."""
    with command():
        remove(name)
        say(f"{name} removed")


@vocabulary_app.command("tables", cls=Command)
def vocabulary_tables() -> None:
    """List the tables that can be extended, with their columns; those in brackets may be left out."""
    with command():
        for table, columns in extensible_tables().items():
            shown = [f"[{name}]" if column.empty else name for name, column in columns.items()]
            typer.echo(f"{table}: {', '.join(shown)}")
