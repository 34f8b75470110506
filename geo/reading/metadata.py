"""Read what is known of a report besides its text: front matter, sidecars, dates."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geo.errors import InputError
from geo.reading.layout import front_matter_end

KEYS = ("id", "title", "published", "publisher", "url", "language")


def publication_day(value: object, source: str | Path) -> date | None:
    """Take the day out of an ISO date or date and time; null and "" are unknown.

    Raises:
        InputError: If the value is no ISO date.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        msg = f"{source}: published is {value!r}; expected a date such as 2020-03-13."
        raise InputError(msg) from error


def front_matter(text: str, source: str | Path) -> dict[str, Any]:
    """Read the YAML block at the head of a text; {} without one.

    Raises:
        InputError: If the block is no YAML mapping.
    """
    if not front_matter_end(text):
        return {}
    import frontmatter  # noqa: PLC0415 - brings YAML along, and few reports need it
    from yaml import YAMLError  # noqa: PLC0415

    try:
        return dict(frontmatter.loads(text.replace("\r\n", "\n")).metadata)
    except (YAMLError, TypeError, ValueError) as error:
        line = " ".join(str(error).split())
        msg = f"{source}: the front matter is not YAML ({line}); expected lines such as 'published: 2020-03-13'."
        raise InputError(msg) from error


def sidecar(path: Path) -> dict[str, Any]:
    """Read NAME.meta.json beside NAME.txt; {} without one.

    Raises:
        InputError: If it is no JSON object.
    """
    beside = path.with_name(f"{path.stem}.meta.json")
    if not beside.is_file():
        return {}
    try:
        found = json.loads(beside.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        msg = f"{beside}: not JSON ({error}); expected an object with {', '.join(KEYS)}."
        raise InputError(msg) from error
    if not isinstance(found, dict):
        msg = f"{beside}: holds a {type(found).__name__}; expected an object with {', '.join(KEYS)}."
        raise InputError(msg)
    return found


def fields(known: Mapping[str, Any], source: str | Path) -> dict[str, Any]:
    """Pick a Report's fields out of what is known; unknown keys are no error."""
    texts = {key: str(known[key]).strip() for key in KEYS if key != "published" and known.get(key) not in (None, "")}
    return {**texts, "published": publication_day(known.get("published"), source)}
