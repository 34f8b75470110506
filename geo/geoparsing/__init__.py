"""Text to toponyms, toponyms to places, places to locations with honest uncertainty."""

from geo.geoparsing.frame import geoparse
from geo.geoparsing.locations import Location, find_locations
from geo.geoparsing.toponyms import Candidate, Toponym, find_toponyms

__all__ = ["Candidate", "Location", "Toponym", "find_locations", "find_toponyms", "geoparse"]
