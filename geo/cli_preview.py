"""The part of the command line that makes the picture for link previews."""

from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

PICTURE = "map.png"


def make_preview(page: Path, incidents: "GeoDataFrame", title: str | None, *, exact: bool) -> str:
    """Draw map.png beside the page.

    Args:
        page: map.html.
        incidents: What it shows.
        title: Of the map.
        exact: Whether the page shows every place and column as it is; else only a picture of the page itself will do.

    Returns:
        What drew it, in words.

    Raises:
        InputError: If there is no Chromium and the page is coarsened or hides columns.
    """
    from geo.leaflet.picture import take_picture  # noqa: PLC0415 - start-up stays quick

    out = page.with_name(PICTURE)
    browser = take_picture(page, out)
    if browser:
        return f"{out} drawn by {browser}"
    if not exact:
        msg = "--preview: found no Chromium, and the static picture would show what --coarsen and --hide leave out. "
        raise InputError(msg + "Install Chromium, or omit --preview.")
    from geo.plotting import plot, save_figure  # noqa: PLC0415

    save_figure(plot(incidents, title=title), out)
    return f"{out} drawn by matplotlib, since no Chromium was found"
