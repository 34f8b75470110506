"""Put the mentions of one name together, with the places that the name and the noun beside it allow."""

from typing import Final

from geo.gazetteer import normalise, open_gazetteer
from geo.geoparsing.recognition.known_names import is_postal, postal_rows
from geo.geoparsing.recognition.recognising import Recognised
from geo.geoparsing.resolution.ranking import Group, lies_in
from geo.geoparsing.words.lexicon import Word, place_nouns
from geo.geoparsing.words.names import Name, Row, name_table, row_table
from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens

_MOST_PLACES: Final = 8
# A settlement of less than 100,000 people, about.
FOREIGN_PROMINENCE: Final = 5.0
_SHORTEST_PART: Final = 3  # letters of a place after which a thing is called
_PLACE_NOUNS: Final = frozenset({"admin", "settlement", "site"})


def group_mentions(tokens: Tokens, found: list[Recognised]) -> tuple[list[Group], list[Group]]:
    """Put mentions of one name together; a name with a noun ("Lima province") is a name of its own."""
    groups: dict[tuple[Name, str, Name | None], Group] = {}
    of = []
    for n, one in enumerate(found):
        span = one.span
        qualified = span.source in {"qualified", "thing"}
        noun = _kind_of_noun(span.noun) if qualified else _noun_beside(tokens, one) or _noun_inside(tokens, one)
        inner = _name_inside(tokens, found, n)
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


def _name_inside(tokens: Tokens, found: list[Recognised], n: int) -> Name | None:
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
    """Find the divisions that have the name together with the noun behind it: "Kurdistan province" is Iran's."""
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
        if name.rows and not name.demonym and name.rows[0].prominence >= FOREIGN_PROMINENCE:
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
    return next((kind for kind in kinds if kind in _PLACE_NOUNS), "")


def _noun_inside(tokens: Tokens, one: Recognised) -> str:
    """Read the noun in which a known name of several words ends: "Orange County"."""
    last = tokens.words[one.span.last]
    kind = _kind_of_noun(last.lower) if last.nouns and one.span.last > one.span.first else ""
    return kind if kind in {"admin", "settlement"} else ""
