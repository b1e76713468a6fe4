"""Does the product's font draw every character of a text? What it lacks would come out as nothing."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).parent / "fonts"
FILES = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf")
SPARE = "−Σ"  # typst draws these from the fonts it carries


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / FILES[0], 32)


@cache
def drawn(letter: str) -> bool:
    """Whether the font has a glyph of its own for a character."""
    if letter.isspace() or letter in SPARE:
        return True
    return any(bytes(_font().getmask(letter)))


def missing(texts: Iterable[str]) -> str:
    """The characters that would be lost, each once, in order."""
    return "".join(sorted({letter for text in texts for letter in text if not drawn(letter)}))
