"""Find the incidents that reports describe."""

from geo.extraction.pipeline import LEAST_CONFIDENCE, extract_report

__all__ = ["LEAST_CONFIDENCE", "extract_report"]
