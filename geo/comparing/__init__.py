"""Hold two tables of the same events against each other: what both have, where they contradict, what one misses."""

from geo.comparing.comparison import Comparison, compare
from geo.comparing.writing import save_comparison

__all__ = ["Comparison", "compare", "save_comparison"]
