"""Inflect regular English verbs."""

import re
from typing import Final

from geo.tables import word_class

_DOUBLED: Final = re.compile(r"(?:^|[^aeiou])[aeiou][bdgmnpt]$")
_LONGEST_DOUBLED: Final = 4  # letters: "stab", "plan", "grab"; longer ones are mostly stressed early
_ALSO_DOUBLED: Final = word_class("doubles_consonant")
_NOT_DOUBLED: Final = word_class("keeps_consonant")


def inflect(verb: str) -> dict[str, str]:
    """Return the regular forms of a verb: form -> which form it is."""
    if verb.endswith("e"):
        past, ing = verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing"
    elif re.search(r"[^aeiou]y$", verb):
        past, ing = verb[:-1] + "ied", verb + "ing"
    elif _doubles(verb):
        past, ing = verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    else:
        past, ing = verb + "ed", verb + "ing"
    third = verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"
    third = verb + "es" if re.search(r"(?:s|sh|ch|x|z|o)$", verb) else third
    return {verb: "base", third: "s", past: "past", ing: "ing"}


def _doubles(verb: str) -> bool:
    short = len(verb) <= _LONGEST_DOUBLED and verb not in _NOT_DOUBLED
    return verb in _ALSO_DOUBLED or (short and bool(_DOUBLED.search(verb)))
