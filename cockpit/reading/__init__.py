"""Readings: every figure with its comparisons, its target and its rank."""

from cockpit.reading.reading import LAMP_WORDS, Lamp, Reading

__all__ = ["LAMP_WORDS", "Lamp", "Reading"]
