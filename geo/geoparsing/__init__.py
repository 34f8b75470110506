"""Text to toponyms, toponyms to places, places to locations with honest uncertainty.

In order: `words` (tokens and what is known of them), `recognition` (which spans are toponyms), `resolution` (which
place each means), `toponyms` (both, for one report), `location` (point and radius), `frame` (all in one table).
"""

from geo.geoparsing.frame import geoparse
from geo.geoparsing.location.locations import Location, find_locations
from geo.geoparsing.toponyms import Candidate, Toponym, find_toponyms

__all__ = ["Candidate", "Location", "Toponym", "find_locations", "find_toponyms", "geoparse"]
