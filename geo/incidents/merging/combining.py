"""Make one incident of several accounts of it: the finest place, the tightest days, the whole range of numbers.

Where accounts disagree over who did it, the row says so: it is alleged or denied, with all
who say so.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from geo.incident import Incident
from geo.incidents.merging.actor_identity import identity, relation
from geo.vocabulary import EVENT_TYPE_OF, GEO_PRECISIONS, STATUSES, SUB_EVENT_TYPES

PLACE_FIELDS = (
    "place_name",
    "place_id",
    "place_text",
    "country",
    "country_code",
    "admin1",
    "geo_precision",
    "uncertainty_m",
    "lon",
    "lat",
)


def combine(accounts: Sequence[Incident]) -> Incident:
    """Make one incident of all accounts of it.

    Args:
        accounts: One or more, in any order; the result does not depend on it.

    Returns:
        The merged incident. Its id is the first of theirs, so that a further report changes
        it seldom and the order of reports never.
    """
    accounts = sorted(accounts, key=lambda account: account.incident_id)
    if len(accounts) == 1:
        return accounts[0]
    sub_type = _weightiest(accounts, lambda a: a.sub_event_type, SUB_EVENT_TYPES.index)
    return replace(
        _finest(accounts),
        incident_id=accounts[0].incident_id,
        report_ids=tuple(sorted({report for a in accounts for report in a.report_ids})),
        event_type=EVENT_TYPE_OF[sub_type],
        sub_event_type=sub_type,
        **_days(accounts),
        actor1=_actor([a.actor1 for a in accounts]),
        actor2=_actor([a.actor2 for a in accounts]),
        **_range(accounts, "killed"),
        **_range(accounts, "wounded"),
        event_count_min=min((a.event_count_min for a in accounts if a.event_count_min is not None), default=None),
        weapon=_joined((a.weapon for a in accounts), " / "),
        status=_status(accounts),
        attribution=_joined((a.attribution for a in accounts), "; "),
        in_response_to=tuple(sorted({target for a in accounts for target in a.in_response_to})),
        evidence=tuple(sorted({e for a in accounts for e in a.evidence}, key=lambda e: (e.report_id, e.start, e.end))),
        confidence=max(a.confidence for a in accounts),
    )


def _weightiest(accounts: Sequence[Incident], of: Callable[[Incident], Any], rank: Callable[[Any], Any]) -> Any:
    """Take what the accounts that geo is surest of say; of equals the first in rank."""
    weights: dict[Any, float] = defaultdict(float)
    for account in accounts:
        weights[of(account)] += account.confidence
    return min(weights, key=lambda value: (-round(weights[value], 9), rank(value)))


def _finest(accounts: Sequence[Incident]) -> Incident:
    """Find the account whose place has the smallest circle; one without a point comes last."""

    def coarseness(account: Incident) -> tuple[bool, float, int, str]:
        radius_m = account.uncertainty_m if account.uncertainty_m is not None else float("inf")
        precision = GEO_PRECISIONS.index(account.geo_precision)
        return account.lon is None, radius_m, precision, account.incident_id

    best = min(accounts, key=coarseness)
    return replace(accounts[0], **{name: getattr(best, name) for name in PLACE_FIELDS})


def _days(accounts: Sequence[Incident]) -> dict[str, Any]:
    """Narrow the days down to those that all accounts allow.

    Accounts a day apart (a night, a time zone) leave both days open.
    """
    dated = [a for a in accounts if a.date_start or a.date_end]
    if not dated:
        return {}
    begin = max(a.date_start or a.date_end or date.min for a in dated)
    end = min(a.date_end or a.date_start or date.max for a in dated)
    first, last = min(begin, end), max(begin, end)
    same = [a.date_precision for a in dated if (a.date_start, a.date_end) == (first, last)]
    precision = "day" if first == last else min(same, default="range")
    return {"date_start": first, "date_end": last, "date_precision": precision}


def _range(accounts: Sequence[Incident], what: str) -> dict[str, Any]:
    """Span all numbers stated; open above where "at least" so many is said and no account counts more."""
    distinct = {(getattr(a, f"{what}_min"), getattr(a, f"{what}_max"), a.actor2) for a in accounts}
    many = {victims for least, _, victims in distinct if (least or 0) > 1}
    ranges = [
        (least, most) for least, most, victims in distinct if (least, most) != (1, 1) or not _is_one_of(victims, many)
    ]
    ranges = [(least, most) for least, most in ranges if least is not None or most is not None]
    least = [low for low, _ in ranges if low is not None]
    most = [high for _, high in ranges if high is not None]
    at_least = max([low or 0 for low, high in ranges if high is None], default=-1)
    closed = bool(most) and max(most) > at_least
    return {
        f"{what}_min": min(least) if len(least) == len(ranges) and ranges else None,
        f"{what}_max": max(most) if closed else None,
    }


def _is_one_of(victim: str | None, groups: Iterable[str | None]) -> bool:
    """Return whether an account is about one victim by name, whom another counts among several.

    "The killing of General X" does not say that nobody died beside him.
    """
    return any(relation(victim, group) == "same_name" for group in groups)


def _actor(stated: Sequence[str | None]) -> str | None:
    """Name the actor as exactly as any account does; name both where they differ."""
    names = sorted({name for name in stated if name}, key=lambda name: (-_exactness(name), -len(name), name))
    kept: list[str] = []
    for name in names:
        if all(relation(name, other) == "differ" for other in kept):
            kept.append(name)
    return " / ".join(kept) or None


def _exactness(name: str) -> int:
    """Count the names and countries in the text of an actor; a name says more than a country."""
    words = identity(name)
    return 2 * len(words.names) + len(words.countries)


def _joined(texts: Iterable[str | None], separator: str) -> str | None:
    """Put distinct texts beside each other, without those that another one contains."""
    distinct = sorted({text for text in texts if text}, key=lambda text: (-len(text), text))
    kept: list[str] = []
    for text in distinct:
        if not any(text.lower() in longer.lower() for longer in kept):
            kept.append(text)
    return separator.join(sorted(kept)) or None


def _status(accounts: Sequence[Incident]) -> str:
    """Take the surest status, unless the accounts dispute the incident or its perpetrator.

    One who denies makes it denied; two who name different perpetrators make it alleged. Where only some
    name the perpetrator, theirs counts: that shells fell is reported, that the army fired them alleged.
    """
    if any(account.status == "denied" for account in accounts):
        return "denied"
    naming = [account for account in accounts if account.actor1] or accounts
    perpetrators = {account.actor1 for account in naming}
    disputed = any(relation(one, other) == "differ" for one in perpetrators for other in perpetrators)
    surest = min((account.status for account in naming), key=STATUSES.index)
    return "alleged" if disputed and STATUSES.index(surest) < STATUSES.index("alleged") else surest


def rewrite_links(merged: Sequence[tuple[Incident, Sequence[str]]]) -> list[Incident]:
    """Let links name merged incidents, and sort the incidents by day.

    Args:
        merged: Each incident with the ids that were merged into it.
    """
    home = {member: incident.incident_id for incident, members in merged for member in members}
    return sorted((with_links(incident, home) for incident, _ in merged), key=by_day)


def with_links(incident: Incident, home: Mapping[str, str]) -> Incident:
    """Let an incident answer the merged incidents; `home` says into which one an id was merged."""
    if not incident.in_response_to:
        return incident
    targets = {home.get(target, target) for target in incident.in_response_to} - {incident.incident_id}
    return replace(incident, in_response_to=tuple(sorted(targets)))


def by_day(incident: Incident) -> tuple[date, str]:
    """Order incidents by first day, then id; those that do not say when come last."""
    return incident.date_start or incident.date_end or date.max, incident.incident_id
