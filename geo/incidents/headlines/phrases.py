"""Write noun phrases of English reports in another language: "Palestinian police officers", "members of the army".

A phrase is a noun of data/page/noun_labels.csv with words of data/page/adjective_labels.csv before it, perhaps with a
name behind it ("President Trump"), or two such phrases with "of" or "and". A phrase of which a word is not known is
left in English as a whole: half of it in each language could not be read.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeVar

from geo.resources import read_table
from geo.tables import demonyms, words_with_role

LONGEST_NOUN: Final = 3  # words
LONGEST_ADJECTIVE: Final = 2
LANGUAGES: Final = ("es", "fr", "ar")  # in the order of `gender` of data/page/noun_labels.csv
NAME: Final = re.compile(r"[A-Z\u00c0-\u00de][\w.'\u2019-]*|al-\w+|(?:bin|ben|de|del|la|van|von|el)")
OF: Final = {"es": "{whole} de {part}", "fr": "{whole} de {part}", "ar": "{whole} من {part}"}
# What makes an indefinite phrase definite.
ARTICLES: Final = {
    "es": (("una ", "la "), ("un ", "el ")),
    "fr": (("une ", "la "), ("un ", "le "), ("des ", "les ")),
}
ELIDED: Final = re.compile(r"^(?:le|la) (?=[aeiouyàâéèêîôœAEIOUÉÈ]|h(?:omme|ab|um|ôt|ôp|él))")
PLURAL: Final = re.compile(r"(?:los|las|les|des) ")
BEFORE: Final = "~"  # at the end of an adjective that stands before its noun
ARTICLE: Final = re.compile(r"(?:(un|una|el|la|los|las) )?(.*)")
SINGULAR: Final = re.compile(r"(?:el|la|le|un|una|une) |l\u2019")


class NounLabel(NamedTuple):
    """What another language calls a noun of an English report."""

    phrase: str  # with its article
    feminine: bool
    plural: bool
    person: bool


Found = TypeVar("Found")
Known = Callable[[str], str | None]


@cache
def nouns(lang: str) -> dict[str, NounLabel]:
    """Read data/page/noun_labels.csv by English form, singular and plural."""
    found = {}
    for row in read_table("page/noun_labels.csv"):
        feminine = row["gender"][LANGUAGES.index(lang)] == "f"
        for form, column, plural in (("plural", f"{lang}_plural", True), ("noun", lang, False)):
            if row[form]:
                many = bool(PLURAL.match(row[column])) or (plural and not SINGULAR.match(row[column]))
                found[row[form]] = NounLabel(row[column], feminine, many, row["sort"] == "person")
    return found


@cache
def adjectives(lang: str) -> dict[str, tuple[str, ...]]:
    """Read data/page/adjective_labels.csv: masculine, feminine, masculine plural, feminine plural."""
    rows = read_table("page/adjective_labels.csv")
    return {row["adjective"]: _four(row[lang]) for row in rows}


def _four(cell: str) -> tuple[str, ...]:
    forms = tuple(form.strip() for form in cell.split(";"))
    return forms if len(forms) > 1 else forms * 4


@cache
def peoples() -> dict[str, tuple[str, bool]]:
    """Give for words such as "Iraqis" and "Iraqi" the adjective they go with, and whether they are many."""
    adjective_of: dict[str, str] = {}
    for row in demonyms():
        if row.country_code and row.word in adjectives("es"):
            adjective_of.setdefault(row.country_code, row.word)
    known = [row for row in demonyms() if row.country_code in adjective_of]
    return {row.word: (adjective_of[row.country_code], row.is_people) for row in known}


def phrase_label(text: str, lang: str, known: Known, joins: dict[str, str]) -> str | None:
    """Write a phrase in a language; None where a word of it is not known.

    Args:
        text: In English.
        lang: `es`, `fr` or `ar`.
        known: Gives the label of a name that has one.
        joins: Template `two` of the part `list` of data/page/headlines.csv.
    """
    first, joined, second = text.partition(" and ")
    if joined:
        both = [phrase_label(part, lang, known, joins) for part in (first, second)]
        return joins["two"].format(first=both[0], second=both[1]) if all(both) else None
    whole, joined, part = text.partition(" of ")
    if joined and (label := _simple(whole, lang, known)):
        inner = known(part.removeprefix("the ")) or phrase_label(part, lang, known, joins)
        # In Arabic nothing is "of" a body that is named already.
        if inner and not (lang == "ar" and _is_definite(label)):
            return OF[lang].format(whole=label, part=inner)
    return _simple(text, lang, known)


def _simple(text: str, lang: str, known: Known) -> str | None:
    bare = re.sub(r"^[Tt]he ", "", text)
    words = bare.split(" ")
    if label := _noun_phrase(words, lang, with_article=bare != text):
        return label
    people = _people(words, lang)
    if people is None:
        return _titled(words, lang) or _at_place(words, lang, known)
    return definite(people, lang) if bare != text else people


def _noun_phrase(words: Sequence[str], lang: str, *, with_article: bool) -> str | None:
    """Write adjectives and a noun, which "the" makes definite."""
    for length in range(min(LONGEST_NOUN, len(words)), 0, -1):
        before, last = words[:-length], " ".join(words[-length:])
        noun = _looked_up(words[-length:], nouns(lang))
        if noun is None or (before and last[0].isupper() and noun.person and not noun.plural):
            continue  # "National Guard" is a body, no guard
        described = _described(before, lang)
        if described is not None:
            whole = noun._replace(phrase=definite(noun.phrase, lang)) if with_article else noun
            return _with_adjectives(whole, described, lang)
    return None


def _described(words: Sequence[str], lang: str) -> list[tuple[str, ...]] | None:
    """Look adjectives up, the last first, as they follow the noun."""
    found: list[tuple[str, ...]] = []
    left = list(words)
    while left:
        for length in range(min(LONGEST_ADJECTIVE, len(left)), 0, -1):
            forms = _looked_up(left[-length:], adjectives(lang))
            if forms:
                found.append(forms)
                del left[-length:]
                break
        else:
            return None
    return found


def _with_adjectives(noun: NounLabel, described: Sequence[tuple[str, ...]], lang: str) -> str:
    form = (2 if noun.plural else 0) + (1 if noun.feminine else 0)
    if lang == "ar" and noun.plural:  # things in the plural go with the feminine singular
        form = (3 if noun.feminine else 2) if noun.person else 1
    words = [forms[form] for forms in described]
    if lang == "ar" and _is_definite(noun.phrase):
        words = [_definite_adjective(word) for word in words]
    before = [word.removesuffix(BEFORE) for word in words if word.endswith(BEFORE)]
    words = [word for word in words if not word.endswith(BEFORE)]
    article, bare = ARTICLE.fullmatch(noun.phrase).groups()  # type: ignore[union-attr]  # it matches every text
    phrase = " ".join(filter(None, [article, *before, bare]))
    return " ".join([phrase, *sorted(words, key=_names_somebody)])


def _names_somebody(words: str) -> bool:
    """Say whether an adjective is in other languages of whom something is: such stand behind the others."""
    return words.startswith("من ") or any(map(str.isupper, words))


def _is_definite(arabic: str) -> bool:
    return any(word.startswith("ال") for word in arabic.split(" "))


def _people(words: Sequence[str], lang: str) -> str | None:
    """Write who is called by a country alone: "Iraqis", "armed Palestinians"."""
    *before, last = words
    described = _described(before, lang)
    if last not in peoples() or described is None:
        return None
    adjective, many = peoples()[last]
    masculine = adjectives(lang)[adjective][2 if many else 0]
    if lang == "fr":
        masculine = f"{'des' if many else 'un'} {masculine[:1].upper()}{masculine[1:]}"
    elif lang == "es" and not many:
        masculine = f"un {masculine}"
    return _with_adjectives(NounLabel(masculine, feminine=False, plural=many, person=True), described, lang)


def _titled(words: Sequence[str], lang: str) -> str | None:
    """Write a person with a title: "President Trump", "Iranian General Qassem Soleimani"."""
    for at in range(len(words) - 1, 0, -1):
        title, name = words[:at], words[at:]
        if words_with_role("title").isdisjoint(map(str.lower, title)) or not all(map(NAME.fullmatch, name)):
            continue
        if not words_with_role("title").isdisjoint(map(str.lower, name)):
            return None  # "UN Deputy Spokesman Farhan Haq" is no deputy
        for length in range(min(LONGEST_NOUN, at), 0, -1):
            noun = _looked_up(title[-length:], nouns(lang))
            described = _described(title[:-length], lang)
            if noun and noun.person and not noun.plural and described is not None:
                whole = noun._replace(phrase=definite(noun.phrase, lang))
                return " ".join([_with_adjectives(whole, described, lang), *name])
    return None


def _looked_up(words: Sequence[str], table: Mapping[str, Found]) -> Found | None:
    text = " ".join(words)
    return table.get(text) or table.get(text.lower())


def _at_place(words: Sequence[str], lang: str, known: Known) -> str | None:
    """Write what is called by its town: "Baghdad airport"."""
    *before, last = words
    place, noun = known(" ".join(before)) if before else None, nouns(lang).get(last.lower())
    if place is None or noun is None or noun.person or noun.plural:
        return None
    whole = definite(noun.phrase, lang) if lang != "ar" else noun.phrase
    return f"{whole} {place}" if lang == "ar" else f"{whole} de {place}"


def definite(phrase: str, lang: str) -> str:
    """Give a phrase the definite article: "un hôpital" becomes "l'hôpital" with its apostrophe."""
    if lang == "ar":
        return phrase if _is_definite(phrase) else _definite_arabic(phrase)
    for indefinite, article in ARTICLES[lang]:
        if phrase.startswith(indefinite):
            phrase = article + phrase.removeprefix(indefinite)
            break
    return ELIDED.sub("l\u2019", phrase) if lang == "fr" else phrase


def _definite_arabic(phrase: str) -> str:
    """Put the article before a noun and what agrees with it; of two nouns in a row the last has it."""
    *before, last = phrase.split(" ")
    if last.startswith(("لل", "في", "ال")):
        return phrase
    feminine = bool(before) and before[0].endswith(("ة", "ات"))
    if before and last.endswith("ية" if feminine else "ي"):
        before = [f"ال{word}" for word in before]
    return " ".join([*before, f"ال{last}"])


def _definite_adjective(word: str) -> str:
    first, *others = word.split(" ")
    if first.startswith("لل") or first in {"في", "من"}:
        return word
    return " ".join([f"ال{first}", *(f"ال{other}" if other.endswith(("ي", "ية")) else other for other in others)])
