"""Hold rows against the conditions that the tables of data/importing write.

`column=a|b*` (the cell is one of these, any case, "*" any letters), `column~a|b` (it holds a word that
begins so), `column>0` (a number above), `column` alone (it says something); "&" joins them.
"""

import re
from fnmatch import fnmatchcase
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from geo.importing.source import Mask, Source

_TERM: Final = re.compile(r"\s*(?P<column>[\w*]+)\s*(?:(?P<how>[=~>])\s*(?P<what>.*?))?\s*")


@cache
def _terms(when: str) -> tuple[tuple[str, str, str], ...]:
    terms = []
    for part in filter(None, when.split("&")):
        found = _TERM.fullmatch(part)
        if not found:
            msg = f"{part!r} is not a condition; see geo/importing/conditions.py"
            raise ValueError(msg)
        terms.append((found["column"], found["how"] or "", (found["what"] or "").lower()))
    return tuple(terms)


def columns_in(when: str) -> list[str]:
    """Name the columns that a condition asks."""
    return [column for column, _, _ in _terms(when)]


def holds(when: str, source: Source) -> Mask:
    """Say for which rows a condition holds; an empty one holds for all."""
    mask = np.ones(len(source), dtype=bool)
    for column, how, what in _terms(when):
        mask &= _any_column(source, column, how, what)
    return mask


def _any_column(source: Source, pattern: str, how: str, what: str) -> Mask:
    mask = np.zeros(len(source), dtype=bool)
    for name in source.matching(pattern):
        mask |= _one_column(source, name, how, what)
    return mask


def _known(source: Source, name: str) -> pd.Series:
    column = source.text(name)
    return source.known(name) if pd.api.types.is_string_dtype(column.dtype) else column


def _one_column(source: Source, name: str, how: str, what: str) -> Mask:
    if how == "":
        return np.asarray(_known(source, name).notna())
    if how == ">":
        numbers = pd.to_numeric(_known(source, name), errors="coerce")
        return np.asarray((numbers > float(what)).fillna(value=False), dtype=bool)
    if how == "~":
        word = re.compile(rf"\b(?:{'|'.join(map(re.escape, what.split('|')))})", re.IGNORECASE)
        return source.holding(name, lambda text: word.search(text) is not None, known=True)
    words = what.split("|")
    return source.holding(name, lambda text: _is_one_of(text.lower(), words), known=False)


def _is_one_of(text: str, words: list[str]) -> bool:
    """Return whether a cell is one of some words; programs write the code 3 as 3.0, too."""
    whole = text.removesuffix(".0")
    return any(fnmatchcase(whole, word) for word in words) or any(fnmatchcase(text, word) for word in words)
