"""What the build and the user's own files know of a place before it goes into an index."""

import math
from dataclasses import dataclass, field

from geo.gazetteer.place import Kind


@dataclass(slots=True, kw_only=True)
class Entry:
    """A place with all its names, on its way into an index."""

    id: str
    name: str
    kind: Kind
    feature_class: str
    feature_code: str
    lon: float
    lat: float
    country_code: str = ""
    admin1: str = ""  # name
    admin2: str = ""
    population: int = 0
    radius_m: float = 0.0
    source: str = ""
    best: list[str] = field(default_factory=list)  # further names as good as `name`
    names: list[str] = field(default_factory=list)  # names in other languages, and names hardly used
    prominence: float = 0.0  # about log10 of the people it concerns; orders places of one name


def settlement_radius_m(population: int) -> float:
    """Estimate how far a town reaches from its middle: 2 km for ten thousand people, 20 for seven million."""
    return float(round(2000 * math.pow(max(population, 300) / 10_000, 0.35)))


def settlement_prominence(population: int, feature_code: str) -> float:
    """Rank a town by its people; capitals are in the news more than their size says."""
    bonus = {"PPLC": 1.5, "PPLA": 0.3}.get(feature_code, 0.0)
    return float(math.log10(max(population, 100)) + bonus)
