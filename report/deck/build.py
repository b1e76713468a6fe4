"""The slides in their order."""

import io
from datetime import datetime

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page

from cockpit import attention, numbers, pace
from cockpit.districts import SITE
from cockpit.indicators import THEMES
from cockpit.site import HEADLINES, PAGES
from report import remarks, sentences
from report.deck import charts, pages, rows, style
from report.deck.repack import repacked
from report.deck.style import Box, text
from report.deck.tables import table
from report.story import ATTENTION, LEADING, Story, behind, judged

BEHIND_ROWS = 8
LINES_PER_SLIDE = 19
MAPS = {"overview": "地区分布", "stations": "站点分布"}
SAID = Box(0.4, 1.0, 12.5, 1.08)
ROW = 0.262  # inches, of a small table


def build(story: Story, maps: dict[str, bytes]) -> bytes:
    """周报.pptx; `maps`: page path -> PNG of its map. The same story and maps give the same bytes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = style.WIDTH, style.HEIGHT
    _cover(deck, story)
    _headlines(deck, story)
    for theme, name in THEMES.items():
        _theme(deck, story, theme, name)
    if maps:
        _maps(deck, story, maps)
    _attention(deck, story)
    _definitions(deck, story)
    _properties(deck, story)
    saved = io.BytesIO()
    deck.save(saved)
    return repacked(saved.getvalue(), story.info.data_date)


def _properties(deck: Deck, story: Story) -> None:
    kept = deck.core_properties
    kept.title = f"{SITE['title']}周报 {sentences.title(story.scope)}"
    kept.author, kept.last_modified_by = SITE["title"], SITE["title"]
    day = story.info.data_date
    kept.created = kept.modified = datetime(day.year, day.month, day.day)


def _cover(deck: Deck, story: Story) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[5])
    style.band(page, Box(0, 0, 13.333, 7.5), style.DEEP)
    style.band(page, Box(0.9, 3.55, 2.2, 0.06), style.BRAND)
    title = page.shapes.title
    page.shapes._spTree.append(title._element)
    title.left, title.top, title.width, title.height = Box(0.8, 2.2, 11.6, 1.1).emu
    style.write(title.text_frame, [f"{SITE['title']}周报"], 48, style.WHITE, bold=True)
    text(page, Box(0.9, 3.9, 11.5, 0.7), [sentences.title(story.scope)], 26, style.WHITE)
    text(page, Box(0.9, 4.75, 11.5, 0.5), [" ｜ ".join(sentences.marks(story))], 16, style.LINE)
    if story.info.status == "demo":
        note = "本周报由演示数据生成，只用于演示，不代表任何地区的实际工作。"
        text(page, Box(0.9, 5.3, 11.5, 0.5), [note], 16, style.LINE)


def _headlines(deck: Deck, story: Story) -> None:
    figures = story.of(HEADLINES)
    page = pages.begun(deck, story, f"本周要览：{sentences.lamps(figures).rstrip('。')}")
    firsts = sentences.headlines(story.of(tuple(LEADING.values())), story.scope)
    left = pages.fitted(page, Box(0.4, 1.0, 12.5, 1.9), firsts, (15, 14, 13, 12, 11), gap=4)
    table(page, Box(0.4, 2.95, 12.5, 3.6), rows.HEADLINE, [rows.headline(told) for told in figures], 13)
    pages.note(deck, story, page, remarks.unknown(figures, story.scope.name, years=True), left)


def _theme(deck: Deck, story: Story, theme: str, name: str) -> None:
    key = LEADING[theme]
    page = pages.begun(deck, story, sentences.theme_title(name, theme, story))
    figures, below = story.of(PAGES[theme].indicators), story.below[key]
    said = sentences.headlines([told for told in figures if told.indicator.key in HEADLINES], story.scope)
    said.append(remarks.leader_and_last(key, story) + remarks.who_is_behind(theme, story))
    left = pages.fitted(page, SAID, [line for line in said if line], (12.5, 11.5, 11), gap=2)
    width = 6.3 if below else 12.5  # a town has nothing below it: its own figures take the room
    charts.weekly(page, Box(0.4, 2.1, width, 2.15), story.weeks[key])
    table(page, Box(0.4, 4.3, width, ROW * 9), rows.THEME, [rows.theme(told) for told in figures], 11)
    if below:
        charts.by_district(page, Box(6.95, 2.1, 5.95, 2.15), below)
    left += _laggards(page, theme, story)
    late = behind(theme, story)[:BEHIND_ROWS]
    words = remarks.unknown([*figures, *below], story.scope.name, named_only=late)
    pages.note(deck, story, page, words, left)


def _laggards(page: Page, theme: str, story: Story) -> list[str]:
    """Who is behind the plan; where districts have no targets, those with the lowest figures.

    Returns the sentences that found no room.
    """
    late, below = behind(theme, story), story.below[LEADING[theme]]
    if late:
        shown = [rows.behind(told) for told in late[:BEHIND_ROWS]]
        table(page, Box(6.95, 4.3, 5.95, ROW * (len(shown) + 1)), rows.BEHIND, shown, 11)
    elif below and not any(reading.target is not None for reading in judged(theme, story)):
        ranked = [rows.town(told) for told in below if told.place.rank is not None]
        last = ranked[-BEHIND_ROWS:]
        heads = rows.towns(below[0], len(last) if len(last) < len(ranked) else 0)
        table(page, Box(6.95, 4.3, 5.95, ROW * (len(last) + 1)), heads, last, 11)
    elif below:
        sure = attention.nobody_behind(judged(theme, story))
        words, colour = remarks.who_is_behind(theme, story), style.LAMP_COLOURS["green" if sure else "grey"]
        return pages.fitted(page, Box(6.95, 4.4, 5.95, 2.2), [words], (14, 12, 11), colour=colour)
    return []


def _maps(deck: Deck, story: Story, maps: dict[str, bytes]) -> None:
    page = pages.begun(deck, story, f"{story.scope.name}：{'、'.join(MAPS[path] for path in maps)}")
    width = 12.5 / len(maps)
    for place, (path, picture) in enumerate(maps.items()):
        box = Box(0.4 + place * width, 1.1, width - 0.1, 5.8)
        shape = page.shapes.add_picture(io.BytesIO(picture), *box.emu[:2])
        scale = min(box.emu[2] / shape.width, box.emu[3] / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape._element.nvPicPr.cNvPr.set("descr", MAPS[path])


def _attention(deck: Deck, story: Story) -> None:
    cut = "先列" if len(story.attention) == ATTENTION else ""  # there may be more
    page = pages.begun(deck, story, f"需要关注（{cut}{numbers.number(len(story.attention))}项）")
    shown = [rows.attention(item) for item in story.attention]
    if shown:
        table(page, Box(0.4, 1.15, 12.5, 0.44 * (len(shown) + 1)), rows.ATTENTION, shown, 15)
    elif left := pages.fitted(page, pages.WHOLE, [story.clear], (18, 16, 14)):
        pages.note(deck, story, page, "", left)


def _definitions(deck: Deck, story: Story) -> None:
    groups = rows.paged(list(story.figures.values()), LINES_PER_SLIDE)
    for number, group in enumerate(groups, start=1):
        page = pages.begun(deck, story, f"指标口径（{number}/{len(groups)}）")
        shown = [rows.definition(told) for told in group]
        table(page, Box(0.4, 1.05, 12.5, 0.3 * (len(shown) + 1)), rows.DEFINITIONS, shown, 11)
    text(page, Box(0.4, 6.35, 12.5, 0.7), [f"亮灯规则：{pace.RULE}"], 11, style.MUTED)
