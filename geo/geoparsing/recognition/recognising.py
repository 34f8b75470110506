"""Recognise toponyms: score all candidates of a report together, keep the best that do not overlap."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from geo.geoparsing.recognition.candidate_spans import find_spans
from geo.geoparsing.recognition.features import DOCUMENT_FLAGS
from geo.geoparsing.recognition.known_names import is_postal
from geo.geoparsing.recognition.spans import Span
from geo.geoparsing.recognition.toponym_model import probability, scorers
from geo.geoparsing.words.lexicon import Word
from geo.geoparsing.words.names import name_table
from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens
from geo.tables import word_class

_FLAG: Final = {name: 1 << bit for bit, name in enumerate(DOCUMENT_FLAGS)}
_AGAIN, _COUNTRY, _COUNTRY_OFTEN = _FLAG["again"], _FLAG["country"], _FLAG["country-often"]
_PERSON_WORD, _INSIDE, _COVERS = _FLAG["person-word"], _FLAG["inside"], _FLAG["covers"]
_CODE: Final = attrgetter("country_code")
_GIVEN: Final = 50  # per million: a name that is given often
# Countries, and divisions and cities as well known as this, make a country one that the report is about.
_WELL_KNOWN: Final = 6.5
_LONG_NAME: Final = 3  # words
_LONG_NAME_SCORE: Final = 1.0  # log-odds
_AHEAD: Final = 0.01
_SETTLED: Final = 3.0  # log-odds of what the spelling alone shows
_LIKELY: Final = 0.4  # ... of what it makes likely
_BESIDE: Final = frozenset({"near", "outside"})
_VILLAGES: Final = word_class("village_noun")
_VESSELS: Final = word_class("vessel")
_UNITS: Final = word_class("military_unit")
_SURNAME_ROLES: Final = frozenset({"title", "not_a_place"})
_PLACING: Final = word_class("before_unknown_place")


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class Recognised:
    """A candidate that was taken for a toponym."""

    span: Span
    probability: float


def recognise(tokens: Tokens) -> list[Recognised]:
    """Find the toponyms of a text, in order, without overlaps."""
    candidates = find_spans(tokens)
    flags = document_flags(tokens, candidates)
    scorer = scorers()[tokens.flat]
    scored = [(_certain(tokens, c, scorer.score(tokens, c, f)), c) for c, f in zip(candidates, flags, strict=True)]
    return [Recognised(c, probability(score)) for score, c in best_apart(_prefer_whole_names(scored))]


def _certain(tokens: Tokens, c: Span, score: float) -> float:
    """Overrule a score where the spelling settles it: "Gary, IN" is a town and its state, "Chad Wilson" a man."""
    if tokens.flat or c.source not in {"name", "unknown"}:
        return score
    if _is_called_after(tokens, c):
        return -_SETTLED
    if c.source == "unknown":
        return max(score, _LIKELY) if _is_called_village(tokens, c) else score
    if _is_owned(tokens, c):
        return max(score, _SETTLED)
    if is_postal(tokens, c.first) or (c.last + 1 < len(tokens.words) and is_postal(tokens, c.last + 1)):
        return max(score, _SETTLED)
    return -_SETTLED if c.first == c.last and _is_given_name(tokens, c.first) else score


def _is_called_after(tokens: Tokens, c: Span) -> bool:
    """Recognise a ship or a unit with the name of a place: "the frigate Aleppo", "the Golani brigade"."""
    words = tokens.words
    ship = c.first > 0 and tokens.gaps[c.first] == " " and words[c.first - 1].lower in _VESSELS
    unit = c.last + 1 < len(words) and tokens.gaps[c.last + 1] == " " and words[c.last + 1].lower in _UNITS
    return ship or (unit and c.name.demonym is None)


def _is_called_village(tokens: Tokens, c: Span) -> bool:
    """Recognise an unknown name as a place by its words: "near Tamboul", "the village of Tungu", "Wad Nora village"."""
    words, before = tokens.words, tokens.words[c.first - 1].lower if c.first else ""
    beside = before in _BESIDE and tokens.gaps[c.first] == " " and not words[c.first].given
    of = before == "of" and c.first > 1 and words[c.first - 2].lower in _VILLAGES
    behind = c.last + 1 < len(words) and words[c.last + 1].lower in _VILLAGES and tokens.gaps[c.last + 1] == " "
    return (beside or of or behind) and all(word.shape == "C" for word in words[c.first : c.last + 1 : 2])


def _is_owned(tokens: Tokens, c: Span) -> bool:
    """Recognise a place behind the country that owns it: "Egypt's Sinai", "Ukraine's Donbas"."""
    owner = tokens.words[c.first - 1] if c.first else None
    if owner is None or not owner.cut or tokens.gaps[c.first] != " " or not owner.starts:
        return False
    land = name_table()[owner.key].rows[:1]
    rows = c.name.rows
    following = tokens.words[c.last + 1] if c.last + 1 < len(tokens.words) else None
    alone = following is None or following.shape not in "CU" or tokens.gaps[c.last + 1] != " "
    return alone and bool(land and rows) and land[0].kind == "country" and rows[0].country_code == land[0].country_code


def _is_given_name(tokens: Tokens, i: int) -> bool:
    """Recognise the given name of a person by the surname behind it, where nothing before it places anything."""
    words = tokens.words
    if i + 1 >= len(words) or tokens.gaps[i + 1] != " " or words[i].given < _GIVEN or words[i].cut:
        return False
    following, before = words[i + 1], words[i - 1] if i else None
    named = following.shape == "C" and following.surname >= _GIVEN and not following.nouns
    people = following.starts and name_table()[following.key].demonym is not None
    placed = before is not None and "locative" in before.roles
    return named and following.roles <= _SURNAME_ROLES and not people and not placed


def _prefer_whole_names(scored: list[tuple[float, Span]]) -> list[tuple[float, Span]]:
    """Let a known name win over what stands inside it: "Baghdad International Airport" over "Baghdad".

    A known name of three words or more hardly ever stands in a text by chance.
    """
    preferred = []
    by_start = sorted(scored, key=lambda pair: pair[1].first)
    firsts = [c.first for _, c in by_start]
    for score, c in scored:
        if c.source == "name" and c.last > c.first:
            own = max(score, _LONG_NAME_SCORE) if c.last - c.first + 1 >= _LONG_NAME else score
            begun = by_start[bisect_left(firsts, c.first) : bisect_right(firsts, c.last)]
            inside = [other for other, d in begun if d.last <= c.last and d is not c]
            best = max(inside, default=own)
            preferred.append((best + _AHEAD if 0 < own <= best else own, c))
        else:
            preferred.append((score, c))
    return preferred


def best_apart(scored: Iterable[tuple[float, Span]]) -> list[tuple[float, Span]]:
    """Keep the likely candidates; where several overlap, the likeliest."""
    likely = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    taken: set[int] = set()
    kept = []
    for score, candidate in likely:
        span = range(candidate.first, candidate.last + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append((score, candidate))
    kept.sort(key=lambda pair: pair[1].first)
    return kept


def document_flags(tokens: Tokens, candidates: list[Span]) -> list[int]:
    """Gather for each candidate what the rest of the report says about it, as bits of DOCUMENT_FLAGS."""
    words, gaps = tokens.words, tokens.gaps
    by_key: dict[str, int] = {}
    countries = _countries(candidates)
    persons = set() if tokens.flat else _person_words(tokens)
    for c in candidates:
        key = c.name.key
        local = _local_flags(words, gaps, c)
        by_key[key] = by_key[key] | local | _AGAIN if key in by_key else local
    flags, last = [], -1
    for n, c in enumerate(candidates):
        flag = by_key[c.name.key]
        if rows := c.name.rows:
            if rows[0].country_code in countries:
                flag |= _COUNTRY
            elif len(rows) > 1 and any(map(countries.__contains__, map(_CODE, rows))):
                flag |= _COUNTRY_OFTEN
        if words[c.last].lower in persons:
            flag |= _PERSON_WORD
        if c.last <= last:
            flag |= _INSIDE
        if n + 1 < len(candidates) and candidates[n + 1].first <= c.last:
            flag |= _COVERS
        last = max(last, c.last)
        flags.append(flag)
    return flags


def _local_flags(words: list[Word], gaps: list[str], c: Span) -> int:
    """Say what one mention shows about all mentions of its name."""
    flag = 0
    if c.first:
        before, gap = words[c.first - 1], gaps[c.first]
        if GAPS[gap] in {"space", "stop"}:
            if before.lower in _PLACING:
                flag |= _FLAG["placed"]
            if "title" in before.roles and before.shape != "l":
                flag |= _FLAG["titled"]
            if before.given >= _GIVEN and before.shape != "l":
                flag |= _FLAG["given-before"]
            if gap == " " and before.shape == "C" and not before.starts and not before.roles and not before.nouns:
                flag |= _FLAG["after-name"]
    if c.last + 1 < len(words) and GAPS[gaps[c.last + 1]] in {"comma", "open"} and words[c.last + 1].starts:
        flag |= _FLAG["contained"]
    return flag


def _countries(candidates: list[Span]) -> set[str]:
    """Gather the countries that a report names, by themselves, their people, or a well-known place."""
    found = set()
    for c in candidates:
        if c.name.demonym:
            found.add(c.name.demonym.country_code)
        elif c.name.rows and c.name.rows[0].prominence >= _WELL_KNOWN:
            found.add(c.name.rows[0].country_code)
    found.discard("")
    return found


def _person_words(tokens: Tokens) -> set[str]:
    """Gather the words that follow a title or a given name somewhere: "Mr Paris" makes "Paris" a person."""
    words, gaps, found = tokens.words, tokens.gaps, set()
    for i in range(len(words) - 1):
        word, following = words[i], words[i + 1]
        if following.shape not in "CU" or word.shape not in "CU" or gaps[i + 1] not in {" ", ". "}:
            continue
        if (word.given >= _GIVEN and gaps[i + 1] == " ") or "title" in word.roles:
            found.add(following.lower)
            if i + 2 < len(words) and words[i + 2].shape in "CU" and gaps[i + 2] in {" ", ". "} and not following.cut:
                found.add(words[i + 2].lower)
    return found
