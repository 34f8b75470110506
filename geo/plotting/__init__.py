"""Draw pictures for print: a map of incidents and a timeline, with matplotlib and no network."""

from geo.extras import need

need("matplotlib", extra="plot", purpose="a static picture")

from geo.plotting.maps import plot  # noqa: E402 - after the word about matplotlib
from geo.plotting.picture import Picture, save_figure  # noqa: E402
from geo.plotting.timeline import timeline  # noqa: E402

__all__ = ["Picture", "plot", "save_figure", "timeline"]
