"""Write the help of a command as Click does: no Python types, and an example at the end."""

import re
from typing import Any, Final

import typer
from typer.core import TyperCommand

EXAMPLES: Final = {
    "map": ("geo map articles/ -o out/", "geo map article.txt --published 2020-03-13 --min-confidence 0.5"),
    "extract": (
        "geo extract articles/ -o incidents.geojson",
        "geo extract reports.jsonl -o incidents.xlsx --sort date",
        "geo extract articles/ -o dataset/ --jobs 2",
    ),
    "geoparse": ("geo geoparse article.txt -o toponyms.geojson",),
    "place": ('geo place "Abu Kamal" Mosul',),
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
# What the library that checks the values says, and what Click would.
_PLAIN: Final = {
    "Value error, ": "",
    "Input should be greater than or equal to": "expected a number of at least",
    "Input should be less than or equal to": "expected a number of at most",
}
_PYDANTIC: Final = re.compile("|".join(map(re.escape, _PLAIN)))
_PYTHON_TYPE: Final = re.compile(r" <[\w\[\] |,.]+>")


class Command(TyperCommand):
    """A command whose help shows metavars alone, then examples."""

    def get_help(self, ctx: Any) -> str:
        """Write the help, with the examples of the command at its end."""
        examples = EXAMPLES.get(ctx.command_path.partition(" ")[2], ())
        lines = [super().get_help(ctx), *(["", "Examples:"] if examples else []), *(f"  {line}" for line in examples)]
        return "\n".join(lines)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - whole summaries; the list wraps them
        """Give the first sentence of the help, for the list of commands."""
        return (self.help or "").split("\n\n", 1)[0].replace("\n", " ").strip()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as Click does, and say what is wrong in the words of Click alone."""
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            error.message = _PYDANTIC.sub(lambda found: _PLAIN[found[0]], error.message)
            raise

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options without their types: typer would show `list[str]`, which is Python."""
        for title, kind in (("Arguments", "argument"), ("Options", "option")):
            parameters = [parameter for parameter in self.get_params(ctx) if parameter.param_type_name == kind]
            records = [record for parameter in parameters if (record := parameter.get_help_record(ctx))]
            if records:
                with formatter.section(title):
                    formatter.write_dl([(_PYTHON_TYPE.sub("", name), text) for name, text in records])
