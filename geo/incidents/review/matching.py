"""Know an incident again in a new extraction.

By its id; when that has changed because another report has the incident too, or because somebody
corrected its report, by its evidence: the same sentence at the same place, the same words
elsewhere in the same report, the same sentence in a report of another name, and at last most of the same words.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.incidents.contract.made_ids import named_by_conform
from geo.incidents.review.edits import spans_of

MOSTLY: Final = 0.7  # of all words of two sentences are in both: one of them was corrected
FEWEST_WORDS: Final = 4  # a shorter sentence shares its words with too many others
WORD: Final = re.compile(r"\w+")

Keys = Callable[[Any], Iterable[Hashable]]


def match(fresh: gpd.GeoDataFrame, edited: gpd.GeoDataFrame) -> NDArray[np.intp]:
    """Find the row of the new extraction that each edited row is about.

    Args:
        fresh: The new extraction.
        edited: Rows that a person decided on.

    Returns:
        Row numbers of `fresh`, shape (len(edited),); -1 where there is none.
    """
    home: NDArray[np.intp] = pd.Index(fresh["incident_id"]).get_indexer(pd.Index(edited["incident_id"]))
    for keys in (spans_of, _sentences, _whoever_says_so):
        _by_keys(home, fresh, edited, keys)
    _by_words(home, fresh, edited)
    return home


def _open_rows(home: NDArray[np.intp], edited: gpd.GeoDataFrame) -> list[int]:
    """Give the rows still without a home; a copy made in QGIS or the page has the evidence of its model."""
    ids = edited["incident_id"]
    return [int(row) for row in np.flatnonzero(home < 0) if not named_by_conform(ids.iloc[row])]


def _by_keys(home: NDArray[np.intp], fresh: gpd.GeoDataFrame, edited: gpd.GeoDataFrame, keys: Keys) -> None:
    rows = _open_rows(home, edited)
    if not rows:
        return
    taken = set(home.tolist())
    rows_of: dict[Hashable, list[int]] = {}
    for n, evidence in enumerate(fresh["evidence"]):
        for key in keys(evidence):
            rows_of.setdefault(key, []).append(n)
    for row in rows:
        votes = Counter(n for key in keys(edited["evidence"].iloc[row]) for n in rows_of.get(key, ()) if n not in taken)
        if votes:
            home[row] = _likest(votes, fresh, edited.iloc[row])
            taken.add(int(home[row]))


def _likest(votes: Counter[int], fresh: gpd.GeoDataFrame, row: Any) -> int:
    """Of the incidents of the same sentences take the one of the same type and place."""

    def likeness(n: int) -> tuple[int, int, int]:
        same = sum(fresh[name].iloc[n] == row[name] for name in ("sub_event_type", "place_id", "date_start")
                   if not pd.isna(row[name]) and not pd.isna(fresh[name].iloc[n]))  # fmt: skip
        return votes[n], same, -n

    return max(votes, key=likeness)


def _sentences(evidence: Iterable[dict[str, Any]]) -> frozenset[tuple[str, str]]:
    return frozenset((str(span["report_id"]), " ".join(span["text"].split())) for span in evidence if span["text"])


def _whoever_says_so(evidence: Iterable[dict[str, Any]]) -> frozenset[str]:
    """Give the sentences without their reports: a file may have been renamed."""
    return frozenset(text for _, text in _sentences(evidence) if len(WORD.findall(text)) >= FEWEST_WORDS)


def _by_words(home: NDArray[np.intp], fresh: gpd.GeoDataFrame, edited: gpd.GeoDataFrame) -> None:
    """Find sentences that were corrected: of the same report, with most of the words, of nobody else."""
    rows = _open_rows(home, edited)
    if not rows:
        return
    taken = set(home.tolist())
    by_report: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for n, evidence in enumerate(fresh["evidence"]):
        if n not in taken:
            for report, words in _words(evidence):
                by_report.setdefault(report, []).append((n, words))
    for row in rows:
        best, found = MOSTLY, -1
        for report, words in _words(edited["evidence"].iloc[row]):
            for n, others in by_report.get(report, ()):
                share = len(words & others) / max(1, len(words | others))
                if share >= best and n not in taken and _is_alike(fresh.iloc[n], edited.iloc[row]):
                    best, found = share, n
        if found >= 0:
            home[row] = found
            taken.add(found)


def _is_alike(one: Any, other: Any) -> bool:
    """Return whether two incidents may be one whose sentence was corrected: nothing but numbers and days may differ."""
    return all(
        pd.isna(one[name]) or pd.isna(other[name]) or one[name] == other[name]
        for name in ("sub_event_type", "place_id")
    )


def _words(evidence: Iterable[dict[str, Any]]) -> Iterable[tuple[str, frozenset[str]]]:
    for report, text in _sentences(evidence):
        words = frozenset(WORD.findall(text.casefold()))
        if len(words) >= FEWEST_WORDS:
            yield report, words
