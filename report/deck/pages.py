"""A slide with its title and marks, and texts that are written only where they fit."""

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page

from report import Refused, sentences
from report.deck import fit, style
from report.deck.style import Box, text
from report.story import Story

NOTE = Box(0.4, 6.68, 12.5, 0.42)
TITLE = Box(0.4, 0.06, 12.5, 0.7)
WHOLE = Box(0.4, 1.1, 12.5, 5.8)  # of a slide of words
TITLE_SIZES = (24, 22, 20, 18, 16, 14)
SEE_NEXT = "说明较长，见下一页。"


def begun(deck: Deck, story: Story, words: str) -> Page:
    """A slide with its title, the brand's line and the marks that stand on every slide."""
    page = deck.slides.add_slide(deck.slide_layouts[5])
    style.band(page, Box(0, 0, 13.333, 0.82), style.DEEP)
    style.band(page, Box(0, 0.82, 13.333, 0.05), style.BRAND)
    title = page.shapes.title
    page.shapes._spTree.append(title._element)  # above the band
    title.left, title.top, title.width, title.height = TITLE.emu
    size = fit.largest([words], style.inside(TITLE), TITLE_SIZES, bold=True)
    if size is None:
        raise Refused(f"周报.pptx 的标题放不下：{words}")
    style.write(title.text_frame, [words], size, style.WHITE, bold=True)
    _foot(page, story, len(deck.slides))
    return page


def _foot(page: Page, story: Story, number: int) -> None:
    marks = " ｜ ".join([sentences.title(story.scope), *sentences.marks(story)])
    text(page, Box(0.4, 7.12, 11.6, 0.28), [marks], 11, style.MUTED)
    text(page, Box(12.3, 7.12, 0.6, 0.28), [str(number)], 11, style.MUTED, align=PP_ALIGN.RIGHT)


def fitted(
    page: Page,
    box: Box,
    said: list[str],
    sizes: Sequence[float],
    gap: float = 0,
    colour: RGBColor = style.INK,
) -> list[str]:
    """Write the paragraphs as large as they fit; what fits at no size is handed back."""
    size = fit.largest(said, box, sizes, gap) or sizes[-1]
    count = fit.leading(said, box, size, gap)
    text(page, box, said[:count], size, colour, gap=gap)
    return said[count:]


def note(deck: Deck, story: Story, page: Page, words: str, more: Sequence[str] = ()) -> None:
    """What a slide's marks and dashes mean, at its foot; with `more`, or too long, on a slide of its own."""
    if not more and fit.largest([words], NOTE, [11]):
        text(page, NOTE, [words], 11, style.MUTED)
        return
    text(page, NOTE, [SEE_NEXT], 11, style.MUTED)
    name = page.shapes.title.text_frame.text.split("：")[0]
    left = [*more, *(f"{part}。" for part in words.split("。") if part)]
    while left:
        further = begun(deck, story, f"{name}：说明")
        size = fit.largest(left, WHOLE, (16, 14, 12), gap=6) or 12
        count = fit.leading(left, WHOLE, size, gap=6)
        if not count:
            raise Refused(f"周报.pptx 的说明放不下一页：{left[0][:60]}…")
        text(further, WHOLE, left[:count], size, gap=6)
        left = left[count:]
