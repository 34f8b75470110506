"""What people decide on incidents: confirm, reject, correct, add, merge, split.

`terms` names the columns in which layers say it, `edits` finds what a person did to one; `matching` finds the incident
that a decision means, `settling` what a decision changes in it, `deciding` reads the decisions out of a layer.
`several` puts those of several reviewers together, `applying` keeps them in a new extraction, `agreement` measures
how far two reviewers agree.
"""

from geo.incidents.review.applying import Review, Reviewed, apply_review, apply_reviews
from geo.incidents.review.edits import Edits, is_as_extracted, mark_as_extracted
from geo.incidents.review.settling import settle_types, with_verdicts, without_rejected
from geo.incidents.review.terms import DECIDABLE

__all__ = [
    "DECIDABLE",
    "Edits",
    "Review",
    "Reviewed",
    "apply_review",
    "apply_reviews",
    "is_as_extracted",
    "mark_as_extracted",
    "settle_types",
    "with_verdicts",
    "without_rejected",
]
