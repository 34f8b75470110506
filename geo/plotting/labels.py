"""Put names beside marks so that no two overlap; what finds no room stays away.

Every label tries the sides of its mark, near first, and takes the place that covers least.
All lengths are printer's points on the page, so that the result is the same at every resolution.
"""

import textwrap
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextPath
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Sides of a mark in the order that readers like: right, left, above, below, then the corners.
SIDES: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
GAPS: Final = (2.0, 9.0, 20.0, 34.0)
TETHERED_FROM: Final = 9.0  # a label farther away than this gets a line to its mark
LINE_HEIGHT: Final = 1.25
NEAR: Final = 7.0  # a label this close to a mark is read as the mark's
STRANGER: Final = 2.5  # how much less welcome a place beside another's mark is
EDGE: Final = 2.0  # labels keep this far from the frame
HALO: Final = (withStroke(linewidth=2.2, foreground="white", alpha=0.85),)


@dataclass(frozen=True)
class Label:
    """A text that wants to stand beside a spot of the page."""

    text: str
    x: float  # points from the left of the map
    y: float  # points from its bottom
    reach: float  # half the width of what stands at the spot
    size: float  # of the font
    style: dict[str, Any]
    wandering: bool = True  # may stand farther away, with a line to its spot
    seats: Floats | None = None  # spots that it may stand on instead, as the name of a country does
    dot: bool = False  # mark the spot, as a map does with towns
    short: str | None = None  # written instead where there is no room for the text


@dataclass(frozen=True)
class Room:
    """What labels must keep off: boxes (left, bottom, right, top) and lines, in points."""

    width: float
    height: float
    boxes: Floats  # shape (n, 4): never covered
    points: Floats  # shape (n, 2): better not covered, as the lines of arrows


def measure(text: str, size: float) -> tuple[float, float]:
    """Say how wide and high a text is, in points."""
    font = FontProperties(size=size)
    lines = text.split("\n")
    widths = [TextPath((0, 0), line, prop=font, usetex=False).get_extents().width for line in lines if line.strip()]
    return max(widths, default=0.0) + 2, len(lines) * size * LINE_HEIGHT


def even_lines(text: str, width: int, *, most: int) -> str:
    """Break a text into as few lines as it needs, of about equal length, so that no word is left alone on a line.

    Args:
        text: What to break.
        width: Characters that a line may have.
        most: Lines that there may be; what does not fit ends in an ellipsis.
    """
    needed = len(textwrap.wrap(text, width, max_lines=most))
    fitting = (less for less in range(len(text) // max(needed, 1), width) if len(textwrap.wrap(text, less)) == needed)
    return textwrap.fill(text, next(fitting, width), max_lines=most, placeholder=" …")


def draw_labels(axes: Axes, labels: list[Label], room: Room) -> int:
    """Draw as many labels as find room, the first ones first.

    Returns:
        How many were drawn.
    """
    taken, drawn = room.boxes, 0
    for label in labels:
        for text in filter(None, (label.text, label.short)):
            written = replace(label, text=text)
            box = _find_place(written, room, taken)
            if box is not None:
                taken = np.vstack([taken, box])
                _draw(axes, written, box)
                drawn += 1
                break
    return drawn


def _find_place(label: Label, room: Room, taken: Floats) -> Floats | None:
    """Find the box that covers least; None when every one covers another box."""
    if label.dot and _overlaps(np.array([label.x, label.y, label.x, label.y]), taken):
        return None
    size = np.array(measure(label.text, label.size))
    middles, costs = _on_seats(label) if label.seats is not None else _beside(label, size)
    best, least = None, np.inf
    for middle, cost in zip(middles, costs, strict=True):
        box = np.concatenate([middle - size / 2, middle + size / 2])
        if cost >= least or _is_outside(box, room) or _overlaps(box, taken):
            continue
        total = cost + 3 * _inside(box, room.points) + STRANGER * _strangers(label, box, room.boxes)
        if total < least:
            best, least = box, total
    return best


def _on_seats(label: Label) -> tuple[Floats, Floats]:
    seats = np.empty((0, 2)) if label.seats is None else label.seats
    return seats, np.arange(len(seats), dtype=np.float64) / 2


def _beside(label: Label, size: Floats) -> tuple[Floats, Floats]:
    """Give the middles of the boxes round a spot, and how much less welcome each is than the first."""
    middles, costs = [], []
    for far, gap in enumerate(GAPS if label.wandering else GAPS[:1]):
        for rank, side in enumerate(np.array(SIDES, dtype=float)):
            away = (label.reach + gap) * (0.7 if side.all() else 1.0)
            middles.append(np.array([label.x, label.y]) + side * (away + size / 2))
            costs.append(rank * 0.5 + far * 4)
    return np.array(middles), np.array(costs)


def _is_outside(box: Floats, room: Room) -> bool:
    return bool((box[:2] < EDGE).any() or box[2] > room.width - EDGE or box[3] > room.height - EDGE)


def _overlaps(box: Floats, taken: Floats) -> bool:
    return bool(
        ((taken[:, 0] < box[2]) & (taken[:, 2] > box[0]) & (taken[:, 1] < box[3]) & (taken[:, 3] > box[1])).any()
    )


def _strangers(label: Label, box: Floats, taken: Floats) -> int:
    """Count the marks of others that a label would stand beside, and might be taken for theirs."""
    middles = (taken[:, :2] + taken[:, 2:]) / 2
    others = np.hypot(*(middles - [label.x, label.y]).T) > label.reach + NEAR
    near = (middles > box[:2] - NEAR).all(axis=1) & (middles < box[2:] + NEAR).all(axis=1)
    return int((others & near).sum())


def _inside(box: Floats, points: Floats) -> int:
    return int(((points >= box[:2]) & (points <= box[2:])).all(axis=1).sum())


def _draw(axes: Axes, label: Label, box: Floats) -> None:
    """Write the text into its box; a text of a report is never read as a formula."""
    page = np.array([axes.bbox.width, axes.bbox.height]) / axes.figure.dpi * 72
    spot, middle = np.array([label.x, label.y]), (box[:2] + box[2:]) / 2
    nearest = np.clip(spot, box[:2], box[2:])
    if label.seats is None and np.hypot(*(nearest - spot)) - label.reach > TETHERED_FROM:
        line = np.array([nearest, spot]) / page
        axes.plot(*line.T, transform=axes.transAxes, color="#555555", linewidth=0.5, zorder=3.6)
    if label.dot:
        x, y = spot / page
        axes.plot([x], [y], "o", transform=axes.transAxes, color=label.style["color"], markersize=1.8, zorder=3)
    beside = label.seats is None
    align = "left" if beside and box[0] >= label.x else "right" if beside and box[2] <= label.x else "center"
    x = {"left": box[0] + 1, "right": box[2] - 1, "center": middle[0]}[align]
    options = {"zorder": 6, "fontsize": label.size, "linespacing": LINE_HEIGHT, **label.style}
    options |= {"ha": align, "va": "center", "clip_on": True, "parse_math": False, "path_effects": HALO}
    axes.text(x / page[0], middle[1] / page[1], label.text, transform=axes.transAxes, **options)
