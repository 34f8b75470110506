"""Read what is known of a report besides its text: front matter, sidecars, dates."""

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from geo.errors import InputError
from geo.publication import publication_day
from geo.reading.documents.tables import DAYS
from geo.reading.front_matter import KEYS, front_matter

LARGEST_SIDECAR: Final = 1_000_000  # bytes

__all__ = ["KEYS", "fields", "front_matter", "sidecar"]


def sidecar(path: Path) -> dict[str, Any]:
    """Read NAME.meta.json beside NAME.txt; {} without one.

    Raises:
        InputError: If it is no JSON object.
    """
    beside = path.with_name(f"{path.stem}.meta.json")
    if not beside.is_file():
        return {}
    if beside.stat().st_size > LARGEST_SIDECAR:
        msg = f"{beside}: {beside.stat().st_size / 1e6:.0f} MB; expected a small object with {', '.join(KEYS)}."
        raise InputError(msg)
    try:
        found = json.loads(beside.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        msg = f"{beside}: not JSON ({error}); expected an object with {', '.join(KEYS)}."
        raise InputError(msg) from error
    if not isinstance(found, dict):
        msg = f"{beside}: holds a {type(found).__name__}; expected an object with {', '.join(KEYS)}."
        raise InputError(msg)
    return found


def fields(known: Mapping[str, Any], source: str | Path, on_problem: Callable[[InputError], None]) -> dict[str, Any]:
    """Pick a Report's fields out of what is known; unknown keys are no error, nor are lists and NaN a text.

    Args:
        known: What stands in front matter, a sidecar or a JSON object; the day under `published`, `date` or
            another of the names that tables use for it.
        source: Where, for messages.
        on_problem: Called when the day of publication cannot be read; the report stays, undated.
    """
    texts = {key: str(known[key]).strip() for key in KEYS if key != "published" and _says_something(known.get(key))}
    lower = {str(key).lower(): found for key, found in known.items()}
    value = next((lower[key] for key in DAYS if _says_something(lower.get(key))), None)
    try:
        published = publication_day(value) if _says_something(value) else None
    except ValueError as error:
        msg = (
            f"{source}: the day of publication is {value!r} ({error}); expected a date such as 2020-03-13. "
            "The report is read without one."
        )
        on_problem(InputError(msg))
        published = None
    return {**{key: text for key, text in texts.items() if text}, "published": published}


def _says_something(value: Any) -> bool:
    """Distinguish a text or number from null, NaN, lists and objects."""
    if value is None or isinstance(value, list | dict | tuple | set) or value == "":
        return False
    return not (isinstance(value, float) and math.isnan(value))
