"""What large inputs need of the command line: a dataset by month, and a page that holds no more than it can."""

from datetime import date
from typing import TYPE_CHECKING, Final

import typer

from geo.cli_reading import Problems, counted, note, say

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

MOST_ON_PAGE: Final = 1_000_000  # incidents; more of them no browser draws without long waits


def fit_page(incidents: "GeoDataFrame") -> "GeoDataFrame":
    """Keep what one page can hold: the surest incidents; what is left out is said."""
    if len(incidents) <= MOST_ON_PAGE:
        return incidents
    surest = incidents["confidence"].rank(method="first", ascending=False, na_option="bottom") <= MOST_ON_PAGE
    least = incidents.loc[surest, "confidence"].min()
    left = len(incidents) - MOST_ON_PAGE
    note(
        f"map.html shows the {MOST_ON_PAGE:,} surest of {len(incidents):,} incidents; {left:,} with a confidence of "
        f"{least:.2f} or less are in the layers alone. Narrow them with --where; places.geojson counts them by place."
    )
    return incidents[surest].reset_index(drop=True)


def write_dataset(
    sources: list[str] | None,
    out: str | None,
    published: date | None,
    problems: Problems,
    *,
    merge: bool,
    min_confidence: float | None,
    jobs: int | None,
    cluster: str | None,
) -> None:
    """Read what was named and say what came of it."""
    import geo.distributed  # noqa: PLC0415

    if not sources:
        msg = "no reports given; give files, folders or globs."
        raise typer.BadParameter(msg)
    if not out or not out.endswith("/"):
        msg = f"--cluster writes a folder of GeoParquet by month, not {out or 'standard output'}; name it -o dataset/."
        raise typer.BadParameter(msg)
    made = geo.distributed.extract(
        sources,
        out,
        cluster,
        merge=merge,
        published=published,
        min_confidence=min_confidence,
        jobs=jobs,
        on_problem=problems,
        on_note=note,
    )
    kept = made.parts - made.parts_read
    say(
        f"{counted(made.incidents, 'incident')} from {counted(made.reports, 'report')} written to {out}"
        + (f"; {counted(kept, 'part')} of {made.parts:,} had been read before" if kept else "")
    )
