"""Readings: every figure with its comparisons, its target and its rank."""

from cockpit.pace import LAMP_WORDS, Lamp
from cockpit.reading.compose import children, readings
from cockpit.reading.reading import Reading
from cockpit.reading.tables import breakdown, series, untold

__all__ = ["LAMP_WORDS", "Lamp", "Reading", "breakdown", "children", "readings", "series", "untold"]
