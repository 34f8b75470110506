"""Hold the incidents of whole articles against their keys, by the set's own scorer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from geo.incident import Incident
from geo.training import sets

SLOTS: Final = ("type", "date", "place", "killed", "actor1", "actor2")


def article_figures(found: Mapping[str, Sequence[Incident]], least: float, split: str) -> dict[str, Any]:
    """Score the articles of a split.

    Args:
        found: By article, all that was read from it, shown or not.
        least: The confidence from which an incident is shown.
        split: "articles" or "articles dev".

    Returns:
        The figures of the scorer; its head defines them.
    """
    keys = {key["id"]: key for key in sets.keys(split)}
    shown = [sets.geojson(one) for name in keys for one in found[name] if one.confidence >= least]
    figures: dict[str, Any] = sets.scorer("articles").score(keys, shown, [], sets.wrong_slots())[0]
    return figures


def headline(found: Mapping[str, Sequence[Incident]], least: float, split: str) -> list[float]:
    """Give F1, the share with every slot right, both in percent, and the articles without incidents that get a mark."""
    figures = article_figures(found, least, split)
    return [100 * figures["f1"], 100 * figures["perfect"], figures["alarmed"]]


def describe(figures: Mapping[str, Any]) -> str:
    """Put figures into one line."""
    slots = figures["slots"]
    shares = ", ".join(f"{name} {100 * slots[name]['right']:.0f}" for name in SLOTS if name in slots)
    links = figures["links"]
    precision = 100 * (figures["precision"] or 0.0)
    return (
        f"F1 {100 * figures['f1']:.1f} (P {precision:.1f}, R {100 * (figures['recall'] or 0.0):.1f}), every slot right "
        f"{100 * (figures['perfect'] or 0.0):.1f}, alarmed {figures['alarmed']} of {figures['negatives']}, "
        f"links {links['found']} of {links['gold']}; of those found: {shares}"
    )
