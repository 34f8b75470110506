"""Locate toponyms, with the words around them, as points with a radius of uncertainty."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from geo.gazetteer import Place
from geo.geoparsing.location.adjacent_words import is_attribute, named_part, part_behind, site_behind, way_and_name
from geo.geoparsing.location.descriptions import Described, find_described
from geo.geoparsing.location.spatial_relations import SpatialRelation, apposed, between, relation_before
from geo.geoparsing.location.toponym_chains import CONTAINERS, anchor_of, chain_end, stated_admin1
from geo.geoparsing.location.uncertainty import PRECISION_OF, Footprint, agrees, footprint_of, midway, uncertainty_m
from geo.geoparsing.toponyms import Parsed, Toponym, parse
from geo.geoparsing.words.datelines import find_dateline
from geo.report import Report

Kind = Literal["place", "nationality", "dateline"]
_DESCRIBED: Final = 0.7  # confidence: the report may mean another country's


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where something is, as a report states it."""

    report_id: str
    start: int  # offset of the first character in Report.text, in code points
    end: int  # offset one past the last character
    text: str  # the words of the report: "a military base north of Baghdad"
    name: str  # of the place; in the report's words where no gazetteer has it
    place: Place | None
    lon: float  # degrees, EPSG:4326
    lat: float
    geo_precision: str  # a term of `vocabulary.GEO_PRECISIONS`
    uncertainty_m: float  # radius in which the true place lies, nine times of ten
    country: str
    country_code: str  # ISO 3166-1 alpha-2; empty when in none or in several
    admin1: str
    kind: Kind
    confidence: float  # 0 to 1


def find_locations(report: Report, parsed: Parsed | None = None) -> list[Location]:
    """Find where a report places things.

    Words about one place make one location: "San Luis, San Miguel Department" is San Luis,
    "20 km south of Mosul" is a point there, with the radius that such words deserve.

    Args:
        report: The report.
        parsed: The result of `parse` for it, when there is one already.

    Returns:
        Locations in the order of the text; toponyms without any known place around are left out.
    """
    parsed = parsed or parse(report)
    dateline = find_dateline(parsed.tokens)
    found: list[Location] = []
    n, least = 0, 0
    while n < len(parsed.toponyms):
        used, location = _location(parsed, n, least, dateline)
        if location is not None:
            # "the Syrian-Iraqi border town of" is said of the town.
            while found and found[-1].kind == "nationality" and found[-1].start >= location.start:
                found.pop()
            found.append(location)
        n += used
        if parsed.toponyms[n - 1].kind == "place":
            least = parsed.found[n - 1].span.last + 1
    described = _described(parsed, found)
    return sorted([*found, *described], key=lambda location: location.start) if described else found


def _described(parsed: Parsed, found: list[Location]) -> list[Location]:
    """Find what is described only ("this capital"), in the country where most of the report plays."""
    codes = [one.country_code for one in found if one.country_code and one.kind != "nationality"]
    countries = {
        word: toponym.place.country_code
        for one, toponym in zip(parsed.found, parsed.toponyms, strict=True)
        if toponym.place is not None and toponym.place.kind == "country"
        for word in (one.span.first, one.span.last)
    }
    if not codes and not countries:
        return []
    filed = next((one.country_code for one in found if one.kind == "dateline"), "")
    code = filed or max(codes, key=codes.count, default="")
    named = {word for one in parsed.found for word in range(one.span.first, one.span.last + 1)}
    taken = [(one.start, one.end) for one in found]
    locations = []
    for one in find_described(parsed.tokens, code, named, countries):
        start, end = parsed.tokens.starts[one.first], parsed.tokens.end(one.last)
        if not any(a < end and start < b for a, b in taken):
            locations.append(_of_described(parsed, one, start, end))
    return locations


def _of_described(parsed: Parsed, one: Described, start: int, end: int) -> Location:
    words = (start, end, parsed.report.text[start:end])
    return location_without_toponym(parsed.report.id, words, one.place, one.relation, confidence=_DESCRIBED)


def location_without_toponym(
    report_id: str, words: tuple[int, int, str], place: Place, relation: SpatialRelation, *, confidence: float
) -> Location:
    """Make the location of a place to which other words (start, end, text) point than its name."""
    footprint = footprint_of(place, relation)
    return Location(
        report_id=report_id,
        start=words[0],
        end=words[1],
        text=words[2],
        name=place.name,
        place=place,
        lon=footprint.lon,
        lat=footprint.lat,
        geo_precision=footprint.geo_precision,
        uncertainty_m=uncertainty_m(footprint, confidence),
        country=place.country,
        country_code=place.country_code,
        admin1=place.admin1,
        kind="place",
        confidence=confidence,
    )


def _location(parsed: Parsed, n: int, least: int, dateline: range) -> tuple[int, Location | None]:
    """Make the location that begins with toponym `n`; also say how many toponyms it takes."""
    pair = _pair(parsed, n)
    if pair is not None:
        return 2, pair
    last = chain_end(parsed, n)
    return _apposition(parsed, n, last, least, dateline) or _single(parsed, n, last, least, dateline)


