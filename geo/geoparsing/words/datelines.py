"""Find the dateline of a report: where it was filed, often not where things happened."""

from typing import Final

from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens

_LONGEST: Final = 25  # words
_FUNCTION: Final = 6.3  # words as common as "was" stand in no dateline
_PARTICLES: Final = frozenset({"of", "de", "la", "the"})
_MOST_LOWER: Final = 3  # words in small letters; "[El Salvador] 3 Jan (Reuters) -" has none


def find_dateline(tokens: Tokens) -> range:
    """Give the words of the dateline; empty when there is none.

    A dateline opens the text, or follows the headline that does. It ends in a dash, with places, days, agencies and
    notes in brackets before it: "BEIRUT (AP) -", "SAN SALVADOR, 3 JAN 90 -- [REPORT]".
    """
    stop = _dateline_stop(tokens, 0)
    if stop:
        return range(stop)
    first = _line_after_headline(tokens)
    return range(first, _dateline_stop(tokens, first) if first and _is_capitals(tokens, first) else first)


def _dateline_stop(tokens: Tokens, first: int) -> int:
    """Give the word at which the text proper begins, where a dateline begins at a word; 0 without one."""
    lower = 0
    for i in range(first + 1, min(first + _LONGEST, len(tokens.words))):
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


def _line_after_headline(tokens: Tokens) -> int:
    """Give the word with which the second line begins, where the first may be a headline; 0 otherwise."""
    for i in range(1, min(_LONGEST, len(tokens.words))):
        if "\n" in tokens.gaps[i]:
            return 0 if tokens.gaps[i].lstrip()[:1] == "." or "." in tokens.gaps[i].split("\n")[0] else i
    return 0


def _is_capitals(tokens: Tokens, at: int) -> bool:
    """Return whether a line opens with a word in capitals, in a text that is not all in capitals."""
    return not tokens.flat and tokens.words[at].shape == "U"


def _is_dash(gap: str) -> bool:
    return (
        "--" in gap
        or "\u2014" in gap
        or "\u2013 " in gap
        or (GAPS[gap] in {"dash", "hyphen"} and gap != "-")
        or gap == "- "
    )
