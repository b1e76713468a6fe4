"""The looks of a sender's cells, from openpyxl's styles to xlsxwriter's formats."""

import colorsys
from typing import Any

import xlsxwriter
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from xlsxwriter.format import Format

from etl import personal
from etl.answer.book import HIDDEN, WRONG

# Office's own theme: text and background twice, then six accents.
THEME = ("FFFFFF", "000000", "E7E6E6", "44546A", "5B9BD5", "ED7D31", "A5A5A5", "FFC000", "4472C4", "70AD47")
LINES = {
    "thin": 1,
    "medium": 2,
    "dashed": 3,
    "dotted": 4,
    "thick": 5,
    "double": 6,
    "hair": 7,
    "mediumDashed": 8,
    "dashDot": 9,
    "mediumDashDot": 10,
    "dashDotDot": 11,
}
ACROSS = {"left", "center", "right", "fill", "justify", "distributed"}
DOWN = {"top": "top", "center": "vcenter", "bottom": "bottom", "justify": "vjustify"}
MARKS = {"": {}, "wrong": {"bg_color": WRONG}, "hidden": {"bg_color": HIDDEN, "num_format": "@"}}


class Formats:
    """Formats of one workbook, each made once. Names and number formats that look personal are dropped."""

    def __init__(self, sheet: ReadOnlyWorksheet, book: xlsxwriter.Workbook) -> None:
        self._sheet, self._book = sheet, book
        self._made: dict[tuple[int, str], Format] = {}

    def of(self, style: int, mark: str = "") -> Format:
        """The format of the sender's style with this number, with one of MARKS over it."""
        if (style, mark) not in self._made:
            look = _look(ReadOnlyCell(self._sheet, 1, 1, None, style_id=style))
            self._made[style, mark] = self._book.add_format(look | MARKS[mark])
        return self._made[style, mark]


def _look(cell: ReadOnlyCell) -> dict[str, Any]:
    look = {**_font(cell.font), **_lines(cell.border), **_place(cell.alignment)}
    if not personal.kinds(cell.number_format):
        look["num_format"] = cell.number_format
    fill = _colour(cell.fill.fgColor) if cell.fill.fill_type == "solid" else None
    if fill and fill not in (WRONG, HIDDEN):
        look["bg_color"] = fill
    return look


def _font(font: Any) -> dict[str, Any]:
    look = {"bold": font.b, "italic": font.i, "font_strikeout": font.strike, "font_size": font.sz}
    look |= {"font_color": _colour(font.color), "underline": 1 if font.u else None}
    if font.name and not personal.kinds(font.name):
        look["font_name"] = font.name
    return {name: value for name, value in look.items() if value}


def _lines(border: Any) -> dict[str, Any]:
    sides = {side: getattr(border, side) for side in ("left", "right", "top", "bottom")}
    drawn = {name: side for name, side in sides.items() if side is not None and side.style in LINES}
    colours = {f"{name}_color": _colour(side.color) for name, side in drawn.items()}
    styles: dict[str, Any] = {name: LINES[side.style] for name, side in drawn.items()}
    return styles | {name: colour for name, colour in colours.items() if colour}


def _place(alignment: Any) -> dict[str, Any]:
    look: dict[str, Any] = {"text_wrap": True} if alignment.wrap_text else {}
    if alignment.horizontal in ACROSS:
        look["align"] = alignment.horizontal
    if alignment.vertical in DOWN:
        look["valign"] = DOWN[alignment.vertical]
    if alignment.indent:
        look["indent"] = int(alignment.indent)
    return look


def _colour(colour: Color | None) -> str | None:
    """#RRGGBB; None for what the office program chooses itself."""
    if colour is None:
        return None
    if colour.type == "rgb":
        return f"#{colour.rgb[-6:].upper()}"
    if colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        return f"#{COLOR_INDEX[colour.indexed][-6:].upper()}"
    if colour.type == "theme" and colour.theme < len(THEME):
        return _tinted(THEME[colour.theme], colour.tint)
    return None


def _tinted(rgb: str, tint: float) -> str:
    """Lighter for a positive tint, darker for a negative one (ECMA-376, 18.8.19)."""
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), full)
    return "#" + "".join(f"{round(part * 255):02X}" for part in mixed)
