"""Name what stands between two words."""

from typing import Final

from geo.memo import Memo

_MOST: Final = 10_000
_MONEY: Final = frozenset("$£€")
_SIGNS: Final = (
    ("\n", "end"), ("(", "open"), ("[", "open"), (")", "close"), ("]", "close"), ('"', "quote"), ("?", "stop"),
    ("!", "stop"), (";", "stop"), (":", "colon"), (",", "comma"), ("-", "hyphen"), ("/", "slash"), (".", "stop"),
    ("—", "dash"), ("–", "dash"), ("'", "quote"),
)  # fmt: skip


def _name(gap: str) -> str:
    if gap.isspace() and "\n" not in gap:
        return "space"
    if gap == "-":
        return "hyphen"
    if gap[:1] in _MONEY:
        return "money"
    if " - " in gap or "--" in gap:
        return "dash"
    if not gap:
        return "end"
    return next((name for sign, name in _SIGNS if sign in gap), "sign")


# What a gap is, by its characters; remembered, since texts use few.
GAPS: Final = Memo(_name, _MOST)
