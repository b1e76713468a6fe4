"""Every text of the slides stays in its box, and no box runs into another, however long the sentences are."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFont
from pptx import Presentation

from cockpit.attention import Item
from cockpit.pace import Target
from cockpit.warehouse import Snapshot
from report import Refused, deck, glyphs, sentences, story
from report.deck import fit
from report.deck.style import Box
from report.week import chosen

FOOT = 7.12  # inches: where the marks begin
COUNTIES = ("330502", "330521", "330523")


@dataclass(frozen=True)
class Taken:
    """What a shape takes of its slide, in inches; `needs` is its height with all its text."""

    what: str
    left: float
    top: float
    width: float
    height: float
    needs: float

    def meets(self, other: "Taken") -> bool:
        beside = self.left + self.width <= other.left + 0.01 or other.left + other.width <= self.left + 0.01
        apart = self.top + self.needs <= other.top + 0.02 or other.top + other.needs <= self.top + 0.02
        return not beside and not apart


def lines_of(words: str, size: float, width: float, bold: bool = False) -> int:
    """How often a text is broken in a box `width` points wide; our font is as wide as the office's."""
    taken = ImageFont.truetype(glyphs.FOLDER / glyphs.FILES[bold], 100).getlength(words) * size / 100
    seams = re.findall("[一-鿿][0-9A-Za-z]|[0-9A-Za-z][一-鿿]", words)  # LibreOffice puts a gap there
    taken += 0.2 * size * len(seams)
    return 1 if taken <= width else -int(-taken // (width - size))


def text_height(frame: Any, width: float) -> float:
    """Inches of a text frame's paragraphs; `width` in points, without margins."""
    filled = 0.0
    for part in frame.paragraphs:
        font = part.runs[0].font if part.runs else None
        size = font.size.pt if font else 0
        spacing = part.line_spacing.pt if part.line_spacing else size * 1.2
        gap = part.space_after.pt if part.space_after else 0
        filled += lines_of(part.text, size, width, bool(font and font.bold)) * spacing + gap
    return filled / 72


def table_height(table: Any) -> float:
    total = 0.0
    for row in table.rows:
        cells = [
            text_height(cell.text_frame, column.width.pt - 0.12 * 72) + 0.04
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        total += max(row.height.inches, *cells)
    return total


def taken(slide: Any) -> Iterator[Taken]:
    for shape in slide.shapes:
        box = (shape.left.inches, shape.top.inches, shape.width.inches, shape.height.inches)
        if shape.has_table:
            yield Taken("表", *box, needs=table_height(shape.table))
        elif shape.has_chart:
            yield Taken("图", *box, needs=box[3])
        elif shape.has_text_frame and shape.text_frame.text:
            side = 0.2 if shape.is_placeholder else 0.0
            needs = text_height(shape.text_frame, (box[2] - side) * 72) + side / 2
            yield Taken(shape.text_frame.text, *box, needs=needs)


def check(content: bytes) -> int:
    """Asserts that every slide holds what stands on it; returns how many boxes there were."""
    count = 0
    for number, slide in enumerate(Presentation(io.BytesIO(content)).slides, start=1):
        boxes = list(taken(slide))
        for place, one in enumerate(boxes):
            if one.what not in ("表", "图"):
                assert one.needs <= one.height + 0.02, (number, one)
            assert one.top + one.needs <= (FOOT if one.top < FOOT - 0.01 else 7.45) + 0.01, (number, one)
            for other in boxes[place + 1 :]:
                assert not one.meets(other), (number, one, other)
        count += len(boxes)
    return count


@pytest.fixture
def snapshot(warehouse_root: Path) -> Snapshot:
    version = (warehouse_root / "published" / "current").read_text().strip()
    return Snapshot(warehouse_root / "published" / f"cockpit-{version}.duckdb")


def late(snapshot: Snapshot) -> None:
    """Three counties are late with everything, on days of their own, and the clock has gone on."""
    for place, county in enumerate(COUNTIES):
        for source in snapshot.sources:
            snapshot.states[source, county] = date(2023, 6, 10 + 5 * place)


def never(snapshot: Snapshot) -> None:
    for source, county in list(snapshot.states):
        if county in COUNTIES:
            del snapshot.states[source, county]


@pytest.mark.parametrize("state", [None, late, never])
@pytest.mark.parametrize("district", ["330500", "330521", "330521102"])
def test_whoever_is_late_no_text_leaves_its_box(snapshot: Snapshot, district: str, state: Any) -> None:
    if state:
        state(snapshot)
    found = story.read(snapshot, chosen("2023-W25", district, snapshot.info))
    assert check(deck.build(found, {})) > 40


@pytest.mark.parametrize("district", ["330500", "330521"])
def test_the_longest_sentences_leave_no_box(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, district: str
) -> None:
    for name in ("330502", "330503", "330521", "330522", "330523"):
        snapshot.targets["contest_entries", name, 2023] = snapshot.targets["skill_promotions", "330521", 2023]
    monkeypatch.setattr(sentences, "against_last_week", lambda _: "比上周多1,243人次（+186.9%）")
    monkeypatch.setattr(sentences, "progress", lambda *_: "完成2023年度目标的100.8%，落后计划10.6个百分点")
    place = "列第1位（共5个，按完成率，截至6月21日），位次与上周持平"
    monkeypatch.setattr(sentences, "place", lambda _: place)
    late(snapshot)
    found = story.read(snapshot, chosen("2023-W25", district, snapshot.info))
    line = "德清县能级工资覆盖企业落后计划10.6个百分点（完成100.8%，截至2023-06-21）"
    item = Item("behind", "yellow", line, "bargaining", {})
    long = replace(found, attention=[item] * story.ATTENTION)
    assert check(deck.build(long, {})) > 40


def test_a_text_that_fits_no_slide_is_refused(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    found = story.read(snapshot, chosen("2023-W25", "330500", snapshot.info))
    monkeypatch.setattr("report.remarks.unknown", lambda *_, **__: "长" * 6000)
    with pytest.raises(Refused, match="放不下"):
        deck.build(found, {})


def test_the_lines_of_a_text_are_counted_with_the_font() -> None:
    assert [fit.lines("工" * n, 12, 1.0) for n in (6, 7, 12)] == [1, 2, 3]  # 72 points hold six of 12
    assert fit.leading(["工"] * 9, Box(0, 0, 1, 0.65), 12) == 3
    assert fit.largest(["工" * 7], Box(0, 0, 1, 0.3), (12, 10)) == 10


def words_of(content: bytes) -> str:
    shapes = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes]
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def test_what_finds_no_room_beside_the_charts_stands_on_the_next_slide(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot.targets.clear()
    for code in ("330502", "330503", "330521", "330522", "330523"):
        snapshot.targets["members", code, 2023] = Target(1000.0, (0.0,) * 12, "文件")
    found = story.read(snapshot, chosen("2023-W25", "330500", snapshot.info))
    long = "长" * 900 + "。"
    monkeypatch.setattr("report.remarks.who_is_behind", lambda theme, _: long if theme == "unions" else "")
    content = deck.build(found, {})
    assert words_of(content).count(long) == 2  # as a sentence of the theme, and in place of who is behind
    check(content)


def test_the_sentence_in_place_of_an_empty_list_is_never_cut(snapshot: Snapshot) -> None:
    found = story.read(snapshot, chosen("2023-W25", "330500", snapshot.info))
    clear = "长" * 1900 + "。"
    content = deck.build(replace(found, attention=[], clear=clear), {})
    assert clear in words_of(content)
    check(content)
