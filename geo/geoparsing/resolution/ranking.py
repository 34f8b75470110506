"""Rank the places that a name may mean, by what speaks for each in itself and in its report.

The weights are those of a conditional logit; geo/training/toponyms/ranking.py writes their table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from geo.geoparsing.resolution.leaning import LEANING, leaned_countries
from geo.geoparsing.words.names import Name, Row
from geo.memo import Memo
from geo.resources import read_table

WEIGHTS: Final = "models/place_ranking_weights.csv"
_MOST_REMEMBERED: Final = 100_000
_MOST_ANCHORS: Final = 16
# About 70 km: towns that a report names together often lie so near.
_NEAR_LAT: Final = 0.65
_NEAR_LON: Final = 0.8
_MANY: Final = 5
_DIVISION: Final = "A.ADM1"
# Kinds of the gazetteer that a kind of noun asks for ("the town of Lima", "Lima department").
_ASKED: Final = {
    "settlement": frozenset({"settlement"}),
    "admin": frozenset({"admin"}),
    "part": frozenset({"settlement", "admin"}),
    "water": frozenset({"region", "other", "site"}),
    "land": frozenset({"region", "other", "site", "admin"}),
    "site": frozenset({"site"}),
}
FEATURES: Final = (
    "prominence", "behind", "first", "second", "main", "settlement", "admin1", "admin2", "country", "region", "site",
    "capital", "named", "only-named", "main:named", "votes", "division", "divisions", "near", "sibling", "within-best",
    "within", "not-within", "asked", "not-asked",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Group:
    """All mentions of one name in a report."""

    name: Name
    rows: tuple[Row, ...]
    within: list["Group"] = field(default_factory=list)  # names of the places that contain it
    asked: str = ""  # the kind of noun beside it
    ranked: list[tuple[float, Row]] = field(default_factory=list)
    speaks: bool = False  # it only says something, and says nothing of where
    doubt: float = 1.0  # below 1 where the name was only heard alike

    @property
    def thing(self) -> bool:
        """Whether it is a hospital, a street, a farm: another thing than what its name names."""
        return self.asked in {"site", "road", "part", "water", "land"}


class Context:
    """What the names of a report say together: countries, divisions, and points nearby."""

    def __init__(self, groups: list[Group]) -> None:
        """Count which countries and divisions the best known place of each name lies in."""
        self.leaned = leaned_countries()
        self.countries: dict[str, int] = {}  # countries named, or named by their people
        self.named: set[str] = set()  # countries named
        self.votes: dict[str, int] = {}
        self.divisions: dict[int, int] = {}  # first-level divisions named, or with a name inside
        self.states: dict[str, int] = {}  # first-level divisions named, by country
        self.anchors: list[tuple[float, float, Group]] = []
        for group in groups:
            if group.rows:
                self._add(group, group.rows[0])
        self.most = max(self.votes.values(), default=1)

    def _add(self, group: Group, best: Row) -> None:
        code = best.country_code
        if best.kind == "country" and not group.speaks:
            self.countries[code] = self.countries.get(code, 0) + 1
            if group.name.demonym is None:
                self.named.add(code)
        elif len(self.anchors) < _MOST_ANCHORS and best.kind != "region":
            self.anchors.append((best.lon, best.lat, group))
        if best.code == _DIVISION:
            self.states[code] = self.states.get(code, 0) + 1
        if code:
            self.votes[code] = self.votes.get(code, 0) + _vote(best)
        for division in _divisions(group):
            self.divisions[division] = self.divisions.get(division, 0) + 1

    def knows(self, row: Row, group: Group) -> bool:
        """Return whether another name means the country of a place, or lies there."""
        own = _vote(group.rows[0]) if group.rows and group.rows[0].country_code == row.country_code else 0
        return self.votes.get(row.country_code, 0) > own

    def has_other(self, group: Group) -> bool:
        """Return whether the report names some place other than areas."""
        return any(other is not group for *_, other in self.anchors)

    def is_near(self, row: Row, group: Group) -> bool:
        """Return whether a place lies near one of another name."""
        return any(
            abs(row.lat - lat) < _NEAR_LAT and abs(row.lon - lon) < _NEAR_LON and other is not group
            for lon, lat, other in self.anchors
        )


def _vote(row: Row) -> int:
    return 2 if row.kind == "country" else 1


def _divisions(group: Group) -> set[int]:
    return {row.row if row.code == _DIVISION else row.admin1 for row in group.rows[:4]} - {-1}


def static_features(name: Name, rows: tuple[Row, ...], n: int) -> dict[str, float]:
    """Say what speaks for a place before the report is looked at."""
    row = rows[n]
    features = {"prominence": row.prominence, "behind": rows[0].prominence - row.prominence}
    if n < 2:  # noqa: PLR2004 - the best two
        features["second" if n else "first"] = 1.0
    if row.key in {name.key, f"{name.key} city"}:
        features["main"] = 1.0
    if row.code == "P.PPLC":
        features["capital"] = 1.0
    features[{"A.ADM1": "admin1", "A.ADM2": "admin2"}.get(row.code, row.kind)] = 1.0
    return features


def report_features(group: Group, row: Row, context: Context) -> dict[str, float]:
    """Give the evidence of the report for and against a place; a name is no evidence for itself."""
    features: dict[str, float] = {}
    code, best = row.country_code, group.rows[0]
    own = code == best.country_code
    if context.countries.get(code, 0) > (own and best.kind == "country"):
        features["named"] = 1.0
        if len(context.countries) == 1:
            features["only-named"] = 1.0
        if row.key == group.name.key:
            features["main:named"] = 1.0
    if code:
        features["votes"] = (context.votes.get(code, 0) - (_vote(best) if own else 0)) / context.most
    division = row.row if row.code == _DIVISION else row.admin1
    others = context.divisions.get(division, 0)
    others -= others > 0 and division in _divisions(group)
    if others > 0:
        features["division"] = 1.0
        features["divisions"] = min(others, _MANY) / _MANY
    if row.code == _DIVISION and context.states.get(code, 0) > (best.code == _DIVISION and own):
        features["sibling"] = 1.0  # "Ontario" between Quebec and Manitoba
    if row.kind not in {"country", "region"} and row.code != _DIVISION and context.is_near(row, group):
        features["near"] = 1.0
    if group.within:
        features[_within(group, row)] = 1.0
    if group.asked:
        features["asked" if row.kind in _ASKED.get(group.asked, ()) else "not-asked"] = 1.0
    return features


def _within(group: Group, row: Row) -> str:
    if any(other.rows and lies_in(row, other.rows[0]) for other in group.within):
        return "within-best"
    return "within" if any(lies_in(row, outer) for other in group.within for outer in other.rows) else "not-within"


def lies_in(row: Row, container: Row) -> bool:
    """Return whether a place lies in a country or division."""
    if row is container:
        return False
    if container.kind == "country":
        return row.country_code == container.country_code
    return container.row in {row.admin1, row.admin2}


def rank(group: Group, context: Context) -> list[tuple[float, Row]]:
    """Rank the places of a name, the likeliest first, with their scores (log-odds between them)."""
    rows = group.rows
    if len(rows) <= 1:
        return [(0.0, row) for row in rows]
    weights = place_weights()
    base = STATIC_SCORES[group.name, rows]
    scored = [
        (base[n] + sum([weights[f] * v for f, v in report_features(group, row, context).items()]), row)
        for n, row in enumerate(rows)
    ]
    if context.leaned:
        scored = [(score + LEANING * (row.country_code in context.leaned), row) for score, row in scored]
    scored.sort(key=lambda pair: -pair[0])
    return scored


def _static_score(key: tuple[Name, tuple[Row, ...]]) -> list[float]:
    """Sum what speaks for the places of a name before the report is looked at."""
    weights = place_weights()
    return [
        sum(weights[f] * v for f, v in static_features(*key, n).items() if f in weights) for n in range(len(key[1]))
    ]


STATIC_SCORES: Final = Memo(_static_score, _MOST_REMEMBERED)


@cache
def place_weights() -> Mapping[str, float]:
    """Read the weights of the features of places."""
    weights = dict.fromkeys(FEATURES, 0.0)
    return weights | {row["feature"]: float(row["weight"]) for row in read_table(WEIGHTS)}
