"""The handbook: what every figure means, and what this version was counted from."""

from cockpit.handbook.definitions import by_theme, facts, markdown, protected
from cockpit.handbook.state import counts, freshness, inputs, rejections, reports

__all__ = [
    "by_theme",
    "counts",
    "facts",
    "freshness",
    "inputs",
    "markdown",
    "protected",
    "rejections",
    "reports",
]
