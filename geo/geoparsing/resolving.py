"""Resolve toponyms: rank the places that each name may mean, all names of a report together.

A name has one meaning in a report. What a report tells about it anywhere counts: what it
lies in ("Paris, Texas"), which countries are named, which division other names lie in.
"""

from typing import Final

from geo.gazetteer import normalise, open_gazetteer
from geo.geoparsing.candidate_spans import is_postal, postal_rows
from geo.geoparsing.lexicon import Word, place_nouns
from geo.geoparsing.names import Name, Row, name_table, row_table
from geo.geoparsing.ranking import Context, Group, lies_in, rank
from geo.geoparsing.recognising import Recognised
from geo.geoparsing.separators import GAPS
from geo.geoparsing.tokens import Tokens

_MOST_PLACES: Final = 8
# A settlement of less than 100,000 people, about.
_FOREIGN_PROMINENCE: Final = 5.0
_TOLD_PROMINENCE: Final = 6.5
_LONGEST_LINK: Final = 3  # words between a place and what it lies in
_LINKS: Final = frozenset({"in", "of", "the"})
_HEARD: Final = 0.7
_SHORTEST_PART: Final = 3  # letters of a place after which a thing is called
_LEVELS: Final = {"A.ADM2": 1, "A.ADM1": 2}
_COUNTRY: Final = 3
_SPEAKER: Final = 4  # words from a country to "said"
_SAYING: Final = frozenset(
    "said says denied denies announced claimed claims confirmed reported stated declared warned condemned insisted "
    "accused blamed added acknowledged vowed".split()
)
_SMALLER_CITY: Final = 0.3  # by how much a city may be less prominent than the province called after it
_TELLING_NOUNS: Final = frozenset({"admin", "settlement", "site"})


def resolve(tokens: Tokens, found: list[Recognised]) -> list[Group]:
    """Give for each recognised toponym its group, with its places ranked best first."""
    groups, of = _group(tokens, found)
    _read_containment(tokens, found, of)
    for group in _only_speaking(tokens, found, of):
        group.speaks = True
    context = Context(groups)
    for group in groups:
        group.ranked = rank(group, context)
        if group.asked == "admin" and group.ranked:
            group.ranked = _as_division(group.ranked)
        elif group.ranked and not group.name.demonym and not any(group in other.within for other in groups):
            group.ranked = _as_city(group)
    for group in [group for group in groups if group.ranked and _is_namesake(group, context, groups)]:
        if group.ranked[0][1].country_code not in context.leaned:
            group.ranked = []
    for group in [group for group in groups if not group.ranked and group.within and not group.thing]:
        group.ranked = _sounding_inside(group)
        group.doubt = _HEARD
    return of


def _only_speaking(tokens: Tokens, found: list[Recognised], of: list[Group]) -> list[Group]:
    """List the names that only say something: "..., Russia said"."""
    spoken: dict[int, bool] = {}
    for one, group in zip(found, of, strict=True):
        spoken[id(group)] = spoken.get(id(group), True) and _speaks(tokens, one.span.last + 1)
    return [group for group in {id(group): group for group in of}.values() if spoken[id(group)]]


def _speaks(tokens: Tokens, at: int) -> bool:
    """Tell whether what stands before word `at` speaks: "Russia said", "U.S. Central Command said"."""
    for i in range(at, min(at + _SPEAKER, len(tokens.words))):
        if GAPS[tokens.gaps[i]] != "space" and not (i == at and "." in tokens.gaps[i]):
            return False
        if tokens.words[i].lower in _SAYING:
            return True
    return False


def _as_city(group: Group) -> list[tuple[float, Row]]:
    """Take the city for the province of its name: "in Basra", "Mykolaiv", with no word of a province."""
    ranked = group.ranked
    score, best = ranked[0]
    if best.kind != "admin":
        return ranked
    least = best.prominence - _SMALLER_CITY
    cities = [row for _, row in ranked if row.kind == "settlement" and lies_in(row, best) and row.prominence >= least]
    cities = [row for row in cities if not row.key.startswith(f"{group.name.key} ")]  # Oklahoma is no Oklahoma City
    city = max(cities, key=lambda row: row.prominence, default=None)
    return ranked if city is None else [(score, city), *(pair for pair in ranked if pair[1] is not city)]


def _as_division(ranked: list[tuple[float, Row]]) -> list[tuple[float, Row]]:
    """Take the division for the town of its name, where the report speaks of "Hodeidah province"."""
    score, best = ranked[0]
    if best.kind != "settlement" or best.admin1 < 0:
        return ranked
    division = row_table()[best.admin1]
    return [(score, division), *ranked[1:]] if division.key == best.key else ranked


