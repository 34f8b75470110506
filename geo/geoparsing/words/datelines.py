"""Find the dateline of a report: where it was filed, often not where things happened."""

from typing import Final

from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens

_LONGEST: Final = 25  # words
_FUNCTION: Final = 6.3  # words as common as "was" stand in no dateline
_PARTICLES: Final = frozenset({"of", "de", "la", "the"})
_MOST_LOWER: Final = 3  # words in small letters; "[El Salvador] 3 Jan (Reuters) -" has none


def dateline_end(tokens: Tokens) -> int:
    """Give the word at which the text proper begins, 0 when there is no dateline.

    A dateline ends in a dash, with places, days, agencies and notes in brackets before it:
    "BEIRUT (AP) -", "SAN SALVADOR, 3 JAN 90 -- [REPORT]".
    """
    lower = 0
    for i in range(1, min(_LONGEST, len(tokens.words))):
        word, gap = tokens.words[i - 1], tokens.gaps[i]
        lower += word.shape == "l"
        if lower > _MOST_LOWER and not tokens.flat:
            return 0
        if _is_dash(gap):
            return i
        if tokens.flat and word.zipf > _FUNCTION and word.lower not in _PARTICLES:
            return 0
        if GAPS[gap] in {"end", "quote"} or (GAPS[gap] == "stop" and tokens.opens_sentence(i)):
            return 0
    return 0


def _is_dash(gap: str) -> bool:
    return (
        "--" in gap
        or "\u2014" in gap
        or "\u2013 " in gap
        or (GAPS[gap] in {"dash", "hyphen"} and gap != "-")
        or gap == "- "
    )
