"""Text to toponyms, toponyms to places, places to locations with honest uncertainty."""

from geo.geoparsing.toponyms import Candidate, Toponym, find_toponyms

__all__ = ["Candidate", "Toponym", "find_toponyms"]
