"""Decide the status of an incident (reported, claimed, alleged, denied, ...) and its source.

What each mention says of it is read in `mentions.factuality` ("the army denied that") and `mentions.attribution`.
"""

from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.mentions.event_mentions import EventMention
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
    if status == "reported" and _is_denied(annotated, cluster):
        return "alleged"
    attributed = next((one for one in cluster.mentions if one.attributed_status), None)
    if status != "reported" or attributed is None or _is_reported_as_fact(cluster, attributed):
        return status
    return attributed.attributed_status


def _is_reported_as_fact(cluster: EventCluster, attributed: EventMention) -> bool:
    """Say whether an earlier sentence reports it as a fact: a protest is one, whatever the police are accused of."""
    return any(
        mention.sub_event_type
        and mention.sentence.index < attributed.sentence.index
        and not mention.sources
        and mention.factuality.is_asserted
        for mention in cluster.mentions
    )


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
    return next((source.name if source.name and source.name[:1].isupper() else source.text for source in sources), None)


def _can_speak(source: Participant) -> bool:
    """Return whether words may name a person or a body; of words that no table knows, only names may."""
    head = source.text.split(" of ", maxsplit=1)[0].rsplit(maxsplit=1)[-1]
    return bool(source.name or source.kind or source.sort) or (head[:1].isupper() and not source.text.isupper())
