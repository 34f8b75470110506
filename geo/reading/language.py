"""Return whether a report is in the language that `geo` reads."""

import re
from functools import cache
from typing import Any

# Function words that nearly every English sentence has some of, and other languages have not.
_ENGLISH = frozenset(
    "the of and to in that was were for on with is as by at from it has had have be been said after who their his "
    "which an are or not this they".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000  # characters; the head of a report shows its language
_FEWEST = 12  # words below which nothing can be said
_ENGLISH_SHARE = 0.12  # English prose has 0.3 to 0.45 of these words, headlines about 0.1, other languages below 0.05
_SURE = 0.9
_SURELY_ENOUGH, _SURELY_ENGLISH = 30, 0.2


def is_english(text: str) -> bool:
    """Return whether a text is surely English, whatever its page says: templates are in the language of the site."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    return len(words) >= _SURELY_ENOUGH and sum(word in _ENGLISH for word in words) >= _SURELY_ENGLISH * len(words)


def foreign_language(text: str) -> str | None:
    """Name the language (ISO 639-1) of a text that is surely not English, else None."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) < _FEWEST or sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return None
    code, probability = _identifier().classify(text[:_SAMPLE].lower())
    return None if code == "en" or probability < _SURE else str(code)


@cache
def _identifier() -> Any:
    """Load the model only when a text looks foreign: it takes 0.3 s."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
