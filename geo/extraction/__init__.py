"""Find the incidents that reports tell of."""

from geo.extraction.assembling import extract_report

__all__ = ["extract_report"]
