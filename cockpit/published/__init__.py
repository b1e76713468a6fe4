"""Published figures: the numbers that public documents state, and which of them may be compared."""

from cockpit.published.comparing import Comparison, comparisons
from cockpit.published.figures import Figure, choices, figures, select

__all__ = ["Comparison", "Figure", "choices", "comparisons", "figures", "select"]
