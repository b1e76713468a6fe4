"""The handbook: what every figure means, and what this version was counted from."""

from cockpit.handbook.definitions import by_theme, facts, markdown, protected
from cockpit.handbook.returns import DEFINITION, ON_TIME, Return, by_district, punctuality, returns
from cockpit.handbook.state import counts, freshness, inputs, rejections, reports

__all__ = [
    "DEFINITION",
    "ON_TIME",
    "Return",
    "by_district",
    "by_theme",
    "counts",
    "facts",
    "freshness",
    "inputs",
    "markdown",
    "protected",
    "punctuality",
    "rejections",
    "reports",
    "returns",
]
