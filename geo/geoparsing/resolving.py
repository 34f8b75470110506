"""Resolve toponyms: rank the places that each name may mean, all names of a report together.

A name has one meaning in a report. What a report tells about it anywhere counts: what it
lies in ("Paris, Texas"), which countries are named, which division other names lie in.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from geo.gazetteer import normalise, open_gazetteer
from geo.geoparsing.features import GAPS
from geo.geoparsing.lexicon import Word, place_nouns
from geo.geoparsing.names import Name, Row, name_table, row_table
from geo.geoparsing.recognising import Recognised
from geo.geoparsing.tokens import Tokens
from geo.resources import read_table

WEIGHTS: Final = "place_weights.csv"
_MOST_REMEMBERED: Final = 100_000
_MOST_PLACES: Final = 8
# A settlement of less than 100,000 people, about.
_FOREIGN_PROMINENCE: Final = 5.0
# Kinds of the gazetteer that a kind of noun asks for ("the town of Lima", "Lima department").
_ASKED: Final = {
    "settlement": frozenset({"settlement"}),
    "admin": frozenset({"admin"}),
    "part": frozenset({"settlement", "admin"}),
    "water": frozenset({"region", "other", "site"}),
    "land": frozenset({"region", "other", "site", "admin"}),
    "site": frozenset({"site"}),
}


@dataclass(slots=True, eq=False)
class Group:
    """All mentions of one name in a report."""

    name: Name
    rows: tuple[Row, ...]
    mentions: list[int] = field(default_factory=list)
    within: list["Group"] = field(default_factory=list)  # names that it is told to lie in
    asked: set[str] = field(default_factory=set)  # kinds of nouns beside it
    thing: bool = False  # a hospital, a street, a farm: another thing than what its name names
    ranked: list[tuple[float, Row]] = field(default_factory=list)


def resolve(tokens: Tokens, found: list[Recognised]) -> list[Group]:
    """Give for each recognised toponym its group, with its places ranked best first."""
    groups, of = _group(tokens, found)
    _read_containment(tokens, found, of)
    context = Context(groups)
    for group in groups:
        group.ranked = rank(group, context)
        if group.ranked and _is_namesake(group, context):
            group.ranked = []
    return of


def _is_namesake(group: Group, context: "Context") -> bool:
    """Tell whether the gazetteer only knows little places of this name where the report does not play.

    The place meant is then one that the gazetteer lacks, near the others of the report: better to
    say where those are than to point at another continent.
    """
    best = group.ranked[0][1]
    if not context.named or best.country_code in context.told or group.within or best.kind in {"country", "region"}:
        return False
    return best.prominence < _FOREIGN_PROMINENCE and (group.thing or context.votes[best.country_code] <= 1)


def _group(tokens: Tokens, found: list[Recognised]) -> tuple[list[Group], list[Group]]:
    """Put mentions of one name together; a name with a noun ("Lima province") is a name of its own."""
    groups: dict[tuple[Name, str], Group] = {}
    of = []
    for n, one in enumerate(found):
        span = one.span
        noun = _noun_kind(span.noun) if span.source in {"qualified", "thing"} else _noun_beside(tokens, one)
        group = groups.get((span.name, noun))
        if group is None:
            rows = () if span.source in {"thing", "unknown"} else rows_of(span.name)
            group = groups[span.name, noun] = Group(span.name, rows)
            if noun:
                group.asked.add(noun)
            group.thing = noun in {"site", "road", "part", "water", "land"}
        group.mentions.append(n)
        of.append(group)
    return list(groups.values()), of


def rows_of(name: Name) -> tuple[Row, ...]:
    """Give the places that a name may mean; for a people, where they live."""
    demonym = name.demonym
    if demonym is None:
        return name.rows[:_MOST_PLACES]
    if demonym.place:
        return name_table()[normalise(demonym.place)].rows[:1]
    row = open_gazetteer().country_row(demonym.country_code)
    return () if row is None else (row_table()[row],)


def _noun_kind(noun: str) -> str:
    nouns = place_nouns().get(noun, ())
    kinds = {found.kind for found in nouns}
    return "admin" if "admin" in kinds else next(iter(sorted(kinds)), "")


def _noun_beside(tokens: Tokens, one: Recognised) -> str:
    """Read the noun that says what the name is: "Anbar province", "the town of Lima"."""
    words, span = tokens.words, one.span
    if span.name.demonym:
        return ""
    if span.last + 1 < len(words) and not words[span.last].cut and GAPS[tokens.gaps[span.last + 1]] == "space":
        after = words[span.last + 1]
        if after.nouns and (kind := _kind_of(after)) in {"admin", "settlement", "site"}:
            return kind
    if span.first >= 2 and words[span.first - 1].lower == "of" and words[span.first - 2].nouns:  # noqa: PLR2004
        if (kind := _kind_of(words[span.first - 2])) in {"admin", "settlement"}:
            return kind
    return ""


def _kind_of(word: Word) -> str:
    kinds = {noun.kind for noun in word.nouns}
    return "admin" if "admin" in kinds else "settlement" if "settlement" in kinds else next(iter(kinds), "")


def _read_containment(tokens: Tokens, found: list[Recognised], of: list[Group]) -> None:
    """Read what the report tells of what lies in what: "Paris, Texas", "Ramadi (Iraq)", "Lima in Ohio"."""
    words = tokens.words
    for n in range(len(found) - 1):
        here, following = found[n].span, found[n + 1].span
        between = following.first - here.last - 1
        gap = GAPS[tokens.gaps[here.last + 1]]
        told = (between == 0 and gap in {"comma", "open"}) or (
            0 < between <= 3 and words[following.first - 1].lower in {"in", "of", "province", "district"} and gap in {"space", "comma"}
            and all(words[i].nouns or words[i].lower in {"in", "of", "the"} or "direction" in words[i].roles for i in range(here.last + 1, following.first))
        )  # fmt: skip
        if told and of[n] is not of[n + 1]:
            of[n].within.append(of[n + 1])


class Context:
    """What the names of a report say together: countries, and divisions."""

    def __init__(self, groups: list[Group]) -> None:
        """Count which countries and divisions the best known place of each name lies in."""
        self.told: set[str] = set()  # countries named, or named by their people
        self.named: set[str] = set()  # countries named
        self.votes: Counter[str] = Counter()
        self.divisions: Counter[int] = Counter()  # first-level divisions named, or with a name inside
        for group in groups:
            if not group.rows:
                continue
            best = group.rows[0]
            if best.kind == "country":
                self.told.add(best.country_code)
                if group.name.demonym is None:
                    self.named.add(best.country_code)
                self.votes[best.country_code] += 2
            elif best.country_code:
                self.votes[best.country_code] += 1
            for admin1 in {row.admin1 if row.code != "A.ADM1" else row.row for row in group.rows[:4]}:
                self.divisions[admin1] += 1
        del self.divisions[-1]
        self.most = max(self.votes.values(), default=1)


FEATURES: Final = (
    "prominence", "behind", "first", "second", "main", "settlement", "admin1", "admin2", "country", "region", "site", "capital",
    "told", "votes", "told:small", "division", "divisions", "within", "not-within", "asked", "not-asked", "only-told", "main:told",
)  # fmt: skip


def static_features(group_name: Name, rows: tuple[Row, ...], n: int) -> dict[str, float]:
    """Say what speaks for a place before the report is looked at."""
    row = rows[n]
    features = {"prominence": row.prominence, "behind": rows[0].prominence - row.prominence}
    if n == 0:
        features["first"] = 1.0
    if n == 1:
        features["second"] = 1.0
    if row.key == group_name.key:
        features["main"] = 1.0
    if row.code == "P.PPLC":
        features["capital"] = 1.0
    kind = {"A.ADM1": "admin1", "A.ADM2": "admin2"}.get(row.code, row.kind)
    features[kind] = 1.0
    return features


def report_features(group: Group, row: Row, context: Context) -> dict[str, float]:
    """Say what the report tells for and against a place."""
    features: dict[str, float] = {}
    code = row.country_code
    if code in context.told:
        features["told"] = 1.0
        if len(context.told) == 1:
            features["only-told"] = 1.0
        if row.key == group.name.key:
            features["main:told"] = 1.0
    features["votes"] = context.votes[code] / context.most if code else 0.0
    own = row.row if row.code == "A.ADM1" else row.admin1
    others = context.divisions[own] - 1
    if others > 0:
        features["division"] = 1.0
        features["divisions"] = min(others, 3) / 3
    if group.within:
        inside = any(lies_in(row, container) for other in group.within for container in other.rows[:4])
        features["within" if inside else "not-within"] = 1.0
    if group.asked:
        fits = any(row.kind in _ASKED.get(kind, ()) for kind in group.asked)
        features["asked" if fits else "not-asked"] = 1.0
    return features


def lies_in(row: Row, container: Row) -> bool:
    """Tell whether a place lies in a country or division."""
    if row is container:
        return False
    if container.kind == "country":
        return row.country_code == container.country_code
    return container.row in {row.admin1, row.admin2}


def rank(group: Group, context: Context) -> list[tuple[float, Row]]:
    """Rank the places of a name, the likeliest first."""
    rows = group.rows
    if len(rows) <= 1:
        return [(0.0, row) for row in rows]
    weights = place_weights()
    base = _static_scores()[group.name, rows]
    scored = [
        (base[n] + sum(weights.get(f, 0.0) * v for f, v in report_features(group, row, context).items()), row)
        for n, row in enumerate(rows)
    ]
    scored.sort(key=lambda pair: -pair[0])
    return scored


class _Statics(dict[tuple[Name, tuple[Row, ...]], list[float]]):
    """What speaks for the places of a name before the report is looked at."""

    def __missing__(self, key: tuple[Name, tuple[Row, ...]]) -> list[float]:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        weights = place_weights()
        scores = self[key] = [
            sum(weights.get(f, 0.0) * v for f, v in static_features(*key, n).items()) for n in range(len(key[1]))
        ]
        return scores


@cache
def _static_scores() -> _Statics:
    return _Statics()


@cache
def place_weights() -> Mapping[str, float]:
    """Read the weights of the features of places."""
    return {row["feature"]: float(row["weight"]) for row in read_table(WEIGHTS)}
