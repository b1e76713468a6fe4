"""How much room a text takes on a slide: PowerPoint neither warns of what runs over nor moves it."""

import re
from collections.abc import Sequence
from functools import cache

from PIL import ImageFont

from report import glyphs
from report.deck.style import Box

POINTS = 72  # per inch
LINE = 1.25  # of the size: the height of a line in the office's font
MEASURED = 100
SEAMS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")
SPACE = 0.25  # of the size: what some programs put between a Chinese character and a digit


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(glyphs.FOLDER / glyphs.FILES[bold], MEASURED)


def lines(text: str, size: float, width: float, bold: bool = False) -> int:
    """Lines of a paragraph `width` inches wide. Our font's Chinese is as wide as the office's.

    A line may end up to a character early, where a number or a stop must not be parted.
    """
    taken = (_font(bold).getlength(text) / MEASURED + SPACE * len(SEAMS.findall(text))) * size
    room = width * POINTS
    return 1 if taken <= room else -int(-taken // (room - size))


def height(texts: Sequence[str], size: float, width: float, gap: float = 0, bold: bool = False) -> float:
    """Inches that paragraphs take; `gap` points after each."""
    return sum(lines(text, size, width, bold) * size * LINE + gap for text in texts) / POINTS


def largest(
    texts: Sequence[str], box: Box, sizes: Sequence[float], gap: float = 0, bold: bool = False
) -> float | None:
    """The first of these sizes at which the texts fit the box; None where not even the last does."""
    return next((s for s in sizes if height(texts, s, box.width, gap, bold) <= box.height), None)


def leading(texts: Sequence[str], box: Box, size: float, gap: float = 0) -> int:
    """How many of the texts, from the first, fit the box."""
    return max(n for n in range(len(texts) + 1) if height(texts[:n], size, box.width, gap) <= box.height)
