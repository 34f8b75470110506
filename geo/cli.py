"""The command line: a thin layer over the public functions.

Data go to standard output or to --out, talk goes to standard error. Exit status 0; 1 when some
input could not be used (each is named, the rest is written); 2 for a usage error.
"""

import errno
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from geo.cli_extract import extract, geoparse, review_status
from geo.cli_gazetteer import gazetteer_app, place
from geo.cli_help import Command, Group
from geo.cli_layers import compare, convert, plot
from geo.cli_map import map_
from geo.cli_reading import say
from geo.cli_settings import read_settings
from geo.cli_streams import whole_output
from geo.cli_vocabulary import vocabulary_app
from geo.errors import GeoError

INTERRUPTED: Final = 130  # as shells have it: 128 and the number of the signal
app = typer.Typer(
    name="geo",
    cls=Group,
    help="Turn news reports into maps of incidents, offline, with the source sentence of every incident.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(vocabulary_app, name="vocabulary")


app.command("map", cls=Command)(map_)
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
            say("geo: stopped; files written before are complete.")
            sys.exit(INTERRUPTED)
        raise


if __name__ == "__main__":
    main()
