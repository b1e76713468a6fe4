"""Does the product's font draw every character of a text? What it lacks would come out as a box."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).parent / "fonts"
FILES = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf")
ABSENT = "\U000e0fff"  # a code point no font has: drawn as the font's own box
SPARE = "−Σ"  # typst draws these from the fonts it carries


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / FILES[0], 32)


@cache
def drawn(letter: str) -> bool:
    """Whether the font has a glyph of its own for a character."""
    if letter.isspace() or letter in SPARE:
        return True
    mask, box = _font().getmask(letter), _font().getmask(ABSENT)
    return (mask.size, bytes(mask)) != (box.size, bytes(box))


def missing(texts: Iterable[str]) -> str:
    """The characters that would come out as boxes, each once, in order."""
    return "".join(sorted({letter for text in texts for letter in text if not drawn(letter)}))
