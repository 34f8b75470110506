"""Say whom the basemap comes from, and what its borders do not claim."""

from typing import Final

ATTRIBUTION: Final = "Natural Earth (public domain)"

BORDER_NOTE: Final = (
    "Borders are those of Natural Earth (version 4.1, 2018): who controls the ground, as its editors saw it. "
    "Disputed borders are not marked, and drawing a line takes no side."
)
