"""Say of every word what it is in a sentence, as far as cutting sentences needs it.

No grammar is parsed: English news cuts well at its little words, and these are few and
stand in a table.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from geo.extraction.language.inflection import inflect
from geo.extraction.language.tokens import Words
from geo.memo import Memo
from geo.tables import word_class, word_classes

# One letter per class, in the order in which a word of several classes is taken.
_LETTERS: Final = (
    ("determiner", "D"),
    ("auxiliary", "A"),
    ("pronoun", "N"),
    ("subordinator", "S"),
    ("conjunction", "C"),
    ("preposition", "P"),
    ("adverb", "R"),
    ("negation", "R"),
    ("reporting", "V"),
    ("motion", "V"),
    ("light", "V"),
    ("verb_form", "V"),
)
_UNSETTLED: Final = re.compile(
    r"(?<=[NP])n|(?<=AR)n|(?<=SR)S|(?<=-)V|(?<=n)\.|-|D(?=[PR.,CSn#])|P(?=[#nDR-])|(?<=-)P|(?<=n)V(?=V)|(?<=Dn)V|(?<=D)V"
)
_DO: Final = frozenset({"do", "does", "did"})
_ONE: Final = frozenset({"a", "an"})
_BEFORE_NOUNS: Final = frozenset({"the", "a", "an", "his", "their", "its"})
_OBJECTS: Final = word_class("object_pronoun") - {"it"}
_NOT_ADVERBS: Final = word_class("no_adverb")
ABBREVIATIONS: Final = word_class("abbreviation")
_MARKS: Final = {"-": "-", "'s": "'", "[": "[", "]": "]", "(": "[", ")": "]", '"': '"', "'": "'"}


@cache
def _letter_of() -> dict[str, str]:
    letters: dict[str, str] = {}
    classes = word_classes()
    for name, letter in _LETTERS:
        for word in classes[name]:
            letters.setdefault(word, letter)
    # Verbs whose bare form is a noun too ("charge") count only with -ed.
    for verb in classes["verb"] | classes["verb_past_only"]:
        for form, kind in inflect(verb).items():
            if kind == "past" or verb in classes["verb"]:
                letters.setdefault(form, "V")
    return letters


def tag_words(words: Words) -> str:
    """Give one letter per word.

    D determiner, A auxiliary, N pronoun, S subordinator, C conjunction, P preposition, R adverb,
    V verb, # number, n anything else; marks: "." for all that cuts, "," "-" "'" '"' "[" "]".
    """
    tags = "".join(map(_TAGS.__getitem__, words.words))
    return _settle(words, tags)


def _settle(words: Words, tags: str) -> str:
    """Settle words by what stands before them: "they report", "to march", "as well as"."""
    changed = list(tags)
    for found in _UNSETTLED.finditer(tags):
        i = found.end() - 1
        if tags[i] == "S":
            if words.words[i - 2 : i + 1] == ["as", "well", "as"]:
                changed[i - 2 : i + 1] = "CCC"
        else:
            changed[i] = _settled(words, tags, i)
    return "".join(changed)


def _settled(words: Words, tags: str, i: int) -> str:
    """Return the letter of one word in doubt."""
    before, word, tag = words.get(i - 1), words.words[i], tags[i]
    if tag == "P":  # "about 200 people", "over a dozen"; "off-duty", "a passer-by"
        about = word in word_classes()["approximate"] and _is_number(words, tags, i + 1)
        return "n" if _is_compound(words, tags, i) else "R" if about else tag
    if tag == "-":
        dash = i > 0 and (words.starts[i] > words.ends[i - 1] or tags[i - 1] == "-")
        return "." if dash else tag
    if tag == "D":  # "shot her three times"
        return "N" if word == "her" and (tags[i + 1] != "n" or words.words[i + 1] in word_classes()["count"]) else tag
    if tag == ".":  # "Gen. Suleimani" is one phrase
        return "-" if word == "." and before in ABBREVIATIONS else tag
    if tag == "V":  # "foreign-owned", "a war monitor said", "a bus stop", "a building that was burned"
        bare = words.get(i - 2) in _ONE or before in _BEFORE_NOUNS  # "a bus stop", "shot the suspect dead"
        singular = bare and word in _bare()
        gerund = tags[i - 1] == "D" and word.endswith("ing") and tags[i + 1 : i + 2] != "n"
        return "n" if tags[i - 1] == "-" or singular or gerund or _is_speaker(words, tags, i) else tag
    subject = tags[i - 1] == "N" and before not in _OBJECTS  # "they report", not "most of them girls"
    denied = before == "not" and words.get(i - 2) in _DO  # "does not show migrants"
    return "V" if subject or denied or (before == "to" and word in _bases()) else tag


def _is_speaker(words: Words, tags: str, i: int) -> bool:
    """Return whether what may be a verb ends the subject of "said": "a war monitor said"."""
    bare = not words.words[i].endswith(("ed", "ing"))
    return bare and words.get(i + 1) in word_classes()["speaking"] and tags[:i].rstrip("n'-").endswith("D")


def _is_compound(words: Words, tags: str, i: int) -> bool:
    """Return whether a preposition is part of a word with a hyphen in it."""
    if tags[i + 1 : i + 3] == "-n" and words.words[i + 1] == "-":
        return words.ends[i] == words.starts[i + 1] and words.ends[i + 1] == words.starts[i + 2]
    if i > 1 and tags[i - 2 : i] == "n-" and words.words[i - 1] == "-":
        return words.ends[i - 2] == words.starts[i - 1] and words.ends[i - 1] == words.starts[i]
    return False


def _is_number(words: Words, tags: str, i: int) -> bool:
    """Return whether a number begins at a word: "200", "a dozen", "at least ten"."""
    at = i + (tags[i : i + 1] == "D")
    return tags[at : at + 1] == "#" or words.get(at) in word_classes()["count"]


@cache
def _bare() -> frozenset[str]:
    """Give the verbs whose bare form is no past form too: no single "bus stop" is a bus that does so."""
    verbs = word_classes()["verb"] | word_classes()["verb_past_only"]
    return frozenset(verb for verb in verbs if inflect(verb).get(verb) != "past")


@cache
def _bases() -> frozenset[str]:
    return word_classes()["verb_past_only"]


def _tag_of(word: str) -> str:
    if letter := _letter_of().get(word):
        return letter
    if word[0].isdigit():
        return "#"
    if word[0].isalpha():
        return "R" if word.endswith("ly") and word not in _NOT_ADVERBS else "n"
    if word == ",":
        return ","
    return _MARKS.get(word, ".")


_TAGS: Final = Memo(_tag_of)


def any_in(words: Iterable[str], name: str) -> bool:
    """Return whether one of the words is of the class `name`."""
    return not word_classes()[name].isdisjoint(words)
