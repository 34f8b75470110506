"""Read what the words right beside a toponym make of it: a part, a site, the people of a country."""

from typing import Final

from geo.gazetteer import Place, open_gazetteer
from geo.geoparsing.location.spatial_relations import SpatialRelation, directions
from geo.geoparsing.location.toponym_chains import CONTAINERS
from geo.geoparsing.recognition.spans import Span
from geo.geoparsing.toponyms import Parsed
from geo.geoparsing.words.names import name_table
from geo.geoparsing.words.separators import GAPS

_FUNCTION: Final = 6.3  # words as common as "has"
_SPACES: Final = frozenset({" ", "  ", "\n"})


def way_and_name(parsed: Parsed, way_from: int, span: Span, name: str) -> str:
    """Name what lies away from a place by the way from it: "40 km north of El Fasher"."""
    tokens = parsed.tokens
    way = " ".join(parsed.text[tokens.starts[way_from] : tokens.starts[span.first]].split())
    return f"{way.lower() if tokens.flat else way} {name}"


def part_behind(parsed: Parsed, n: int) -> SpatialRelation | None:
    """Read the part that stands behind: "Ukraine's east", but not "Ukraine's eastern city"."""
    place, last, words = parsed.toponyms[n].place, parsed.found[n].span.last, parsed.tokens.words
    if place is None or place.kind not in CONTAINERS or not words[last].cut or last + 1 >= len(words):
        return None
    direction = words[last + 1].lower
    if direction.endswith("ern") or direction not in directions() or GAPS[parsed.tokens.gaps[last + 1]] != "space":
        return None
    return SpatialRelation(last, "part", directions()[direction], direction=direction)


def site_behind(parsed: Parsed, n: int) -> tuple[Place, int] | None:
    """Find the site named by its town and a noun, "Baghdad's international airport", and its last word."""
    place, last = parsed.toponyms[n].place, parsed.found[n].span.last
    words, gaps = parsed.tokens.words, parsed.tokens.gaps
    if place is None or place.kind != "settlement":
        return None
    for stop in (last + 2, last + 1):
        behind = words[last + 1 : stop + 1]
        if stop >= len(words) or not behind[-1].nouns or any(g not in _SPACES for g in gaps[last + 1 : stop + 1]):
            continue
        following = [word.key for word in behind]
        for keys in (following, ["international", *following]):
            rows = name_table()[" ".join([parsed.found[n].span.name.key, *keys])].rows
            if rows and rows[0].kind == "site" and rows[0].country_code == place.country_code:
                return open_gazetteer().place(rows[0].row), stop
    return None


def is_attribute(parsed: Parsed, n: int) -> bool:
    """Distinguish a country that stands for its people, "US troops", from one in which events happen."""
    place, span, words = parsed.toponyms[n].place, parsed.found[n].span, parsed.tokens.words
    if place is None or place.kind != "country" or span.last + 1 >= len(words) or words[span.last].cut:
        return False
    before = words[span.first - 1] if span.first else None
    if before is not None and ("locative" in before.roles or before.lower == "of" or before.nouns):
        return False
    after = words[span.last + 1]
    return GAPS[parsed.tokens.gaps[span.last + 1]] in {"space", "hyphen"} and after.zipf < _FUNCTION


def named_part(parsed: Parsed, relation: SpatialRelation, span: Span) -> Place | None:
    """Find the region that the gazetteer has for "northern Iraq"."""
    words = parsed.tokens.words[relation.first : span.last + 1]
    rows = name_table()[" ".join(word.key for word in words)].rows
    country = open_gazetteer().country_row
    if not rows or rows[0].kind != "region" or country(rows[0].country_code) is None:
        return None
    return open_gazetteer().place(rows[0].row)
