"""Put the paragraphs of a report together again, without moving a character.

`readable` returns a text of the same length as the original, so that an offset into the
one is an offset into the other: what only wrapped a line becomes a space, what ends a
paragraph becomes a line feed.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from geo.memo import Memo
from geo.reading.front_matter import front_matter_end

# A line at most this long can have been wrapped; longer ones are paragraphs of their own.
WIDEST_WRAP = 160
# A wrapped line is rarely shorter than this share of the width: titles and last lines are.
FULL_LINE = 0.6
# From this share of blank lines inside sentences on, blank lines mean nothing.
BLANKS_BROKEN = 0.25

_QUOTES = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "`": "'"}
_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]*\S[^\n\r\f\v\x85\u2028\u2029]*")
_ENDS = ".!?:;…"
_CLOSERS = ")]\"'"
_ITEMS = "-*•#>("
_ITEM = re.compile(r"(?:[-*•#>]\s|\d{1,3}[.)]\s|\(\w\)\s)")
_BREAKS = "\n\r\f\v\x85\u2028\u2029"


class _Line(NamedTuple):
    """One line that holds something; offsets without its outer spaces."""

    start: int
    end: int
    indent: int
    text: str
    closes: bool  # it ends as a sentence does


@cache
def _table() -> dict[int, str]:
    """Map every odd space and quote to its plain form; all are one code point long."""
    spaces = (chr(code) for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs")
    controls = (chr(code) for code in range(0x20) if chr(code) not in "\n\r\f\v")
    return {ord(char): " " for char in (*spaces, *controls)} | {ord(k): v for k, v in _QUOTES.items()}


def readable(text: str) -> str:
    """Return `text` in the same length, with one line feed after each paragraph and none inside.

    Page breaks, doubled line breaks inside sentences, odd spaces and curly quotes become plain;
    front matter becomes spaces.
    """
    return _READABLE[text]


def _readable(text: str) -> str:
    body = front_matter_end(text)
    plain = " " * body + text[body:].translate(_table())
    lines = [_line(found) for found in _LINE.finditer(plain, body)]
    if not lines:
        return " " * len(text)
    width = _wrap_width(lines)
    blanks = [_is_blank(plain[a.end : b.start]) for a, b in pairwise(lines)]
    doubled = _blank_lines_mean_nothing(lines, blanks, width)
    parts, at = [], 0
    for (here, following), blank in zip(pairwise(lines), blanks, strict=True):
        ends = _ends_paragraph(here, following, blank=blank, doubled=doubled, width=width)
        gap = following.start - here.end
        parts += [plain[at : here.end], ("\n" if ends else " ") + " " * (gap - 1)]
        at = following.start
    parts += [plain[at : lines[-1].end], "\n" * min(1, len(plain) - lines[-1].end)]
    result = "".join(parts)
    return result + " " * (len(text) - len(result))


_READABLE: Final = Memo(_readable, most=4)  # several readers ask for the same text, one after the other


def _line(found: re.Match[str]) -> _Line:
    whole = found[0]
    text = whole.strip()
    bare = text.rstrip(_CLOSERS)
    return _Line(found.start(), found.end(), len(whole) - len(whole.lstrip()), text, bare[-1:] in _ENDS and bare != "")


def _starts_item(text: str) -> bool:
    return (text[0] in _ITEMS or text[0].isdecimal()) and _ITEM.match(text) is not None


def _is_blank(gap: str) -> bool:
    """Say whether a line without anything lies between two lines."""
    if len(gap) == 1:
        return False
    returns = gap.count("\r")
    return returns > 1 or sum(map(gap.count, _BREAKS)) - returns > 1


def _wrap_width(lines: list[_Line]) -> int:
    """Estimate the width at which lines were wrapped; 0 when they were not."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    return width if len(lines) > 1 and width <= WIDEST_WRAP else 0


def _blank_lines_mean_nothing(lines: list[_Line], blanks: list[bool], width: int) -> bool:
    """Recognise a text whose blank lines stand inside sentences, as scanning and PDF copies leave them."""
    before_blank = [line for line, blank in zip(lines[:-1], blanks, strict=True) if blank]
    broken = [line for line in before_blank if not line.closes and len(line.text) >= FULL_LINE * width]
    return width > 0 and len(broken) >= 2 and len(broken) >= BLANKS_BROKEN * len(before_blank)  # noqa: PLR2004


def _ends_paragraph(here: _Line, following: _Line, *, blank: bool, doubled: bool, width: int) -> bool:
    """Decide whether the break between two lines ends a paragraph."""
    if _starts_item(following.text) or here.text.startswith("#"):
        return True
    if not here.closes and following.text[0].islower():
        return False
    full = width > 0 and len(here.text) >= FULL_LINE * width
    if blank:
        return not (doubled and full and not here.closes)
    if not width:
        return True
    if here.closes and following.indent >= here.indent + 2:
        return True
    # A next word that would have fitted was kept off the line on purpose.
    first_word = len(following.text.split(maxsplit=1)[0])
    roomy = len(here.text) + 1 + first_word < FULL_LINE * width
    return roomy or (here.closes and len(here.text) + 1 + first_word < 0.8 * width)
