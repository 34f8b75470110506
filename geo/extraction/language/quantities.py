"""Read how many: "at least 26", "two or three", "over a dozen", "some 110".

A vague number keeps its two ends: the least and the most that it can mean, either of them
open. Vague words follow ACLED's convention (tens are 10, dozens 12, hundreds 100).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final

from text_to_num import text2num

from geo.extraction.language.tokens import Words
from geo.memo import Memo
from geo.tables import bounds_of, linking_phrases, number_words, word_class, words_of

_UNITS = words_of("unit")
_SCALES = {word: least or 1 for word, (least, _) in bounds_of("scale").items()}
_VAGUE = bounds_of("vague")
# What stands before a number and opens one of its ends: "at least", "more than".
_BEFORE = {tuple(row.words.split()): row.role.removeprefix("before ") for row in number_words() if " " in row.role
           and row.role.startswith("before ")}  # fmt: skip
_MEASURES = bounds_of("measure")  # "a handful of people", "an unknown number of people"
_UNKNOWN = words_of("untold")
_HOW_LARGE = _UNKNOWN | words_of("how large")
_SHARES = {word: parts or 1 for word, (parts, _) in bounds_of("share").items()}
_SHARE_REACH = 5  # words from "a third of" to the number that is shared
_GROUPED = 3  # digits of "10 000" after each blank
_LAST_BEFORE = frozenset(phrase[-1] for phrase in _BEFORE)
_JOINS = frozenset({"to", "or", "and", "-", "–", "—"})
_AFTER_MORE = linking_phrases("and_more")
_FURTHER: Final = word_class("further")  # "four more people"
_THIN_BLANKS = frozenset({" ", "\u00a0", "\u202f", "\u2009"})
# "On June 15 100 people were killed" is no 15 100.
_BEFORE_DAYS: Final = word_class("before_day")
_EARLIEST_YEAR, _LAST_YEAR = 1900, 2099


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class Quantity:
    """A number in the text, with the words that make it vague."""

    first: int  # index of its first word
    stop: int  # index one past its last word
    least: int | None
    most: int | None
    bare_year: bool = False  # four digits that may be a year


def _opens(word: str) -> bool:
    counts = word in _UNITS or word in _VAGUE or word in _MEASURES or word in _SHARES or word == "hundred"
    return counts or word[0].isdigit()


_OPENS: Final = Memo(_opens)


def find_quantities(words: Words) -> tuple[Quantity, ...]:
    """Find every number of a text, in words or digits, in text order.

    Dates, ages, sums and times are numbers too; what is counted shows who may be meant.
    """
    found: list[Quantity] = []
    stop, tokens = 0, words.words
    for index in compress(range(len(tokens)), map(_OPENS.__getitem__, tokens)):
        quantity = _read(words, index) if index >= stop else None
        if quantity is not None:
            found.append(quantity)
            stop = quantity.stop
    return tuple(found)


def _read(words: Words, index: int) -> Quantity | None:
    """Read the number phrase whose first number word stands at `index`."""
    if words.words[index] in _MEASURES:
        return _measure(words, index)
    share = _share(words, index)
    if share is not None or words.words[index] in _SHARES.keys() - {"half"}:
        return share
    one = _grouped(words, index) or _simple(words.words, index)
    if one is None:
        return None
    least, most, stop = one
    tokens = words.words
    year = stop == index + 1 and len(tokens[index]) == 4 and _EARLIEST_YEAR <= (least or 0) <= _LAST_YEAR  # noqa: PLR2004
    joined = _second(words, index, stop)
    if joined is not None and least is not None and joined[0] is not None and joined[0] > least:
        _, most, stop = joined
    if tuple(tokens[stop : stop + 2]) in _AFTER_MORE:
        most, stop = (most, stop + 2) if tokens[stop + 1] == "so" else (None, stop + 2)
    elif words.get(stop) == "+":
        most, stop = None, stop + 1
    elif words.get(stop) in _FURTHER and words.get(stop + 1) != "than":
        stop += 1
    first, how = _before(tokens, index)
    least, most = _open(least, most, how)
    return Quantity(first, stop, least, most, bare_year=year and how in {"", "same"})


def _measure(words: Words, index: int) -> Quantity | None:
    """Read "a handful of", "an unknown number of", "large numbers of"."""
    tokens, word = words.words, words.words[index]
    if words.get(index + 1) != "of" or (word in {"number", "numbers"} and words.get(index + 2) in {"the", "dead"}):
        return None
    first = index
    while first and tokens[first - 1] in _HOW_LARGE:
        first -= 1
    is_unknown = not _UNKNOWN.isdisjoint(tokens[first:index])
    if first and tokens[first - 1] in {"a", "an"}:
        first -= 1
    elif word != "numbers":
        return None  # "the number of people killed" says nothing yet
    least, most = (1, None) if is_unknown else _MEASURES[word]
    return Quantity(first, index + 2, least, most)


def _share(words: Words, index: int) -> Quantity | None:
    """Read "a third of the 30", "two thirds of the 30": of an unknown number at least one."""
    tokens, word = words.words, words.words[index]
    parts = _SHARES.get(word)
    if parts is None or words.get(index + 1) != "of":
        return None
    before = words.get(index - 1)
    times = _simple(tokens, index - 1) if before in _UNITS else None
    if times is None and word != "half" and before not in {"a", "one"}:
        return None
    first = index - 1 if times is not None or before in {"a", "one"} else index
    for at in range(index + 2, min(index + _SHARE_REACH, len(tokens))):
        whole = _simple(tokens, at) if _OPENS[tokens[at]] else None
        if whole is not None and whole[0]:
            value = whole[0] * (times[0] or 1 if times else 1) // parts
            return Quantity(first, whole[2], value, value)
        if tokens[at] not in {"the", "some", "about", "its", "their", "roughly"}:
            break
    stop = index + 2 if words.get(index + 2) in {"the", "its", "their", "all"} else index + 1
    return Quantity(first, stop + (stop > index + 1), 1, None)


def _grouped(words: Words, index: int) -> tuple[int | None, int | None, int] | None:
    """Read "10 000", "10'000", "2.500" and the decimal comma of "1,2 million"."""
    tokens = words.words
    head = tokens[index]
    if not head.isdigit():
        parts = head.split(".")
        if len(parts) > 1 and all(part.isdigit() for part in parts) and all(len(p) == _GROUPED for p in parts[1:]):
            value = int("".join(parts))
            return (value, value, index + 1) if words.get(index + 1) not in _SCALES else None
        return None
    if len(head) > _GROUPED or head.startswith("0"):
        return None
    if words.get(index + 1) == "," and words.get(index + 2).isdigit() and words.get(index + 3) in _SCALES:
        value = round(float(f"{head}.{tokens[index + 2]}") * _SCALES[tokens[index + 3]])
        return value, value, index + 4
    at, digits = index, head
    while True:
        sep = words.get(at + 1) in {"'", "\u2019"}
        following = words.get(at + 1 + sep)
        gap = words.text[words.ends[at + sep] : words.starts[at + 1 + sep]] if following else ""
        if not (following.isdigit() and len(following) == _GROUPED and gap in ({""} if sep else _THIN_BLANKS)):
            break
        digits, at = digits + following, at + 1 + sep
    if at == index or words.get(index - 1) in _BEFORE_DAYS:
        return None
    return int(digits), int(digits), at + 1


def _second(words: Words, index: int, stop: int) -> tuple[int | None, int | None, int] | None:
    """Read the second number of "two or three", "5-7", "between 5 and 7"."""
    tokens = words.words
    if stop + 1 >= len(tokens) or tokens[stop] not in _JOINS:
        return None
    if tokens[stop] == "and" and (index == 0 or tokens[index - 1] != "between"):
        return None
    return _simple(tokens, stop + 1)


def _simple(tokens: Sequence[str], index: int) -> tuple[int | None, int | None, int] | None:
    """Read one number without its modifiers: least, most, index after it."""
    if index >= len(tokens):
        return None
    word = tokens[index]
    if word[0].isdigit():
        return _digits(tokens, index)
    if word in _VAGUE:
        return _vague(tokens, index)
    stop = index
    while stop < len(tokens) and (tokens[stop] in _UNITS or tokens[stop] in _SCALES or _inside(tokens, stop, index)):
        stop += 1
    if stop == index:
        return None
    phrase = " ".join(part for part in tokens[index:stop] if part != "-")
    try:
        value = text2num(f"one {phrase}" if word == "hundred" else phrase, "en")
    except ValueError:  # "five six": two numbers side by side; the first one counts
        value, stop = text2num(word, "en") if word in _UNITS else 100, index + 1
    if tokens[stop : stop + 1] == ["dozen"]:
        value, stop = value * 12, stop + 1
    return int(value), int(value), stop


def _inside(tokens: Sequence[str], at: int, first: int) -> bool:
    """Return whether "-" or "and" joins two parts of one number: "twenty-five", "two hundred and six"."""
    if at == first or at + 1 >= len(tokens) or tokens[at + 1] not in _UNITS:
        return False
    if tokens[at] == "-":
        return tokens[at - 1].endswith("ty") and tokens[at + 1] in _SMALL
    return tokens[at] == "and" and tokens[at - 1] in _SCALES


_SMALL: Final = word_class("unit_below_ten")


def _digits(tokens: Sequence[str], index: int) -> tuple[int | None, int | None, int] | None:
    text = tokens[index].replace(",", "")
    try:
        value = float(text)
    except ValueError:  # "3rd", "9mm"
        return None
    stop = index + 1
    while stop < len(tokens) and tokens[stop] in _SCALES:
        value *= _SCALES[tokens[stop]]
        stop += 1
    return (int(value), int(value), stop) if value == int(value) and value < 1e12 else None  # noqa: PLR2004


def _vague(tokens: Sequence[str], index: int) -> tuple[int | None, int | None, int] | None:
    """Read "dozens", "a few", "a couple of", "half a dozen", "tens of thousands", "two dozen"."""
    word = tokens[index]
    if (
        word == "no"
        and tokens[index + 1 : index + 2]
        and tokens[index + 1] in {"fewer", "less", "more", "one", "longer"}
    ):
        return None
    if word == "many" and index and tokens[index - 1] in {"as", "how", "so"}:
        return None
    least, most = _VAGUE[word]
    stop = index + 1
    if word == "half":
        if tuple(tokens[index + 1 : index + 3]) != ("a", "dozen"):
            return None
        stop = index + 3
    if tuple(tokens[stop : stop + 2]) in {("of", "thousands"), ("of", "hundreds")}:
        return (least or 1) * (1000 if tokens[stop + 1] == "thousands" else 100), None, stop + 2
    if (
        word in {"several", "few", "couple"}
        and tokens[stop : stop + 1] == ["of"]
        and tokens[stop + 1 : stop + 2] == ["dozen"]
    ):
        stop += 1
    times = 12 if tokens[stop : stop + 1] == ["dozen"] else _SCALES.get("".join(tokens[stop : stop + 1]), 1)
    if word in {"several", "few", "couple"} and times > 1:
        return (least or 1) * times, None, stop + 1
    if word in {"dozens", "scores", "tens", "hundreds", "thousands", "couple"} and tokens[stop : stop + 1] == ["of"]:
        stop += 1
    return least, most, stop


def _before(tokens: Sequence[str], index: int) -> tuple[int, str]:
    """Find the modifiers before a number: where they begin, and what they open."""
    first, how = index, ""
    if index and tokens[index - 1] in {"a", "an", "the", "between", "from"}:
        first = index - 1
    while first and tokens[first - 1] in _LAST_BEFORE:
        for size in (3, 2, 1):
            phrase = tuple(tokens[max(0, first - size) : first])
            if len(phrase) == size and phrase in _BEFORE:
                first -= size
                how = how if how not in {"", "same"} else _BEFORE[phrase]
                break
        else:
            break
    return first, how


def _open(least: int | None, most: int | None, how: str) -> tuple[int | None, int | None]:
    """Open the end that a modifier opens: "over 20" is 21 or more, "up to 30" 30 or less."""
    if how == "least":
        return least, None
    if how == "above":
        return None if least is None else least + 1, None
    if how == "most":
        return None, most
    if how == "below":
        return None, None if most is None else max(0, most - 1)
    return least, most
