"""Look up the nouns for people, bodies and things in the tables; professions also by their endings."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.entities.national_forces import nationalities
from geo.memo import Memo
from geo.tables import demonyms, further_nouns, people, targets

# Callings are known by how they end: radiologist, neurosurgeon.
_ENDINGS: Final = ("ologist", "iatrist", "iatrician", "surgeon", "therapist", "worker", "teacher", "woman", "keeper")
_PLURAL_ENDINGS: Final = ("women", *(f"{ending}s" for ending in _ENDINGS))
_ALL_ENDINGS: Final = _ENDINGS + _PLURAL_ENDINGS


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of the tables."""

    sort: str
    kind: str
    plural: bool


_CALLING: Final = Noun("people", "civilian", plural=False)
_CALLINGS: Final = Noun("people", "civilian", plural=True)
NATIONALITY: Final = Noun("", "", plural=False)  # for a person or not, depending on the words beside it
AGED: Final = Noun("people", "civilian", plural=False)  # after "16-year-", a person
_AGED_FORMS: Final = {"old": AGED, "olds": Noun("people", "civilian", plural=True)}


@cache
def nouns() -> dict[str, Noun]:
    """Read the tables of nouns: form -> what it means."""
    forms: dict[str, Noun] = {}
    for row in targets():
        forms[row.noun] = Noun("thing", row.kind, plural=False)
        forms[row.plural] = Noun("thing", row.kind, plural=row.noun != row.plural)
    for row in people():
        if row.plural:
            forms[row.plural] = Noun(row.sort, row.kind, plural=True)
        if row.noun:
            forms[row.noun] = Noun(row.sort, row.kind, plural=False)
    for row in further_nouns():
        forms.setdefault(row.noun, Noun(row.sort, row.kind, plural=False))
        forms.setdefault(row.plural, Noun(row.sort, row.kind, plural=row.sort != "body"))
    for nation in demonyms():
        if nation.is_people:
            forms.setdefault(nation.word.lower(), Noun("people", "civilian", plural=nation.word.endswith(("s", "ese"))))
    return forms


def sense(word: str) -> Noun | None:
    """Know a noun by the tables, or a calling by its ending."""
    noun = nouns().get(word) or _AGED_FORMS.get(word)
    if noun is None and word in nationalities():
        return NATIONALITY
    if noun is None and word.endswith(_ALL_ENDINGS):
        return _CALLINGS if word.endswith(_PLURAL_ENDINGS) else _CALLING
    return noun


SENSES: Final = Memo(sense)
