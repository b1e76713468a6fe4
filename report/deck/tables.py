"""Native tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide as Page
from pptx.table import _Cell
from pptx.util import Inches, Pt

from cockpit.pace import Lamp
from report.deck import style
from report.deck.style import Box

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's own style "no style, no grid"


@dataclass(frozen=True)
class Column:
    """`share` of the table's width; numbers stand right."""

    title: str
    share: float
    align: PP_ALIGN = PP_ALIGN.LEFT


RIGHT = PP_ALIGN.RIGHT
CENTER = PP_ALIGN.CENTER


@dataclass(frozen=True)
class Lit:
    """A cell that shows a lamp."""

    lamp: Lamp


def table(
    page: Page, box: Box, columns: Sequence[Column], rows: Sequence[Sequence[str | Lit]], size: float = 12
) -> None:
    """A table that fills `box` in height only as far as its rows need it."""
    height = box.height / (len(rows) + 1)
    frame = page.shapes.add_table(len(rows) + 1, len(columns), *box.emu)
    grid = frame.table
    frame._element.find(".//" + qn("a:tableStyleId")).text = PLAIN
    total = sum(column.share for column in columns)
    for place, column in enumerate(columns):
        grid.columns[place].width = Inches(box.width * column.share / total)
        _fill(grid.cell(0, place), column.title, column, size, head=True)
    for number, row in enumerate(rows, start=1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _fill(grid.cell(number, place), cell, column, size, striped=number % 2 == 0)
    for line in grid.rows:
        line.height = Inches(height)


def _fill(
    cell: _Cell, content: str | Lit, column: Column, size: float, head: bool = False, striped: bool = False
) -> None:
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = style.DEEP if head else style.PALE if striped else style.WHITE
    colour = style.WHITE if head else style.INK
    shown = content
    if isinstance(content, Lit):
        shown, colour = style.lamp(content.lamp), style.LAMP_COLOURS[content.lamp]
    style.write(cell.text_frame, [str(shown)], size, colour, bold=head or isinstance(content, Lit))
    cell.text_frame.paragraphs[0].alignment = column.align
    cell.text_frame.paragraphs[0].line_spacing = Pt(size * 1.15)
