"""Draw pictures for print: a map of incidents and a timeline, with matplotlib and no network."""

from geo.plotting.maps import plot
from geo.plotting.picture import Picture, save_figure
from geo.plotting.timeline import timeline

__all__ = ["Picture", "plot", "save_figure", "timeline"]
