"""Hold settlements against the divisions that they are said to lie in.

Some records have the point of one place and the division of another of its name: one of them is wrong. What is shown
must agree with itself, so such a settlement is put into the division of the settlements around its point.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.gazetteer.entry import Entry
from geo.gazetteer.extent import distances_m

_APART_M: Final = 100_000.0  # from the nearest other settlement of its division
_AROUND: Final = 5  # settlements around it, which must all lie in one other division
_AROUND_M: Final = 60_000.0
_MANY: Final = 20  # settlements of a division, from which on most of it says how far it reaches
_FAR_OUT: Final = 2.0  # how many times as far from the middle of a division as nine in ten of it


def find_misplaced(settlements: Iterable[Entry]) -> dict[str, Entry]:
    """Find settlements that lie far from their first-level division, among those of another.

    Args:
        settlements: With their divisions, as far as they are known.

    Returns:
        Id of a settlement -> the nearest settlement, in whose division it lies by its point.
    """
    by_country: dict[str, list[Entry]] = defaultdict(list)
    for entry in settlements:
        if entry.admin1:
            by_country[entry.country_code].append(entry)
    found: dict[str, Entry] = {}
    for inside in by_country.values():
        points = np.array([(one.lon, one.lat) for one in inside])
        _, divisions = np.unique([one.admin1 for one in inside], return_inverse=True)
        for n in _far_out(points, divisions):
            distances = distances_m(float(points[n, 0]), float(points[n, 1]), points[:, 0], points[:, 1])
            distances[n] = np.inf
            around = np.argpartition(distances, _AROUND)[:_AROUND] if len(inside) > _AROUND else np.array([n])
            alike = bool((divisions[around] == divisions[around[0]]).all())
            own = distances[divisions == divisions[n]]
            if alike and len(own) > _AROUND and own.min() > _APART_M and distances[around].max() < _AROUND_M:
                found[inside[n].id] = inside[int(around[distances[around].argmin()])]
    return found


def _far_out(points: NDArray[np.float64], divisions: NDArray[np.intp]) -> list[int]:
    """List the points that lie farther from the middle of their division than most of it; a first, cheap look."""
    found: list[int] = []
    order = np.argsort(divisions, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(divisions[order])) + 1):
        lon, lat = np.median(points[members], axis=0).tolist()
        distances = distances_m(lon, lat, points[members, 0], points[members, 1])
        most = _FAR_OUT * float(np.quantile(distances, 0.9)) if len(members) > _MANY else 0.0
        found += members[distances > max(_APART_M, most)].tolist()
    return found
