"""Places by name: what there is, where, how far it reaches."""

from geo.gazetteer.frame import find_places
from geo.gazetteer.gazetteer import Gazetteer, open_gazetteer
from geo.gazetteer.normalise import normalise
from geo.gazetteer.place import ATTRIBUTION, KINDS, Kind, Place
from geo.gazetteer.user import Added, add_file, list_added, remove

__all__ = [
    "ATTRIBUTION",
    "KINDS",
    "Added",
    "Gazetteer",
    "Kind",
    "Place",
    "add_file",
    "find_places",
    "list_added",
    "normalise",
    "open_gazetteer",
    "remove",
]
