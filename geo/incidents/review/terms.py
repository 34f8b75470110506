"""Name the columns and terms in which a layer says what a person decided.

One model for every way of deciding: the review panel of the page, a layer edited in QGIS, a
spreadsheet. A layer with these columns is still an incident layer.
"""

from typing import Final

from geo.incidents.contract.schema import COLUMNS

REVIEWED: Final = "reviewed"  # one of VERDICTS; null where nobody decided anything
FIELDS: Final = "reviewed_fields"  # the changed columns, separated by ", "
BY: Final = "reviewed_by"
AT: Final = "reviewed_at"  # UTC, ISO 8601: "2026-03-14T09:30:00Z"
NOTE: Final = "note"
INTO: Final = "merged_into"  # incident_id of the incident that this one was found to be the same as
SHOWN: Final = (REVIEWED, FIELDS, BY, AT, NOTE)  # on maps and in layers
REVIEW_COLUMNS: Final = (*SHOWN, INTO)

CONFIRMED, REJECTED, CHANGED, ADDED, MERGED, SPLIT = (
    "confirmed", "rejected", "changed", "added", "merged", "split",
)  # fmt: skip
VERDICTS: Final = (CONFIRMED, REJECTED, CHANGED, ADDED, MERGED, SPLIT)

# What the machine knows better: where it read of an incident, and how sure it is.
OF_THE_MACHINE: Final = frozenset({"incident_id", "report_ids", "evidence", "confidence"})
DECIDABLE: Final = tuple(name for name in COLUMNS if name not in OF_THE_MACHINE)

Spans = frozenset[tuple[str, int]]  # report and offset of every sentence of evidence
