"""Fonts, colours and places of the slides, and text that PowerPoint shows in the right Chinese font."""

from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide as Page
from pptx.text.text import Font, TextFrame
from pptx.util import Emu, Inches, Pt

from cockpit.pace import LAMP_WORDS, Lamp

FONT = "微软雅黑"  # on every office machine; a product font would have to be installed there
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
INK, MUTED, LINE = RGBColor(0x14, 0x25, 0x3D), RGBColor(0x5B, 0x6B, 0x80), RGBColor(0xC9, 0xD5, 0xE3)
DEEP, BLUE, PALE = RGBColor(0x0B, 0x1E, 0x3A), RGBColor(0x14, 0x6C, 0xB8), RGBColor(0xEA, 0xF1, 0xF8)
AMBER, WHITE, BRAND = RGBColor(0xE0, 0x8A, 0x00), RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0xC8, 0x1E, 0x28)
# Dark enough on white for small text; the shape and the word tell the lamp without its colour.
LAMP_COLOURS: dict[Lamp, RGBColor] = {
    "green": RGBColor(0x0B, 0x7A, 0x4B),
    "yellow": RGBColor(0x9A, 0x5B, 0x00),
    "red": RGBColor(0xC0, 0x1F, 0x1F),
    "grey": RGBColor(0x5B, 0x6B, 0x80),
}
LAMP_SHAPES: dict[Lamp, str] = {"green": "●", "yellow": "▲", "red": "■", "grey": "○"}


@dataclass(frozen=True)
class Box:
    """A place on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


def inside(box: Box) -> Box:
    """What a title's own margins leave of its box."""
    return Box(box.left + 0.1, box.top + 0.05, box.width - 0.2, box.height - 0.1)


def lamp(colour: Lamp) -> str:
    return f"{LAMP_SHAPES[colour]}{LAMP_WORDS[colour]}"


def east_asian(font: Font) -> None:
    """Latin and East-Asian typeface: python-pptx sets the Latin one only, Chinese would fall to the theme."""
    font.name = FONT
    properties = font._element
    properties.set("lang", "zh-CN")
    typeface = properties.find(qn("a:ea"))
    if typeface is None:
        typeface = properties.makeelement(qn("a:ea"), {})
        properties.find(qn("a:latin")).addnext(typeface)
    typeface.set("typeface", FONT)


def dress(font: Font, size: float, colour: RGBColor = INK, bold: bool = False) -> None:
    font.size, font.bold = Pt(size), bold
    font.color.rgb = colour
    east_asian(font)


def write(
    frame: TextFrame,
    lines: list[str],
    size: float,
    colour: RGBColor = INK,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    gap: float = 0,
) -> None:
    """Fill a frame, one paragraph per line; `gap` points after each."""
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = align, Pt(gap)
        run = paragraph.add_run()
        run.text = line
        dress(run.font, size, colour, bold)


def text(
    page: Page,
    box: Box,
    lines: list[str],
    size: float,
    colour: RGBColor = INK,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    gap: float = 0,
) -> None:
    frame = page.shapes.add_textbox(*box.emu).text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    write(frame, lines, size, colour, bold, align, gap)


def band(page: Page, box: Box, colour: RGBColor) -> None:
    """A plain coloured area behind what is drawn later."""
    shape = page.shapes.add_shape(1, *box.emu)
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.line.fill.background()
    shape.shadow.inherit = False
