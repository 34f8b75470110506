"""Read the block of metadata at the head of a text, between two lines of dashes.

News and mails have lines of dashes too. A block counts as front matter when it is laid out as one: lines of
`key: value`, at least one of them with a key that `geo` knows or all with plain keys; else it is text like any other.
Values are taken as they are written: an id of 0123 is no number, and 12:30:45 no count of seconds.
"""

import re
from collections.abc import Iterator
from typing import Final

KEYS: Final = ("id", "title", "published", "publisher", "url", "language")
LARGEST: Final = 65_536  # characters of a block; a longer one is a text between two rules
_BLOCK: Final = re.compile(r"---[ \t]*\r?\n(?P<inside>.*?\r?\n|)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINE: Final = re.compile(r"(?P<key>[A-Za-z_][\w.-]*|\"[^\"\n]+\"|'[^'\n]+')[ \t]*:(?:[ \t]+(?P<value>.*\S))?[ \t]*")
_NULLS: Final = frozenset({"~", "null", "Null", "NULL"})


def front_matter_end(text: str) -> int:
    """Say where the body begins: after a leading block of metadata, or at 0."""
    if not text.startswith("---"):
        return 0
    found = _BLOCK.match(text, 0, LARGEST)
    return found.end() if found and _is_metadata(found["inside"]) else 0


def front_matter(text: str) -> dict[str, str]:
    """Read the block at the head of a text; {} without one. What is no plain value is left out."""
    end = front_matter_end(text)
    found = _BLOCK.match(text, 0, end) if end else None
    if not found:
        return {}
    inside = found["inside"].replace("\r\n", "\n")
    pairs = _from_yaml(inside) or _from_lines(inside)
    return {key.lower() if key.lower() in KEYS else key: value for key, value in pairs}


def _is_metadata(inside: str) -> bool:
    """Distinguish metadata from a paragraph between two rules."""
    flush = [line for line in inside.splitlines() if line.strip() and not line.startswith((" ", "\t", "#", "- "))]
    if not flush:
        return not inside.strip()
    keys = [found["key"] if (found := _LINE.fullmatch(line)) else None for line in flush]
    known = any(key and key.strip("\"'").lower() in KEYS for key in keys)
    return keys[0] is not None and (known or all(key and key == key.lower() for key in keys))


def _from_yaml(inside: str) -> list[tuple[str, str]]:
    """Read scalars of a YAML mapping as they are written; [] when it is none.

    The document is only parsed and never built, so aliases of aliases cannot grow.
    """
    import yaml  # noqa: PLC0415 - few reports need it

    try:
        node = yaml.compose(inside, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return []
    if not isinstance(node, yaml.MappingNode):
        return []
    pairs = [
        (str(key.value), value)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    ]
    return [(key, value.value) for key, value in pairs if value.style or value.value not in _NULLS]


def _from_lines(inside: str) -> Iterator[tuple[str, str]]:
    """Read lines that a person wrote without thinking of YAML: `title: Iraq: bomb in Baghdad`."""
    for line in inside.splitlines():
        found = _LINE.fullmatch(line)
        if found and found["value"] and found["value"] not in _NULLS:
            yield found["key"].strip("\"'"), _bare(found["value"])


def _bare(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
