"""Measure how well incidents of different reports are made one, and learn what an agreement is worth."""
