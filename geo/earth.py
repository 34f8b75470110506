"""The figure of the Earth: the ellipsoid of WGS 84, the sphere for distances where half a percent does not matter."""

from typing import Final

from pyproj import Geod

GEOD: Final = Geod(ellps="WGS84")
RADIUS_M: Final = 6_371_008.8  # mean radius
DEGREE_M: Final = 111_195.0  # a degree of a great circle on that sphere
HALF_TURN: Final = 180.0  # degrees
TURN: Final = 360.0
POLE: Final = 90.0
