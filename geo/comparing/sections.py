"""Write what a comparison found as a page to read: a section for each kind of find, and counts by month."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from geo.comparing.comparison import SECTIONS, Comparison

TITLES: Final = {
    "both_agree": "In both, agreeing",
    "both_contradict": "In both, contradicting",
    "only_a": "Only in {a}",
    "only_b": "Only in {b}",
    "not_comparable_a": "Of {a}, not comparable: no day, or no place finer than a country",
    "not_comparable_b": "Of {b}, not comparable: no day, or no place finer than a country",
}
FIELDS: Final = ("day", "place", "type", "killed", "text")
SHOWN: Final = 500  # rows of a section; all are in compare.csv
STYLE: Final = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}th{background:#f3f3f3}"
    "th,td{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top}td.n{text-align:right}"
    "td.day{white-space:nowrap}"
)


def sections_page(comparison: Comparison, names: tuple[str, str]) -> str:
    """Write the page.

    Args:
        comparison: What `geo.compare` found.
        names: What the two tables are called.
    """
    named = {"a": names[0], "b": names[1]}
    title = escape(f"{names[0]} and {names[1]} compared")
    parts = [
        f"<h1>{title}</h1>",
        '<p><a href="compare.html">Map</a>: pairs are joined by a line.</p>',
        _how(comparison),
    ]
    for section in SECTIONS:
        rows = comparison.table[comparison.table["section"] == section]
        parts.append(f"<h2>{escape(TITLES[section].format(**named))}: {len(rows):,}</h2>")
        if len(rows):
            parts.append(_contradictions(rows) + _section(rows, _sides(section), named))
    parts.append(f"<h2>Incidents by month</h2>{_counts(comparison.counts, ['month'], named)}")
    parts.append(f"<h2>Incidents by province</h2>{_counts(comparison.counts, ['country', 'admin1'], named)}")
    head = f'<head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style></head>'
    return f'<!DOCTYPE html><html lang="en">{head}<body>{"".join(parts)}</body></html>\n'


def _sides(section: str) -> str:
    return "ab" if section.startswith("both") else section[-1]


def _contradictions(rows: pd.DataFrame) -> str:
    """Count by column in what two accounts contradict each other."""
    columns = rows["contradict"].dropna().astype("str").str.split(", ").explode()
    counts = columns[columns != ""].value_counts()
    return f"<p>{', '.join(f'{escape(str(name))}: {n:,}' for name, n in counts.items())}</p>" if len(counts) else ""


def _section(rows: pd.DataFrame, sides: str, named: dict[str, str]) -> str:
    is_pair = len(sides) > 1
    header = [*(["score", "days apart", "km apart", "contradict"] if is_pair else []), "in", *FIELDS]
    lines = []
    for _, row in rows.head(SHOWN).iterrows():
        about = [row[name] for name in ("score", "days_apart", "km_apart", "contradict")] if is_pair else []
        for side in sides:
            first = about if side == sides[0] else [""] * len(about)
            lines.append([*first, named[side], *(row[f"{side}_{name}"] for name in FIELDS)])
    more = f"<p>{len(rows) - SHOWN:,} more in compare.csv.</p>" if len(rows) > SHOWN else ""
    return _table(header, lines) + more


def _how(comparison: Comparison) -> str:
    """Say in which windows pairs were looked for: other windows give other pairs."""
    days = f"{comparison.days:g} day{'' if comparison.days == 1 else 's'}"
    return (
        f"<p>A pair is one incident of each table, with related types, at most {days} and {comparison.km:g} km apart "
        "beyond the uncertainty of both places; each incident is in one pair at most, the best first. The score runs "
        "from 0 to 1. Options --days and --km change the windows.</p>"
    )


def _counts(counts: pd.DataFrame, by: list[str], named: dict[str, str]) -> str:
    summed = counts.groupby(by, sort=True)[["a", "b"]].sum().reset_index()
    header = [{"admin1": "province"}.get(name, name) for name in by]
    return _table([*header, named["a"], named["b"]], summed.to_numpy().tolist())


def _table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and not pd.isna(value):
        return f'<td class="n">{value:g}</td>'
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d\b", value):
        return f'<td class="day">{escape(value)}</td>'
    return f"<td>{'' if value is None or value is pd.NA or value != value else escape(str(value))}</td>"  # noqa: PLR0124
