"""Places by name: what there is, where, how far it reaches."""

from geo.gazetteer.frame import find_places
from geo.gazetteer.gazetteer import Gazetteer, open_gazetteer
from geo.gazetteer.normalise import normalise
from geo.gazetteer.place import ATTRIBUTION, KINDS, Kind, Place

__all__ = ["ATTRIBUTION", "KINDS", "Gazetteer", "Kind", "Place", "find_places", "normalise", "open_gazetteer"]
