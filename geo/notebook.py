"""Let tables of incidents show themselves in Jupyter: a small map and a readable table.

The formatter is registered for GeoDataFrame by name and looks at the columns, so any slice of
rows shows itself too, nothing is loaded before the first table is shown, and other tables
look as they always did.
"""

import base64
import html
from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from geo.errors import MissingExtraError

ROWS: Final = 10
MAP_WIDTH: Final = 620  # pixels
HEADLINE: Final = "headline of geo"  # a column for the time of showing
QUOTE: Final = 140  # characters of evidence
STYLE: Final = "text-align:left;vertical-align:top;padding:3px 8px;max-width:24em;white-space:normal"


def register() -> bool:
    """Teach the running IPython, if there is one, to show incidents.

    Returns:
        Whether there is one.
    """
    from IPython.core.getipython import get_ipython  # noqa: PLC0415 - only IPython itself calls this

    shell: Any = get_ipython()
    if shell is None:
        return False
    formatter = shell.display_formatter.formatters["text/html"]
    formatter.for_type_by_name("geopandas.geodataframe", "GeoDataFrame", show)
    return True


def show(frame: Any) -> str | None:
    """Write a table of incidents as HTML; any other table as pandas writes it."""
    from geo.incidents.contract.schema import COLUMNS  # noqa: PLC0415
    from geo.vocabulary import CRS  # noqa: PLC0415

    named = set(COLUMNS) <= set(frame.columns) and frame.columns.is_unique
    if named and frame.active_geometry_name == "geometry" and frame.crs == CRS:
        return picture_of(frame) + table_of(frame)
    written: str | None = frame._repr_html_()
    return written


def picture_of(incidents: Any) -> str:
    """Draw the map of a table as an image inside the page; without matplotlib, say how to get one."""
    try:
        from geo.plotting import plot  # noqa: PLC0415
    except MissingExtraError as error:
        return f"<p>{html.escape(str(error))}</p>"
    picture = base64.b64encode(plot(incidents)._repr_png_()).decode("ascii")
    return f'<img alt="Map of the incidents" width="{MAP_WIDTH}" src="data:image/png;base64,{picture}">'


def table_of(incidents: Any) -> str:
    """Write the first rows as people read them; every text is escaped."""
    from geo.incidents.headlines.headline import headlines  # noqa: PLC0415 - nothing is loaded before the first table is shown

    shown = incidents.head(ROWS)
    shown = shown.assign(**{HEADLINE: headlines(shown)})
    head = "".join(f'<th style="{STYLE}">{title}</th>' for title in CELLS)
    rows = []
    for _, row in shown.iterrows():
        cells = "".join(f'<td style="{STYLE}">{html.escape(write(row))}</td>' for write in CELLS.values())
        rows.append(f"<tr>{cells}</tr>")
    more = len(incidents) - len(shown)
    note = f"<p>and {more:,} more</p>" if more else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{note}"


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


def _when(row: Any) -> str:
    first, last = _text(row["date_start"])[:10], _text(row["date_end"])[:10]
    return first if first == last else f"{first} \u2013 {last}"


def _where(row: Any) -> str:
    place = _text(row["place_name"]) or _text(row["place_text"]) or "unknown"
    radius_m = row["uncertainty_m"]
    place += "" if pd.isna(radius_m) else f" \u00b1 {max(radius_m / 1000, 0.1):,.3g} km"
    return ", ".join(filter(None, (place, _text(row["country"]))))


def _who(row: Any) -> str:
    doer, target = _text(row["actor1"]), _text(row["actor2"])
    return f"{doer} \u2192 {target}".strip() if target else doer


def _casualties(row: Any) -> str:
    ranges = [(what, row[f"{what}_min"], row[f"{what}_max"]) for what in ("killed", "wounded")]
    return ", ".join(f"{number} {what}" for what, least, most in ranges if (number := span(least, most)))


def span(least: Any, most: Any) -> str:
    """Write a range as people do: "3", "3-5", "at least 26"; nothing when it is not said."""
    if pd.isna(least) and pd.isna(most):
        return ""
    if pd.isna(most):
        return f"at least {least:,}"
    if pd.isna(least):
        return f"up to {most:,}"
    return f"{least:,}" if least == most else f"{least:,}\u2013{most:,}"


def _source(row: Any) -> str:
    says = _text(row["status"])
    return f"{says}: {row['attribution']}" if _text(row["attribution"]) else says


def _quote(row: Any) -> str:
    text = " ".join(str(row["evidence"][0]["text"]).split()) if row["evidence"] else ""
    return text if len(text) <= QUOTE else text[: QUOTE - 1] + "\u2026"


CELLS: Final[dict[str, Callable[[Any], str]]] = {
    "When": _when,
    "What": lambda row: _text(row[HEADLINE]),
    "Where": _where,
    "Who": _who,
    "Casualties": _casualties,
    "Status": _source,
    "Evidence": _quote,
}
