"""Decide the status of an incident (reported, claimed, alleged, denied, ...) and its source."""

from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.mentions.participants import Participant
from geo.tables import word_class
from geo.vocabulary import STATUSES

_DENYING: Final = word_class("denying")
_DENIAL_REACH: Final = 2  # sentences


def decide_status(annotated: AnnotatedReport, cluster: EventCluster) -> str:
    """Take the surest status that a mention gives; attribution and dispute stay visible.

    Returns:
        One of `geo.vocabulary.STATUSES`.
    """
    statuses = [mention.factuality.status for mention in cluster.mentions if mention.factuality.is_asserted]
    if not statuses:
        return "reported"
    status = min(statuses, key=STATUSES.index)
    if status == "reported" and "denied" in statuses:
        status = "alleged"
    attributed = [mention.attributed_status for mention in cluster.mentions if mention.attributed_status]
    if status == "reported" and _is_denied(annotated, cluster):
        return "alleged"
    return attributed[0] if status == "reported" and attributed else status


def _is_denied(annotated: AnnotatedReport, cluster: EventCluster) -> bool:
    """Return whether the sentences after an incident, in its paragraph, say that somebody denies it."""
    last = cluster.last.sentence
    after = annotated.sentences[last.index + 1 : last.index + 1 + _DENIAL_REACH]
    return any(
        sentence.paragraph == last.paragraph
        and any(word in _DENYING for word in annotated.words.words[sentence.first : sentence.stop])
        for sentence in after
    )


def choose_source(cluster: EventCluster) -> str | None:
    """Name who says so: the first source that a mention names; None when the report says it itself."""
    sources = (source for mention in cluster.mentions for source in mention.sources if _can_speak(source))
    return next((source.name or source.text for source in sources), None)


def _can_speak(source: Participant) -> bool:
    """Return whether words may name a person or a body; of words that no table knows, only names may."""
    head = source.text.split(" of ", maxsplit=1)[0].rsplit(maxsplit=1)[-1]
    return bool(source.name or source.kind or source.sort) or (head[:1].isupper() and not source.text.isupper())
