"""Write a comparison: a page with both layers and lines between pairs, tables, and the lines as a layer."""

import re
from pathlib import Path
from typing import Any, Final

import folium
import numpy as np
import pandas as pd

from geo.atomic import whole_file
from geo.comparing.comparison import SECTIONS, Comparison
from geo.comparing.sections import sections_page
from geo.exporting import write_layer
from geo.exporting.spreadsheet_cells import DANGEROUS
from geo.incidents import join
from geo.leaflet import to_map

_FORMULA: Final = re.compile(DANGEROUS)
SAYS: Final = {
    "both_agree": "in both, agreeing",
    "both_contradict": "in both, contradicting",
    "only_a": "only in A",
    "only_b": "only in B",
    "not_comparable_a": "of A not comparable (no day, or no place finer than a country)",
    "not_comparable_b": "of B not comparable",
}


def save_comparison(comparison: Comparison, folder: str | Path, *, names: tuple[str, str] = ("A", "B")) -> list[Path]:
    """Write `compare.html`, `sections.html`, `compare.csv`, `counts.csv` and `pairs.geojson`, each whole or not at all.

    Args:
        comparison: What `geo.compare` found.
        folder: Made when it is not there.
        names: What the two tables are called on the page.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    tables = []
    for table, name in zip((comparison.a, comparison.b), _apart(names), strict=True):
        called = table.copy()
        called["dataset"] = pd.Series(pd.array([name] * len(table), dtype="str"), index=called.index)
        tables.append(called)
    title = "{} and {} compared".format(*_apart(names))
    page = to_map(join(tables, keep_all=True), rings=(_apart(names)[1],), title=title)
    lines = [np.asarray(line.coords)[:, ::-1].tolist() for line in comparison.pairs.geometry if line.length > 0]
    if lines:
        drawn: Any = folium.PolyLine  # Folium has no types
        drawn(lines, weight=1.5, color="#666", opacity=0.8).add_to(page)
    page.save(str(target / "compare.html"))
    written = [target / "compare.html"]
    for name, frame in (("compare.csv", comparison.table), ("counts.csv", comparison.counts)):
        with whole_file(target / name) as temporary:
            _harmless(frame).to_csv(temporary, index=False)
        written.append(target / name)
    with whole_file(target / "sections.html") as temporary:
        Path(temporary).write_text(sections_page(comparison, _apart(names)), encoding="utf-8")
    write_layer(comparison.pairs, target / "pairs.geojson")
    return [*written, target / "sections.html", target / "pairs.geojson"]


def _harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before texts that a spreadsheet would run, as all of geo's tables do."""
    texts = frame.select_dtypes(include=["object", "str"]).columns
    return frame.assign(**{
        str(name): [f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for cell in frame[name]]
        for name in texts
    })  # fmt: skip


def _apart(names: tuple[str, str]) -> tuple[str, str]:
    return names if names[0] != names[1] else (f"{names[0]} (A)", f"{names[1]} (B)")


def summary(comparison: Comparison) -> str:
    """Count each section in one line each."""
    counts = comparison.table["section"].value_counts()
    return "\n".join(f"{counts.get(section, 0):>8,} {SAYS[section]}" for section in SECTIONS)