def _single(parsed: Parsed, n: int, last: int, least: int, dateline: range) -> tuple[int, Location | None]:
    """Make the location of the place of toponym `n`, which lies in the toponyms up to `last`."""
    toponym, span = parsed.toponyms[n], parsed.found[n].span
    used = last - n + 1
    anchor = anchor_of(parsed.toponyms[n : last + 1])
    if anchor is None:
        return used, None
    relation = (
        SpatialRelation(span.first)
        if toponym.kind == "nationality"
        else relation_before(parsed.tokens, span.first, least)
    )
    behind = part_behind(parsed, n)
    if behind is not None and last == n and relation.relation == "at":
        relation = replace(behind, first=relation.first)
    if span.first in dateline:
        relation = SpatialRelation(span.first)
    if relation.relation == "part" and (named := named_part(parsed, relation, span)):
        anchor, relation = named, SpatialRelation(relation.first)
        toponym = replace(toponym, place=named)
    site = site_behind(parsed, n) if last == n and relation.relation == "at" else None
    if site is not None:
        anchor, toponym = site[0], replace(toponym, place=site[0])
    footprint = _spot(toponym, anchor, relation)
    kind: Kind = "nationality" if toponym.kind == "nationality" or is_attribute(parsed, n) else "place"
    if span.first in dateline:
        kind = "dateline"
    start, end = parsed.tokens.starts[relation.first], parsed.toponyms[last].end
    if relation.relation == "part" and behind is not None:
        end = parsed.tokens.end(span.last + 1)  # "Ukraine's east"
    if site is not None:
        end = parsed.tokens.end(site[1])
    location = _make(parsed, toponym, anchor, footprint, (start, end), kind)
    if relation.way_from is not None:
        location = replace(location, name=way_and_name(parsed, relation.way_from, span, location.name))
    return used, _with_admin1(location, parsed.toponyms[n + 1 : last + 1])


def _apposition(parsed: Parsed, n: int, last: int, least: int, dateline: range) -> tuple[int, Location] | None:
    """Make one location of "Tora, about 40 km north of El Fasher": what is known of Tora counts, else the distance."""
    toponym, m = parsed.toponyms[n], last + 1
    if m >= len(parsed.toponyms) or {toponym.kind, parsed.toponyms[m].kind} != {"place"}:
        return None
    span, there = parsed.found[n].span, parsed.found[m].span
    relation = apposed(parsed.tokens, parsed.found[last].span.last, there.first)
    if relation is None or span.first in dateline:
        return None
    own = relation_before(parsed.tokens, span.first, least)
    if own.relation != "at":
        return None
    end = chain_end(parsed, m)
    by = anchor_of(parsed.toponyms[m : end + 1])
    if by is None or (toponym.place is not None and toponym.place.kind not in {"settlement", "site"}):
        return None
    footprint, anchor = _spot(parsed.toponyms[m], by, relation), by
    if toponym.place is not None and agrees(toponym.place, footprint):
        footprint, anchor = footprint_of(toponym.place, own), toponym.place
    elif by.kind in CONTAINERS or (relation.relation == "near" and toponym.place is not None):
        return None  # the words say too little
    else:
        toponym = replace(toponym, place=None)
    offsets = (parsed.tokens.starts[own.first], parsed.toponyms[end].end)
    location = _make(parsed, toponym, anchor, footprint, offsets, "place")
    return end - n + 1, _with_admin1(location, parsed.toponyms[n + 1 : last + 1])


def _spot(toponym: Toponym, anchor: Place, relation: SpatialRelation) -> Footprint:
    """Place a toponym: by its own entry, or somewhere in what contains it."""
    if toponym.place is anchor:
        return footprint_of(anchor, relation)
    # Somewhere in what contains it: nothing finer is known.
    return Footprint(anchor.lon, anchor.lat, PRECISION_OF[anchor.kind], anchor.radius_m + relation.reach_m)


def _pair(parsed: Parsed, n: int) -> Location | None:
    """Make one location of "between A and B", placed midway."""
    if n + 1 >= len(parsed.toponyms):
        return None
    a, b = parsed.toponyms[n], parsed.toponyms[n + 1]
    if a.place is None or b.place is None or a.place == b.place:
        return None
    here, there = parsed.found[n].span, parsed.found[n + 1].span
    words = between(parsed.tokens, here.first, here.last, there.first, there.last)
    if words is None:
        return None
    first, last = words
    footprint, end = midway(a.place, b.place), max(b.end, parsed.tokens.end(last))
    located = _make(parsed, a, a.place, footprint, (parsed.tokens.starts[first], end), "place")
    same = a.place.country_code == b.place.country_code
    return replace(
        located,
        name=f"{a.place.name} \u2013 {b.place.name}",
        place=None,
        country=located.country if same else "",
        country_code=located.country_code if same else "",
        admin1=located.admin1 if a.place.admin1 == b.place.admin1 else "",
        confidence=min(a.confidence, b.confidence),
    )


def _make(  # noqa: PLR0917 - each says another thing
    parsed: Parsed, toponym: Toponym, anchor: Place, footprint: Footprint, span: tuple[int, int], kind: Kind
) -> Location:
    start, end = span
    return Location(
        report_id=toponym.report_id,
        start=start,
        end=end,
        text=parsed.report.text[start:end],
        name=toponym.place.name if toponym.place else " ".join(toponym.text.split()),
        place=toponym.place,
        lon=footprint.lon,
        lat=footprint.lat,
        geo_precision=footprint.geo_precision,
        uncertainty_m=uncertainty_m(footprint, toponym.confidence),
        country=anchor.country,
        country_code=anchor.country_code,
        admin1=anchor.name if anchor.feature_code == "ADM1" else anchor.admin1,
        kind=kind,
        confidence=toponym.confidence,
    )


def _with_admin1(location: Location, containers: list[Toponym]) -> Location:
    """Prefer the division that the report states to the gazetteer's."""
    relation = stated_admin1(containers)
    return location if relation is None else replace(location, admin1=relation)
