"""A span of words that may be a toponym, and which neighbouring words may be one name."""

from dataclasses import dataclass
from typing import Final, Literal

from geo.geoparsing.words.names import Name
from geo.geoparsing.words.tokens import Tokens
from geo.tables import word_class

# name: in the gazetteer; demonym: a word for a people; qualified: a known name with a noun or a direction
# ("Anbar province", "northern Iraq" written large); thing: an unknown name with a noun ("Yarmouk Hospital");
# unknown: an unknown name where a place is expected ("in Turtle Rock").
Source = Literal["name", "demonym", "qualified", "thing", "unknown"]
_LONGEST_TIE: Final = 4  # letters of "sous" in "Clichy-sous-Bois"
# Words in lower case that stand inside names.
PARTICLES: Final = word_class("inside_place_name")
CALENDAR: Final = frozenset({"month", "weekday"})  # roles of words that end a name
_JOINS: Final = frozenset({"  ", "-", ", ", " - ", "\u2013", ". ", ".  ", " & ", ".-"})


@dataclass(slots=True, eq=False)
class Span:
    """Words `first` to `last` of a text, which may be a toponym."""

    first: int
    last: int  # inclusive
    source: Source
    name: Name  # what is looked up: for "qualified" the known part, for "thing" and "unknown" nothing is known
    noun: str = ""  # "province" of "Anbar Province", "north" of "North Dallas"


def joins(tokens: Tokens, i: int) -> bool:
    """Return whether words `i` and `i + 1` may be one name."""
    gap = tokens.gaps[i + 1]
    if gap == " ":
        return True
    if gap not in _JOINS:
        return gap.isspace() and "\n" not in gap
    word = tokens.words[i]
    if gap == ", ":
        return tokens.words[i + 1].key == "dc"  # "Washington, D.C." is one name
    if "." in gap:
        return "." in word.text or word.lower in {"st", "mt", "ft", "ste"}
    return True


def is_tied(tokens: Tokens, i: int) -> bool:
    """Distinguish a little word between hyphens from any other: "Mazar-i-Sharif", "Aix-en-Provence"."""
    return len(tokens.words[i].lower) <= _LONGEST_TIE and tokens.gaps[i] == "-" == tokens.gaps[i + 1]
