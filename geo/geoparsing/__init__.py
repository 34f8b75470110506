"""Text to toponyms, toponyms to places, places to locations with honest uncertainty.

- Which words may be a toponym: `candidate_spans`, from `known_names` and `unknown_names`.
- Which of them are one: `recognising`, with the weights of `toponym_model`.
- Which place a toponym means: `resolving` (`mention_groups`, `containment`, `ranking`, `namesakes`);
  where no gazetteer has it, what contains it: `unlisted_places`.
- What a location is made of, and how wide its circle is: `locations` (`toponym_chains`, `adjacent_words`,
  `spatial_relations`, `geometry`).
"""

from geo.geoparsing.frame import geoparse
from geo.geoparsing.locations import Location, find_locations
from geo.geoparsing.toponyms import Candidate, Toponym, find_toponyms

__all__ = ["Candidate", "Location", "Toponym", "find_locations", "find_toponyms", "geoparse"]
