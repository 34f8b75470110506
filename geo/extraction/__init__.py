"""Find the incidents that reports describe; `pipeline` names the steps in order.

What is left out, and where: words that are no trigger (`triggers`), triggers that report no event
(`mentions.trigger_filters`), incidents below the least confidence (`pipeline.LEAST_CONFIDENCE`).
"""

from geo.extraction.pipeline import LEAST_CONFIDENCE, extract_report

__all__ = ["LEAST_CONFIDENCE", "extract_report"]
