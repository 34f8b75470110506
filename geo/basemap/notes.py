"""Say whom the basemap comes from, and what its borders do not claim."""

from typing import Final

ATTRIBUTION: Final = "Natural Earth (public domain)"

BORDER_NOTE: Final = (
    "Borders are drawn as Natural Earth draws them: who holds the ground, as its editors saw it (version 4.1, 2018). "
    "Disputed stretches are not marked, and drawing a line takes no side."
)
