"""Write the help of a command as Click does: no Python types, and an example at the end."""

import re
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

EXAMPLES: Final = {
    "": ("geo map --demo", "geo map articles/ -o out/", 'geo place "Abu Kamal"'),
    "gazetteer": ("geo gazetteer add IQ.txt", "geo gazetteer list"),
    "vocabulary": ("geo vocabulary tables", "geo vocabulary add my_triggers.csv"),
    "map": ("geo map articles/ -o out/", "geo map article.txt --published 2020-03-13 --min-confidence 0.5"),
    "extract": (
        "geo extract articles/ -o incidents.geojson",
        "geo extract reports.jsonl -o incidents.xlsx --sort date",
        "geo extract articles/ -o dataset/ --jobs 2",
    ),
    "geoparse": ("geo geoparse article.txt -o toponyms.geojson",),
    "place": ('geo place "Abu Kamal" Mosul', 'geo place "Paris, Texas"', 'geo place "33.3, 44.4"'),
    "plot": ("geo plot articles/ -o map.png", "geo plot incidents.gpkg -o timeline.svg --timeline"),
    "convert": ("geo convert incidents.gpkg incidents.csv", "geo convert incidents.gpkg events.csv --as acled"),
    "compare": ("geo compare incidents.gpkg theirs.csv -o compare/",),
    "review-status": ("geo review-status reviewed.gpkg",),
    "gazetteer add": ("geo gazetteer add IQ.txt", "geo gazetteer add places.csv"),
    "gazetteer list": ("geo gazetteer list",),
    "gazetteer remove": ("geo gazetteer remove IQ",),
    "vocabulary add": ("geo vocabulary add my_triggers.csv", "geo vocabulary add my_actors.csv my_weapons.csv"),
    "vocabulary list": ("geo vocabulary list",),
    "vocabulary tables": ("geo vocabulary tables",),
    "vocabulary remove": ("geo vocabulary remove my_triggers",),
}
_USAGE_ERROR: Final[Any] = typer.BadParameter.__mro__[1]  # Click's UsageError, which typer does not export
# What other programs call it.
_MEANT_COMMANDS: Final = {"help": "--help", "version": "--version", "geocode": "place", "read": "extract"}
_MEANT_OPTIONS: Final = {
    "--date": "--published 2020-03-13 gives the day of publication",
    "--format": "the suffix of -o FILE sets the format",
    "--open": "open map.html in a browser",
    "--threshold": "--min-confidence 0.5 leaves out what is below",
    "--language": "--lang sets the language of the page",
}
# What the library that checks the values says, and what Click would.
_PLAIN: Final = {
    "Value error, ": "",
    "Input should be greater than or equal to": "expected a number of at least",
    "Input should be less than or equal to": "expected a number of at most",
}
_PYDANTIC: Final = re.compile("|".join(map(re.escape, _PLAIN)))
# "-33.9, 18.4" is no option.
_SOUTHERN: Final = re.compile(r"-\d+(?:\.\d+)?\s*[,;\s]\s*[-+]?\d")
_PYTHON_TYPE: Final = re.compile(r" <[\w\[\] |,.]+>")


def _with_examples(shown: str, ctx: Any) -> str:
    """Put the examples of a command at the end of its help."""
    examples = EXAMPLES[ctx.command_path.partition(" ")[2]]
    return "\n".join([shown, "", "Examples:", *(f"  {line}" for line in examples)])


class Group(TyperGroup):
    """A group of commands whose help ends with examples."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; where there is none, say what was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except _USAGE_ERROR as error:
            word = args[0]
            meant = f"geo {_MEANT_COMMANDS[word]}" if word in _MEANT_COMMANDS else ""
            if not meant and Path(word).exists():
                meant = f"geo map {word}"
            if meant and not ctx.parent:
                error.message = f"No such command {word!r}. Did you mean {meant}?"
            raise

    def get_help(self, ctx: Any) -> str:
        """Write the help, with the examples of the group at its end."""
        return _with_examples(super().get_help(ctx), ctx)


class Command(TyperCommand):
    """A command whose help shows metavars alone, then examples."""

    def get_help(self, ctx: Any) -> str:
        """Write the help, with the examples of the command at its end."""
        return _with_examples(super().get_help(ctx), ctx)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Write `NAME...` as Click does, where typer writes `{NAME}...`."""
        return [re.sub(r"^\{(.+)\}", r"\1", piece) for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - whole summaries; the list wraps them
        """Give the first sentence of the help, for the list of commands."""
        return (self.help or "").split("\n\n", 1)[0].replace("\n", " ").strip()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as Click does, and say what is wrong in the words of Click alone."""
        southern = [] if "--" in args else [arg for arg in args if _SOUTHERN.match(arg)]
        if southern:
            args = [*(arg for arg in args if arg not in southern), "--", *southern]
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            error.message = _PYDANTIC.sub(lambda found: _PLAIN[found[0]], error.message)
            raise
        except _USAGE_ERROR as error:
            name = getattr(error, "option_name", "")
            if name in _MEANT_OPTIONS:
                error.message, error.possibilities = f"No such option: {name}; {_MEANT_OPTIONS[name]}.", None
            raise

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options without their types: typer would show `list[str]`, which is Python."""
        for title, kind in (("Arguments", "argument"), ("Options", "option")):
            parameters = [parameter for parameter in self.get_params(ctx) if parameter.param_type_name == kind]
            records = [record for parameter in parameters if (record := parameter.get_help_record(ctx))]
            if records:
                with formatter.section(title):
                    formatter.write_dl([(_PYTHON_TYPE.sub("", name), text) for name, text in records])