def _sounding_inside(group: Group) -> list[tuple[float, Row]]:
    """Find a place that sounds like an unknown name, inside what the report tells that it lies in."""
    if group.name.demonym:
        return []
    outer = [other.ranked[0][1] for other in group.within if other.ranked]
    areas = [row for row in outer if row.kind in {"admin", "country"}]
    if not areas:
        return []
    heard = (row_table()[row] for row in open_gazetteer().sounding_rows(group.name.key))
    return [(0.0, row) for row in heard if row.kind != "country" and any(lies_in(row, area) for area in areas)][:1]


def _is_namesake(group: Group, context: Context, groups: list[Group]) -> bool:
    """Tell whether the gazetteer only knows little places of this name where the report does not play.

    The place meant is then one that the gazetteer lacks, near the others of the report: better to
    say where those are than to point at another continent.
    """
    best = group.ranked[0][1]
    if group.thing and not group.within and context.has_other(group) and not context.knows(best, group):
        return True  # "Liverpool Academy" in a report from Cairo
    if len(group.rows) == 1 and " " in group.name.key and not group.thing:
        return False  # "Baghdad International Airport" has no namesakes
    told = any(other.asked == "admin" for other in group.within)  # "X, Anbar province" is meant
    if told and _is_abroad(best, group):
        return best.kind not in {"country", "region"}  # no "Berlin in Zamfara state" is Germany's
    if best.kind in {"country", "region"} or best.prominence >= (_TOLD_PROMINENCE if told else _FOREIGN_PROMINENCE):
        return False
    if group.within:
        areas = _areas_around(group) or ([_best(other) for other in group.within if other.rows] if group.thing else [])
        return bool(areas) and not any(lies_in(best, row) for row in areas)
    named = context.named and best.country_code not in context.told
    return bool(named) and (group.thing or not _is_vouched_for(best, groups))


def _best(group: Group) -> Row:
    return group.ranked[0][1] if group.ranked else group.rows[0]


def _areas_around(group: Group) -> list[Row]:
    """Return the divisions and countries that contain a name, further out where the next is a town."""
    areas: list[Row] = []
    queue, seen = list(group.within), {id(group)}
    while queue:
        outer = queue.pop()
        if outer.rows and _best(outer).kind in {"admin", "country"}:
            areas.append(_best(outer))
        elif id(outer) not in seen:
            queue += outer.within
        seen.add(id(outer))
    return areas


def _is_abroad(best: Row, group: Group) -> bool:
    """Say whether a place lies in none of the countries that the report puts its name in."""
    codes = {row.country_code for row in _areas_around(group)}
    return bool(codes) and best.country_code not in codes


def _is_vouched_for(best: Row, groups: list[Group]) -> bool:
    """Tell whether the report names another place of that country; what a name could also mean does not count."""
    meant = (group.ranked[0][1] for group in groups if group.ranked)
    return any(row.country_code == best.country_code and row is not best for row in meant)


def _group(tokens: Tokens, found: list[Recognised]) -> tuple[list[Group], list[Group]]:
    """Put mentions of one name together; a name with a noun ("Lima province") is a name of its own."""
    groups: dict[tuple[Name, str, Name | None], Group] = {}
    of = []
    for n, one in enumerate(found):
        span = one.span
        qualified = span.source in {"qualified", "thing"}
        noun = _kind_of_noun(span.noun) if qualified else _noun_beside(tokens, one) or _noun_inside(tokens, one)
        inner = _told_inside(tokens, found, n)
        key = (span.name, noun, inner)
        group = groups.get(key)
        if group is None:
            rows = () if span.source == "unknown" else _with_noun(tokens, one) or rows_of(span.name)
            if is_postal(tokens, span.first) and span.first == span.last:
                rows = postal_rows(span.name)
            elif inner is not None:
                rows = tuple(sorted(rows, key=lambda row: not _holds(row, inner)))[:1]
            if span.source == "thing":
                rows = _rows_inside(tokens, one)
            group = groups[key] = Group(span.name, rows, asked=noun)
            if group.thing and qualified:  # "US Embassy" lies anywhere but there
                group.rows = tuple(row for row in rows if row.kind != "country")
        of.append(group)
    return list(groups.values()), of


def _told_inside(tokens: Tokens, found: list[Recognised], n: int) -> Name | None:
    """Return the town that the report puts in a name's place, where that disambiguates it: "Atlanta, Georgia"."""
    name = found[n].span.name
    if n == 0 or not name.rows or {row.kind for row in name.rows[:2]} != {"country", "admin"}:
        return None
    here, inner = found[n].span, found[n - 1].span
    beside = inner.last + 1 == here.first and GAPS[tokens.gaps[here.first]] == "comma"
    if not beside or not inner.name.rows or inner.name.rows[0].kind != "settlement":
        return None
    best = inner.name.rows[0]
    return inner.name if any(lies_in(best, row) for row in name.rows[:2]) else None


def _holds(row: Row, inner: Name) -> bool:
    return lies_in(inner.rows[0], row)


