"""Place a facility by the place that it is named after: "Lashio General Hospital" stands in Lashio.

This is a last resort, for reports that name no other place; the facility may stand elsewhere in the place that
lent its name, so it is placed no better than there.
"""

from collections.abc import Iterable
from typing import Final

from geo.extraction.annotations import AnnotatedReport, within
from geo.extraction.entities.actors import ActorMention
from geo.extraction.entities.nouns import nouns
from geo.extraction.language.sentences import Sentence
from geo.extraction.spatial.place_country import location_of
from geo.gazetteer import Place, open_gazetteer
from geo.geoparsing import Location
from geo.tables import word_classes

_KINDS: Final = frozenset({"health", "education", "religion", "government", "security", "aid", "business"})
_LONGEST: Final = 3  # words of a place's name
_SHORTEST: Final = 4  # letters; shorter names are mostly abbreviations
_KNOWN_ENOUGH: Final = 50_000  # inhabitants without which a name counts only in the report's country
_COMMON: Final = 3.0  # how common a word may be in English (Zipf's scale) and still name a place by itself


def find_facility_place(
    annotated: AnnotatedReport, sentences: Iterable[Sentence], country_code: str | None
) -> Location | None:
    """Find the place that a facility of these sentences is named after; None when there is none.

    Args:
        annotated: The report.
        sentences: Where to look, the likeliest first.
        country_code: The country that the place must lie in, when it is known.
    """
    for sentence in sentences:
        for actor in within(annotated.actors, sentence.start, sentence.end):
            if actor.kind == "facility" and actor.noun_kind in _KINDS:
                place = _place(annotated, actor, country_code)
                if place is not None:
                    return location_of(annotated, place, (actor.start, actor.end, actor.text))
    return None


def _place(annotated: AnnotatedReport, actor: ActorMention, country_code: str | None) -> Place | None:
    words = annotated.words
    first, stop = actor.first, actor.stop
    for size in range(_LONGEST, 0, -1):
        for at in range(first, stop - size + 1):
            tokens = words.words[at : at + size]
            if any(
                word in word_classes()["facility_word"] or word in nouns() or not word[0].isalpha()
                for word in (tokens[0], tokens[-1])
            ):
                continue
            text = words.span(at, at + size)
            if not text[0].isupper() or len(text) < _SHORTEST:
                continue
            place = _named(text, country_code)
            if place is not None:
                return place
    return None


def _named(name: str, country_code: str | None) -> Place | None:
    """Take the best known town or division of a name: in the country, else a great one, or one of a single country."""
    places = [place for place in open_gazetteer().find(name) if place.kind in {"settlement", "admin"}]
    if country_code is not None:
        return next((place for place in places if place.country_code == country_code), None)
    if len({place.country_code for place in places}) == 1 and open_gazetteer().zipf(name.lower()) < _COMMON:
        return places[0]
    return next((place for place in places if (place.population or 0) >= _KNOWN_ENOUGH), None)
