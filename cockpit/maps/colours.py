"""Colours for deck.gl, from the theme's tokens."""

from collections.abc import Sequence

from cockpit import theme

Colour = list[int]
RAMP = theme.SEQUENTIAL[1:8]  # dark enough for white text on its brightest step


def rgba(token: str, alpha: int = 255) -> Colour:
    """'#22d3ee' -> [34, 211, 238, alpha]."""
    return [int(token[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]


def ramp(share: float, steps: Sequence[str] = RAMP, alpha: int = 235) -> Colour:
    """The colour at a share 0..1 of the ramp."""
    return rgba(steps[min(int(share * len(steps)), len(steps) - 1)], alpha)


def shares(values: Sequence[float | None]) -> list[float | None]:
    """Each value's place between the lowest (0) and the highest (1); all equal stand in the middle."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    width = high - low
    return [None if v is None else (v - low) / width if width else 0.5 for v in values]