def _with_noun(tokens: Tokens, one: Recognised) -> tuple[Row, ...]:
    """Find the divisions that bear the name together with the noun behind it: "Kurdistan province" is Iran's."""
    behind = one.span.last + 1
    if one.span.source != "name" or behind >= len(tokens.words) or GAPS[tokens.gaps[behind]] != "space":
        return ()
    noun = tokens.words[behind]
    if _kind_of_noun(noun.lower) != "admin" or tokens.words[behind - 1].cut:
        return ()
    rows = name_table()[f"{one.span.name.key} {noun.key}"].rows
    return tuple(row for row in rows if row.kind == "admin")[:_MOST_PLACES]


def _rows_inside(tokens: Tokens, one: Recognised) -> tuple[Row, ...]:
    """Find the well-known place after which a thing is called: "Seoul City Hall", "University of the East Manila"."""
    words = tokens.words[one.span.first : one.span.last + 1]
    parts = [words[:n] for n in range(len(words) - 1, 0, -1)] + [words[n:] for n in range(1, len(words))]
    for part in parts:
        if len(part) == 1 and (part[0].nouns or len(part[0].key) < _SHORTEST_PART):
            continue  # nor is "Health Centre" in a division called Centre, or "Al Arrub Camp" in Alabama
        name = name_table()[" ".join(word.key for word in part)]
        if name.rows and not name.demonym and name.rows[0].prominence >= _FOREIGN_PROMINENCE:
            return name.rows[:_MOST_PLACES]
    return ()


def rows_of(name: Name) -> tuple[Row, ...]:
    """Give the places that a name may mean; for a people, where they live."""
    demonym = name.demonym
    if demonym is None:
        return name.rows[:_MOST_PLACES]
    if demonym.place:
        return name_table()[normalise(demonym.place)].rows[:1]
    row = open_gazetteer().country_row(demonym.country_code)
    return () if row is None else (row_table()[row],)


def _kind_of_noun(noun: str) -> str:
    kinds = sorted({found.kind for found in place_nouns().get(noun, ())})
    return "admin" if "admin" in kinds else next(iter(kinds), "")


def _noun_beside(tokens: Tokens, one: Recognised) -> str:
    """Read the noun that says what the name is: "Anbar province", "the town of Lima"."""
    words, span = tokens.words, one.span
    if span.name.demonym:
        return ""
    nouns: list[Word] = []
    if span.last + 1 < len(words) and not words[span.last].cut and GAPS[tokens.gaps[span.last + 1]] == "space":
        nouns.append(words[span.last + 1])
    if span.first > 1 and words[span.first - 1].lower == "of":
        nouns.append(words[span.first - 2])
    kinds = (_kind_of_noun(noun.lower) for noun in nouns if noun.nouns)
    return next((kind for kind in kinds if kind in _TELLING_NOUNS), "")


def _noun_inside(tokens: Tokens, one: Recognised) -> str:
    """Read the noun in which a known name of several words ends: "Orange County"."""
    last = tokens.words[one.span.last]
    kind = _kind_of_noun(last.lower) if last.nouns and one.span.last > one.span.first else ""
    return kind if kind in {"admin", "settlement"} else ""


def _read_containment(tokens: Tokens, found: list[Recognised], of: list[Group]) -> None:
    """Read which place the report puts in which: "Paris, Texas", "Ramadi (Iraq)", "Lima in Ohio"."""
    for n in range(len(found) - 1):
        here, following = found[n].span, found[n + 1].span
        inner, outer = of[n], of[n + 1]
        if inner is outer or outer.name.demonym:
            continue  # "in Kherson oblast, Russian forces" are not at home there
        if _links(tokens, here.last + 1, following.first) and _is_smaller(inner, outer):
            inner.within.append(outer)


def _is_smaller(inner: Group, outer: Group) -> bool:
    """Tell a place and what it lies in ("Paris, Texas") from a list ("China, Japan and Korea")."""
    if not inner.rows or not outer.rows:
        return True
    level = _level(inner.rows[0])
    return level == 0 or level < _level(outer.rows[0])


def _level(row: Row) -> int:
    return _COUNTRY if row.kind == "country" else _LEVELS.get(row.code, 0)


def _links(tokens: Tokens, first: int, following: int) -> bool:
    """Tell whether words `first` up to `following` say that what stands before lies in what follows."""
    gap = GAPS[tokens.gaps[first]]
    if first == following:
        return gap in {"comma", "open"}
    between = tokens.words[first:following]
    if len(between) > 1 and between[-1].lower == "the":
        between = between[:-1]  # "Zike in the Bassa district"
    return (
        len(between) <= _LONGEST_LINK
        and gap in {"space", "comma"}
        and (between[-1].lower in {"in", "of"} or (bool(between[-1].nouns) and GAPS[tokens.gaps[following]] == "comma"))
        and all(word.nouns or word.lower in _LINKS or "direction" in word.roles for word in between)
    )
