"""Cut a report into sentences, whatever its casing.

Offsets are those of the text, indices those of its words. The dateline that opens a wire
report is a sentence of its own: nothing happens in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.extraction.language.tokens import Words
from geo.extraction.language.word_classes import ABBREVIATIONS

_DATELINE: Final = re.compile(
    r"\s*(?:[^.\n\[\]]|\.(?=\s?[A-Z0-9])){0,150}?(?:\s--\s|\s?[—–]\s?|\)\s?-\s|\)\s?:\s)(?:\s*\[[^\]\n]{1,300}\])*",
)
_HEADLINE: Final = re.compile(r"\s*[^\n]{3,200}[^\n.!?:;]\s*\n\s*(?=[A-Z]{3})")  # before a line that opens in capitals
_SPEAKER: Final = re.compile(r"\s*(?:\[[^\]\n]{1,200}\]\s*)+")
_CLOSERS: Final = frozenset({'"', "'", ")", "]", "''"})
LONGEST = 120  # words; a longer one is a list or a text without full stops


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class Sentence:
    """One sentence: its words and its place in the text."""

    index: int
    first: int  # index of the first word
    stop: int  # index one past the last word
    start: int  # offset of the first character
    end: int  # offset one past the last character
    paragraph: int
    is_dateline: bool = False
    is_headline: bool = False  # the text below repeats it


_HEADLINE_WORDS: Final = 25
_BODY_SENTENCES: Final = 4  # that a text must have beside a headline


def find_sentences(words: Words) -> list[Sentence]:
    """Cut the words of a text into sentences, in text order."""
    dateline = _find_dateline(words)
    sentences: list[Sentence] = []
    paragraph = 0
    first = 0
    for stop in _stops(words, dateline):
        if stop <= first:
            continue
        start, end = words.starts[first], words.ends[stop - 1]
        sentences.append(Sentence(len(sentences), first, stop, start, end, paragraph, first in dateline))
        if stop < len(words.words) and "\n" in words.text[end : words.starts[stop]]:
            paragraph += 1
        first = stop
    if _has_headline(words, sentences):
        sentences[0] = replace(sentences[0], is_headline=True)
    return sentences


def _has_headline(words: Words, sentences: Sequence[Sentence]) -> bool:
    """Return whether the first line is a headline: short, a paragraph of its own, without a full stop."""
    if len(sentences) <= _BODY_SENTENCES or sentences[0].is_dateline:
        return False
    first = sentences[0]
    short = first.stop - first.first <= _HEADLINE_WORDS
    return (
        short and sentences[1].paragraph > first.paragraph and words.words[first.stop - 1] not in {".", "!", "?", ":"}
    )


def _find_dateline(words: Words) -> range:
    """Give the words of the dateline, which opens the text or follows its headline; empty without one."""
    found = _DATELINE.match(words.text, 0, 600)
    if found:
        line = found[0]
        mention = re.search(r"\d|\(|\[", line) or line.split("-")[0].strip().isupper()
        return range(words.before(found.end()) if mention else 0)
    head = _HEADLINE.match(words.text)
    found = _DATELINE.match(words.text, head.end()) if head else None
    return range(words.before(head.end()), words.before(found.end())) if head and found else range(0)


def _stops(words: Words, dateline: range) -> list[int]:
    """List where sentences end, as word indices."""
    tokens, starts, ends, text = words.words, words.starts, words.ends, words.text
    total, head = len(tokens), dateline.stop
    stops = [stop for stop in (dateline.start, head) if stop]
    last = head
    for i in range(head, total):
        after = i + 1
        if after < total and "\n" in text[ends[i] : starts[after]]:
            cut = True
        else:
            cut = tokens[i] in ".?!;" and _ends_sentence(words, i)
        if cut or after - last >= LONGEST:
            while after < total and tokens[after] in _CLOSERS and starts[after] == ends[after - 1]:
                after += 1
            if after > last:
                stops.append(after)
                last = after
    if last < total:
        stops.append(total)
    return stops


def _ends_sentence(words: Words, i: int) -> bool:
    """Return whether the mark at `i` ends a sentence: not after "Gen." nor before a small letter."""
    tokens = words.words
    if tokens[i] == "." and i:
        before = tokens[i - 1]
        if before in ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
            return False
    if i + 1 >= len(tokens):
        return True
    following = words.text[words.starts[i + 1]]
    if words.starts[i + 1] == words.ends[i] and following not in "\"')]":
        return False
    return not following.islower()
