"""Choose how the globe is laid flat, and which part of it the map shows.

A region is drawn in Lambert's equal-area projection about its own centre, so that circles of
uncertainty look round wherever it lies, and the antimeridian is a place like any other. What
spans most of the globe is drawn in Equal Earth.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import shapely
from matplotlib.path import Path
from numpy.typing import NDArray
from pyproj import Transformer

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

WIDE_DEGREES: Final = 65.0  # from the centre: beyond that a flat region is bent too much
WORLD: Final = "+proj=eqearth +lon_0=0 +datum=WGS84 +units=m"
WORLD_BOX: Final = (-17_300_000.0, -8_400_000.0, 17_300_000.0, 8_400_000.0)
MARGIN: Final = 0.14
SLIMMEST, WIDEST = 1.3, 1.7  # width of a map divided by its height
LEAST_SPAN_M: Final = 150_000.0
MOST_FRAME_RADIUS_M: Final = 300_000.0  # a bigger circle may run out of the frame
CLOSE_POINTS_DEGREES: Final = 1.0  # so that long edges bend with the projection


@dataclass(frozen=True)
class View:
    """A projection and the rectangle of it that is shown, in metres: left, bottom, right, top."""

    projection: str
    box: Box

    @cached_property
    def _flat(self) -> Transformer:
        return Transformer.from_crs("EPSG:4326", self.projection, always_xy=True)

    def project(self, degrees: Floats) -> Floats:
        """Lay points flat: longitude and latitude, shape (n, 2), become metres; NaN stays NaN."""
        x, y = self._flat.transform(degrees[:, 0], degrees[:, 1])
        flat = np.column_stack([x, y])
        return np.where(np.isfinite(flat), flat, np.nan)

    def unproject(self, metres: Floats) -> Floats:
        """Give longitude and latitude of points of the map, shape (n, 2)."""
        return np.column_stack(self._flat.transform(metres[:, 0], metres[:, 1], direction="INVERSE"))

    def project_shapes(self, shapes: Any) -> NDArray[Any]:
        """Lay lines and polygons flat, bent where the projection bends them."""
        dense = shapely.segmentize(np.asarray(shapes, dtype=object), CLOSE_POINTS_DEGREES)
        return np.asarray(shapely.transform(dense, self.project))

    @property
    def is_world(self) -> bool:
        """Return whether the whole globe is shown, cut open at 180 degrees."""
        return self.projection == WORLD

    @property
    def aspect(self) -> float:
        """Width divided by height."""
        left, bottom, right, top = self.box
        return (right - left) / (top - bottom)

    @cached_property
    def degrees_box(self) -> Box | None:
        """West, south, east, north of what is shown; west > east over the antimeridian; None is the world."""
        left, bottom, right, top = self.box
        across, up = np.meshgrid(np.linspace(left, right, 25), np.linspace(bottom, top, 25))
        degrees = self.unproject(np.column_stack([across.ravel(), up.ravel()]))
        poles = self.project(np.array([[0.0, 90.0], [0.0, -90.0]]))
        has_pole = ((poles > [left, bottom]) & (poles < [right, top])).all(axis=1).any()
        if self.is_world or has_pole or not np.isfinite(degrees).all():
            return None
        middle = self.unproject(np.array([[(left + right) / 2, (bottom + top) / 2]]))[0, 0]
        aside = (degrees[:, 0] - middle + 180) % 360 - 180
        pad = 0.05 * (aside.max() - aside.min())
        west, east = ((middle + side + 180) % 360 - 180 for side in (aside.min() - pad, aside.max() + pad))
        if aside.max() - aside.min() + 2 * pad >= 360:  # noqa: PLR2004 - a full turn
            return None
        south, north = degrees[:, 1].min() - pad, degrees[:, 1].max() + pad
        return float(west), float(max(south, -90)), float(east), float(min(north, 90))


def choose_view(degrees: Floats, radius_m: Floats) -> View:
    """Find the view that shows all incidents with some air around them.

    Args:
        degrees: Longitude and latitude, EPSG:4326, shape (n, 2), NaN where unknown.
        radius_m: Radius of uncertainty of each, metres, shape (n,), NaN where unknown.
    """
    known = ~np.isnan(degrees).any(axis=1)
    degrees, radius_m = degrees[known], np.nan_to_num(radius_m[known])
    if not len(degrees):
        return View(WORLD, WORLD_BOX)
    lon, lat = np.radians(degrees).T
    vectors = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    middle = vectors.mean(axis=0)
    length = np.linalg.norm(middle)
    away = np.degrees(np.arccos(np.clip(vectors @ middle / max(length, 1e-9), -1, 1)))
    if length < 1e-6 or away.max() > WIDE_DEGREES:  # noqa: PLR2004 - points all round the globe
        return View(WORLD, WORLD_BOX)
    centre_lon = np.degrees(np.arctan2(middle[1], middle[0]))
    centre_lat = np.degrees(np.arcsin(middle[2] / length))
    projection = f"+proj=laea +lat_0={centre_lat:.4f} +lon_0={centre_lon:.4f} +datum=WGS84 +units=m"
    flat = View(projection, WORLD_BOX).project(degrees)
    reach = np.minimum(radius_m, MOST_FRAME_RADIUS_M)[:, None]
    low, high = (flat - reach).min(axis=0), (flat + reach).max(axis=0)
    pad = np.maximum((high - low) * MARGIN, (LEAST_SPAN_M - (high - low)) / 2)
    return View(projection, _fitting_a_page((*(low - pad), *(high + pad))))


def _fitting_a_page(box: Box) -> Box:
    """Widen or heighten a box about its centre until it fits a page."""
    left, bottom, right, top = (float(side) for side in box)
    width = max(right - left, (top - bottom) * SLIMMEST)
    height = max(top - bottom, width / WIDEST)
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def as_path(shape: Any) -> Path:
    """Turn a polygon or multipolygon into one path, holes and all."""
    # an area that touches the edge of the view, or a border along a line, leaves lines and points, which have no inside
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    corners = [shapely.get_coordinates(ring) for ring in rings]
    codes = [np.r_[Path.MOVETO, np.full(len(ring) - 2, Path.LINETO), Path.CLOSEPOLY] for ring in corners]
    if not corners:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate(corners), np.concatenate(codes).astype(np.uint8))
