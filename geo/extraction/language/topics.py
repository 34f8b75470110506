"""Say what a report is about, and what each of its sentences is about: sport, courts, the weather, or violence.

"Arsenal beat Tottenham" and "the film bombed" hold the words of incidents; the words around them decide.
The words of each topic stand in data/language/topics.csv.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.language.sentences import Sentence
from geo.resources import read_table
from geo.tables import word_classes

VIOLENCE: Final = "violence"  # the topic of incidents themselves
APART: Final = "something else"  # any topic that is apart from violence
_OPENING: Final = 60  # words of a report that say what it is about
# How many words of a topic say all that they can, by where they stand.
_ENOUGH_IN_SENTENCE, _ENOUGH_BESIDE, _ENOUGH_IN_OPENING, _ENOUGH_IN_TITLE = 2, 3, 5, 2
_ENOUGH_OF_REPORT: Final = 1 / 12  # of all its words
_FEW_WORDS: Final = 40  # in which one word of a topic says little
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class ReportTopics:
    """How many words of each topic a report has, and where."""

    sentences: Sequence[Mapping[str, int]]
    report: Mapping[str, float]  # share of all words
    opening: Mapping[str, int]
    title: Mapping[str, int]

    def features(self, sentence: int) -> dict[str, float]:
        """Return what the topics of a sentence, its neighbours and its report say, each from 0 to 1.

        Args:
            sentence: The index of the sentence.
        """
        beside: dict[str, int] = {}
        for index in (sentence - 1, sentence + 1):
            if 0 <= index < len(self.sentences):
                for topic, number in self.sentences[index].items():
                    beside[topic] = beside.get(topic, 0) + number
        features: dict[str, float] = {}
        for where, counts, enough in (
            ("sentence on", self.sentences[sentence], _ENOUGH_IN_SENTENCE),
            ("beside", beside, _ENOUGH_BESIDE),
            ("opening on", self.opening, _ENOUGH_IN_OPENING),
            ("title on", self.title, _ENOUGH_IN_TITLE),
            ("report on", self.report, _ENOUGH_OF_REPORT),
        ):
            values = {topic: min(1.0, number / enough) for topic, number in counts.items()}
            apart = max((value for topic, value in values.items() if topic in _apart()), default=0.0)
            features |= {f"{where} {topic}": value for topic, value in values.items()}
            if apart:  # what holds for one topic that is far from violence holds for the next
                features[f"{where} {APART}"] = apart
                features[f"{where} {APART}, not violence"] = max(0.0, apart - values.get(VIOLENCE, 0.0))
        return features


def find_topics(words: Sequence[str], sentences: Sequence[Sentence], title: str) -> ReportTopics:
    """Count the words of each topic in a report.

    Args:
        words: Of the report, lower case.
        sentences: Of the report.
        title: Its headline; may be empty.
    """
    of_sentences = [_count(words[one.first : one.stop]) for one in sentences]
    whole: dict[str, int] = {}
    for one in of_sentences:
        for topic, number in one.items():
            whole[topic] = whole.get(topic, 0) + number
    length = _FEW_WORDS + sum(map(str.isalpha, [word[:1] for word in words]))
    return ReportTopics(
        of_sentences,
        {topic: number / length for topic, number in whole.items()},
        _count(words[:_OPENING]),
        _count(_WORD.findall(title.lower())),
    )


def _count(words: Sequence[str]) -> dict[str, int]:
    topics = _topics_by_word()
    counts: dict[str, int] = {}
    for word in filter(topics.__contains__, words):
        for topic in topics[word]:
            counts[topic] = counts.get(topic, 0) + 1
    return counts


@cache
def _apart() -> frozenset[str]:
    """Read which topics seldom go with incidents."""
    return frozenset(row["topic"] for row in read_table("language/topics.csv") if row["apart"])


@cache
def _topics_by_word() -> dict[str, tuple[str, ...]]:
    """Read word -> the topics that it speaks for."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_table("language/topics.csv"):
        for word in row["words"].split():
            found[word].append(row["topic"])
    for word in word_classes()["hostile"]:
        found[word].append(VIOLENCE)
    return {word: tuple(topics) for word, topics in found.items()}
