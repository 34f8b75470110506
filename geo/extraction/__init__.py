"""Find the incidents that reports tell of."""

from geo.extraction.pipeline import extract_report

__all__ = ["extract_report"]
