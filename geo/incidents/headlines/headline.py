"""Say in one line who did what to whom, where, how many and how sure: the headline of an incident.

Every output that names an incident in one line uses it: list, popups, search, groups, print and screen
readers of the page, labels and tips of QGIS, names in KML, the table of notebooks, the static picture. Its
words are templates in data/page/headlines.csv; it says nothing that the columns do not say, and what is not
known leaves no gap.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.incidents.headlines.labels import in_full, labels
from geo.incidents.headlines.repeats import name_once
from geo.incidents.headlines.templates import TEXT, fill
from geo.resources import read_table

LANGUAGES: Final = ("en", "ar", "es", "fr")
# What stands in a slot: the column, and how its names are shortened.
NAMES: Final = {
    "actor": ("actor1", "actor"),
    "target": ("actor2", "actor"),
    "source": ("attribution", "actor"),
    "name": ("place_name", "place"),
    "country": ("country", "place"),
    "province": ("admin1", "place"),
}
# What a headline is made of.
COLUMNS: Final = (
    *(column for column, _ in NAMES.values()),
    *("event_type", "sub_event_type", "weapon", "geo_precision", "status", "event_count_min"),
    *("killed_min", "killed_max", "wounded_min", "wounded_max"),
)
# What a headline that has to be short leaves out, in the order in which it is tried.
SHED: Final = (
    ("source",),
    ("source", "series"),
    ("source", "series", "place"),
    ("source", "series", "actor"),
    ("source", "series", "place", "actor"),
    ("source", "series", "target"),
    ("source", "series", "actor", "target"),
    ("source", "series", "actor", "target", "place"),
)
GROUPING: Final = {"en": ",", "ar": ",", "es": "\u00a0", "fr": "\u202f"}  # between thousands
Mask = NDArray[np.bool_]


class Wording(NamedTuple):
    """A row of data/page/headlines.csv in one language."""

    term: str
    weapons: tuple[str, ...]  # one of these words stands in `weapon`; () for any weapon
    template: str


@cache
def wordings(lang: str) -> dict[str, tuple[Wording, ...]]:
    """Read the templates of a language, by part."""
    parts: dict[str, list[Wording]] = {}
    for row in read_table("page/headlines.csv"):
        weapons = tuple(word.strip().lower() for word in row["weapon"].split(";") if word.strip())
        parts.setdefault(row["part"], []).append(Wording(row["term"], weapons, row[lang] or row["en"]))
    return {part: tuple(rows) for part, rows in parts.items()}


def templates(lang: str, part: str) -> dict[str, str]:
    """Give the templates of a part that are chosen by the term alone."""
    return {row.term: row.template for row in wordings(lang)[part] if row.template}


def directions(lang: str) -> dict[str, dict[str, str]]:
    """Give the templates of parts and sides of a place, by bearing, and of sites called by their town, by pattern."""
    return {part: templates(lang, part) for part in ("area", "side", "site")}


def labels_of(column: str, entries: list[str], lang: str) -> list[str | None]:
    """Say what headlines call the entries of a column, None where they are called as they are.

    Args:
        column: One of the columns that `NAMES` fills slots from.
        entries: Its texts.
        lang: Of the headlines.
    """
    kind = next(kind for name, kind in NAMES.values() if name == column)
    named = labels(entries, kind, lang, templates(lang, "list"), directions(lang))
    return [None if name == entry else name for name, entry in zip(named, entries, strict=True)]


def full_names_of(column: str, entries: list[str], lang: str) -> list[str | None]:
    """Say what a language calls all that stand in each entry of a column of actors, None where as the entry does.

    Args:
        column: `actor1`, `actor2` or `attribution`; other columns have no such names.
        entries: Its texts.
        lang: Of the names.
    """
    if dict(NAMES.values()).get(column) != "actor":
        return [None] * len(entries)
    named = [in_full(entry, lang, templates(lang, "list")) for entry in entries]
    return [None if name == entry else name for name, entry in zip(named, entries, strict=True)]


def headlines(incidents: pd.DataFrame, lang: str = "en", *, most: int | None = None) -> "pd.Series[str]":
    """Write the headline of every incident.

    Args:
        incidents: The contract's table, or some of its columns: what is not there is not said.
        lang: `en`, `ar`, `es` or `fr`.
        most: Characters that there is room for. A longer headline leaves out who says so, then of how many the
            series is, then where, by whom, and to whom, until it fits: what was done and how many were hurt stay.

    Returns:
        Texts such as "Drone strike by US forces on a convoy at Baghdad International Airport: 10 killed", shape
        (n_incidents,), on the index of `incidents`.
    """
    slots = _names(incidents, lang)
    whole = slots["place"] = _chosen(_places(incidents, lang), slots, len(incidents))
    if len(incidents):
        written, precision = (texts_of(incidents, name) for name in ("place_name", "geo_precision"))
        slots |= name_once(slots, written, precision, templates(lang, "repeat"))
    slots["toll"] = _toll(incidents, lang)
    slots["series"] = _numbers(_counts(incidents, "event_count_min"), lang)
    written = _written(incidents, slots, lang)
    for left_out in SHED if most else ():
        long = np.flatnonzero(pc.greater(pc.utf8_length(written), most))
        if not len(long):
            break
        # Without the target that names the place, the place is named.
        left = slots if "target" not in left_out else slots | {"place": whole}
        kept = {name: column.take(pa.array(long)) for name, column in left.items() if name not in left_out}
        shorter = _written(incidents.iloc[long], kept, lang)
        written = pc.replace_with_mask(written, pc.greater(pc.utf8_length(written), most), shorter)
    return pd.Series(pd.array(written, dtype="str"), index=incidents.index)


def _written(incidents: pd.DataFrame, slots: Mapping[str, pa.Array], lang: str) -> pa.Array:
    """Fill the templates of deed and status for every row; a slot without a column is not known."""
    rows = len(incidents)
    what = _chosen(_deeds(incidents, lang), slots, rows)
    line = _chosen(_statuses(incidents, lang), {**slots, "what": what}, rows)
    for pattern, joined in templates(lang, "joined").items():
        line = pc.replace_substring_regex(line, pattern, joined)
    first, rest = pc.utf8_upper(pc.utf8_slice_codeunits(line, 0, 1)), pc.utf8_slice_codeunits(line, 1)
    return pc.binary_join_element_wise(first, rest, pa.scalar("", TEXT))


def _chosen(choices: Iterator[tuple[str, Mask]], slots: Mapping[str, pa.Array], rows: int) -> pa.Array:
    """Fill for every row the template that is chosen for it; an empty text is null.

    Args:
        choices: Templates, each with the rows that it is for, shape (rows,).
        slots: Columns of texts, shape (rows,).
        rows: How many.
    """
    pieces, places = [], []
    for template, mask in choices:
        at = np.flatnonzero(mask)
        if len(at):
            indices = pa.array(at)
            some = {name: column.take(indices) for name, column in slots.items() if f"{{{name}}}" in template}
            pieces.append(fill(template, some, len(at)))
            places.append(at)
    if not pieces:
        return pa.nulls(rows, TEXT)
    back = np.full(rows, -1, dtype=np.int64)
    back[np.concatenate(places)] = np.arange(sum(map(len, places)))
    together = pa.chunked_array(pieces, type=TEXT).combine_chunks()
    texts = together.take(pa.array(back, mask=back < 0))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, TEXT), texts)


def texts_of(incidents: pd.DataFrame, name: str) -> pa.Array:
    """Give a column as Arrow texts, all null when the table has none of that name; an empty text is null."""
    if name not in incidents.columns:
        return pa.nulls(len(incidents), TEXT)
    column = pa.array(incidents[name], type=TEXT, from_pandas=True)
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(column), ""), pa.scalar(None, TEXT), column)


def _names(incidents: pd.DataFrame, lang: str) -> dict[str, pa.Array]:
    joins = templates(lang, "list")
    slots = {}
    for slot, (column, kind) in NAMES.items():
        coded = texts_of(incidents, column).dictionary_encode()
        named = pa.array(labels(coded.dictionary.to_pylist(), kind, lang, joins, directions(lang)), TEXT)
        slots[slot] = named.take(coded.indices)
    return slots


class Coded:
    """A column of terms by number, so that a term is looked for among a few texts and not in every row."""

    def __init__(self, column: pa.Array) -> None:
        """Number the terms; -1 stands for null."""
        coded = column.dictionary_encode()
        self.terms: list[str] = coded.dictionary.to_pylist()
        self.codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)

    def equal(self, term: str) -> Mask:
        """Say which rows have a term, shape (rows,)."""
        answer: Mask = self.codes == (self.terms.index(term) if term in self.terms else -2)
        return answer

    def holds(self, words: tuple[str, ...]) -> Mask:
        """Say which rows have one of some words in their term, whatever the case, shape (rows,)."""
        holds = [any(word in term.lower() for word in words) for term in self.terms]
        answer: Mask = np.array([*holds, False])[self.codes]
        return answer


def _deeds(incidents: pd.DataFrame, lang: str) -> Iterator[tuple[str, Mask]]:
    """Choose by sub-event type and weapon, then by event type; the row without a term takes the rest."""
    sub, event, weapon = (Coded(texts_of(incidents, name)) for name in ("sub_event_type", "event_type", "weapon"))
    left = np.ones(len(incidents), dtype=np.bool_)
    for row in wordings(lang)["what"]:
        mask = left & (sub.equal(row.term) | event.equal(row.term)) if row.term else left.copy()
        if row.weapons and mask.any():
            mask &= weapon.holds(row.weapons)
        left &= ~mask
        yield row.template, mask


def _places(incidents: pd.DataFrame, lang: str) -> Iterator[tuple[str, Mask]]:
    return _by_term(texts_of(incidents, "geo_precision"), templates(lang, "place"))


def _by_term(column: pa.Array, rows: Mapping[str, str]) -> Iterator[tuple[str, Mask]]:
    """Choose by a term; the template of "" takes the rest."""
    coded, left = Coded(column), np.ones(len(column), dtype=np.bool_)
    for term, template in rows.items():
        mask = left & coded.equal(term) if term else left.copy()
        left &= ~mask
        yield template, mask


def _statuses(incidents: pd.DataFrame, lang: str) -> Iterator[tuple[str, Mask]]:
    """Choose by status; a status that is not stated is written as `reported`."""
    words = templates(lang, "status")
    return _by_term(texts_of(incidents, "status"), words | {"": words["reported"]})


def _toll(incidents: pd.DataFrame, lang: str) -> pa.Array:
    """Write killed and wounded; that nobody was killed goes without saying where some were wounded."""
    forms = {what: _forms(incidents, what) for what in ("killed", "wounded")}
    none = {what: form["none"] for what, form in forms.items()}
    slots = {}
    for what, form in forms.items():
        other = none["wounded" if what == "killed" else "killed"]
        counts_other = np.logical_or.reduce(list(forms["wounded" if what == "killed" else "killed"].values())) & ~other
        form["none"] = form["none"] & ~counts_other
        numbers = {
            "least": _numbers(_counts(incidents, f"{what}_min"), lang),
            "most": _numbers(_counts(incidents, f"{what}_max"), lang),
        }
        chosen = ((template, form[term]) for term, template in templates(lang, what).items())
        slots[what] = _chosen(chosen, numbers, len(incidents))
    both = none["killed"] & none["wounded"]
    words = templates(lang, "toll")
    return _chosen(iter([(words["none"], both), (words["some"], ~both)]), slots, len(incidents))


def _forms(incidents: pd.DataFrame, what: str) -> dict[str, Mask]:
    """Return for each row the form of its count: one, exact, least, most, range or none."""
    least, most = (_counts(incidents, f"{what}_{end}") for end in ("min", "max"))
    low, high = np.nan_to_num(least), np.nan_to_num(most)
    open_above, known = np.isnan(most), ~np.isnan(least) | ~np.isnan(most)
    exact = known & (least == most)
    return {
        "one": exact & (high == 1),
        "none": known & (low == 0) & (high == 0) & ~open_above,
        "exact": exact & (high > 1),
        "least": open_above & (low > 0),
        "most": ~open_above & (low == 0) & (high > 0),
        "range": ~open_above & (low > 0) & (low < high),
    }


def _counts(incidents: pd.DataFrame, name: str) -> NDArray[np.float64]:
    if name not in incidents.columns:
        return np.full(len(incidents), np.nan)
    return incidents[name].to_numpy(dtype=np.float64, na_value=np.nan)


def _numbers(values: NDArray[np.float64], lang: str) -> pa.Array:
    """Write whole numbers with the language's thousands apart, null where unknown."""
    # A few values make up most columns.
    unique, codes = np.unique(values, return_inverse=True)
    written = [None if np.isnan(n) else f"{int(n):,}".replace(",", GROUPING[lang]) for n in unique]
    return pa.array(written, TEXT).take(pa.array(codes.reshape(-1)))
