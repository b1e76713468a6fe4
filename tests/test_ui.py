"""What is drawn from readings: exact words, nothing unescaped, one set of colours."""

import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from cockpit import districts, indicators, theme
from cockpit.reading import Reading
from cockpit.slices import Slice, parse_period
from cockpit.ui import wall
from cockpit.ui.attention import _row as attention_row
from cockpit.ui.cards import card
from cockpit.ui.ranking import _row as ranking_row
from cockpit.ui.spark import points, spark
from cockpit.ui.tables import told
from tests.readings_made import reading

ROOT = Path(__file__).resolve().parents[1]
EVIL = '<img src=x onerror="alert(1)">&'
HERE = Slice(districts.get("330521"), parse_period("2023-H1"), (("channel", "contest"),))
READING = Reading(
    indicator=indicators.get("skill_promotions"),
    slice=HERE,
    value=12345.0,
    numerator=12345,
    denominator=None,
    reason=None,
    previous=12000.0,
    change=2.875,
    previous_reason=None,
    year_ago=13000.0,
    year_change=-5.04,
    year_ago_reason=None,
    target=20000.0,
    done=61.725,
    plan=50.0,
    gap=11.725,
    lamp="green",
    lamp_reason="超计划11.7个百分点",
    target_document="测试文件",
    rank=2,
    siblings=5,
    rank_change=1,
    rank_basis="完成率",
    as_of=date(2023, 6, 30),
    stale=False,
    status="demo",
    version="v",
)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def test_a_card_tells_value_target_pace_comparisons_and_rank() -> None:
    assert words(card(READING)) == (
        "技能晋级人次 口径 ● 绿灯 1.23 万人次 截至2023-06-30 演示 目标2万人次 完成61.7% 超计划11.7个百分点 "
        "同比 −5.0% 环比 +2.9% 第 2 /5 ↑1"
    )


def test_a_card_leads_to_its_theme_and_its_definition_with_the_slice() -> None:
    html = card(READING)
    query = "district=330521&amp;period=2023-H1"
    assert f'href="/skills?{query}&amp;channel=contest"' in html
    assert f'href="/handbook?{query}#skill_promotions"' in html
    assert "首次取证不算晋级" in html


def test_better_and_worse_are_told_by_the_indicator_s_direction() -> None:
    assert '同比 <b class="bad">−5.0%</b>' in card(READING)
    neutral = replace(READING, indicator=replace(READING.indicator, direction="neutral"))
    assert '同比 <b class="">−5.0%</b>' in card(neutral)


def test_a_percentage_changes_by_points() -> None:
    rate = replace(READING, indicator=indicators.get("high_skill_share"), value=36.54, target=None, done=None)
    assert "36.5 %" in words(card(rate))
    assert "同比 −5.0 点" in words(card(rate)) and 'title="同比−5.0个百分点"' in card(rate)


def test_a_missing_figure_is_a_dash_with_its_reason_never_zero() -> None:
    nothing = replace(
        READING, value=None, reason="未收到德清县的技能证书数据", change=None, year_change=None, rank=None,
        target=None, done=None, gap=None, lamp="grey", lamp_reason="没有数据", as_of=None,
    )  # fmt: skip
    assert words(card(nothing)) == (
        "技能晋级人次 口径 ○ 灰灯 — 未收到德清县的技能证书数据 无数据日期 演示 没有数据 同比 — 环比 —"
    )


def test_stale_data_is_marked() -> None:
    assert "过期" in words(card(replace(READING, stale=True)))
    assert "过期" not in words(card(READING))


@pytest.mark.parametrize(
    "field", ["reason", "lamp_reason", "target_document", "rank_basis", "year_ago_reason"]
)
def test_no_text_of_a_reading_becomes_markup(field: str) -> None:
    evil = replace(READING, **{field: EVIL, **({"value": None} if field == "reason" else {})})
    assert "<img src=x" not in card(evil)
    assert "&lt;img src=x" in card(evil)


def test_names_in_lists_do_not_become_markup() -> None:
    from cockpit.attention import Item

    place = replace(districts.get("330521"), name=EVIL)
    row = ranking_row(replace(READING, slice=replace(HERE, district=place)), 20000.0, False)
    line = attention_row(Item("behind", "red", EVIL, "skills", {"district": EVIL}))
    for html in (row, line):
        assert "<img src=x" not in html and "&lt;img src=x" in html


def test_a_ranking_row_tells_place_value_completion_lamp_and_move() -> None:
    row = ranking_row(READING, 20000.0, False)
    assert words(row) == "2 德清县 1.23 万人次 完成61.7% ● 绿灯 ↑1"
    assert 'style="width:61.7%"' in row
    assert 'href="?district=330521&amp;period=2023-H1&amp;channel=contest"' in row


def test_a_bar_starts_at_zero_and_never_leaves_its_track() -> None:
    assert 'style="width:0.0%"' in ranking_row(replace(READING, value=-5.0), 20.0, False)
    assert '<i style="width:100.0%"></i><u style="left:50.0%"></u>' in card(replace(READING, done=180.0))


def test_a_spark_goes_from_lowest_at_the_bottom_to_highest_on_top() -> None:
    assert points([1, 3, 2]) == [(3.0, 33.0), (60.0, 3.0), (117.0, 18.0)]
    assert points([5, 5]) == [(3.0, 18.0), (117.0, 18.0)]
    assert points([None, 4.0, float("nan")]) == []
    assert points([1, None, 2]) == [(3.0, 33.0), (117.0, 3.0)]


def test_a_spark_is_an_image_with_words_and_no_outside_address() -> None:
    image = spark([1, 2], EVIL)
    assert image.startswith('<img class="spark" src="data:image/svg+xml,')
    assert "onerror" in image and "<img src=x" not in image
    assert "3.0,33.0 117.0,3.0" in unquote(image)
    assert spark([1], "x") == ""


def test_cells_are_told_as_people_write_them() -> None:
    cells = [None, float("nan"), pd.NaT, 1234567, 2.0, 2.345, True, date(2023, 6, 30), "330521"]
    assert [told(cell) for cell in cells] == [
        "—", "—", "—", "1,234,567", "2", "2.35", "是", "2023-06-30", "330521",
    ]  # fmt: skip


def colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", text))


def test_style_sheet_configuration_and_figures_share_their_colours() -> None:
    css = colours((ROOT / "cockpit" / "static" / "cockpit.css").read_text("utf-8"))
    pairs = {
        "ground": theme.GROUND, "ground-end": theme.GROUND_END, "panel": theme.PANEL,
        "raised": theme.PANEL_RAISED, "border": theme.BORDER, "text": theme.TEXT,
        "muted": theme.MUTED, "missing": theme.MISSING,
        "accent": theme.ACCENT, "amber": theme.AMBER, "brand": theme.BRAND,
        **{lamp: look.colour for lamp, look in theme.LAMPS.items()},
    }  # fmt: skip
    assert {name: css[name] for name in pairs} == pairs
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    assert settings["backgroundColor"] == theme.GROUND
    assert settings["textColor"] == theme.TEXT
    assert settings["primaryColor"] == theme.ACCENT
    assert tuple(settings["chartSequentialColors"]) == theme.SEQUENTIAL


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", [theme.GROUND, theme.PANEL, theme.PANEL_RAISED])
@pytest.mark.parametrize(
    "colour",
    [theme.TEXT, theme.MUTED, theme.ACCENT, theme.AMBER, *(look.colour for look in theme.LAMPS.values())],
)
def test_text_can_be_read_on_every_ground(ground: str, colour: str) -> None:
    """WCAG 2.1 AA: contrast at least 4.5 to 1."""
    high, low = sorted((luminance(ground), luminance(colour)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_every_lamp_has_its_own_shape_and_word() -> None:
    looks = theme.LAMPS.values()
    assert len({look.shape for look in looks}) == len({look.word for look in looks}) == 4


def listed() -> None:
    import pandas as pd

    from cockpit import ui

    ui.table(pd.DataFrame({"<i>": ["a<b", None], "数": [1234, 5]}), rows=1)
    ui.table(pd.DataFrame({"状态": ["■ 失联"]}))
    ui.table(pd.DataFrame({"x": []}), "没有<合同>。")


def test_a_wall_s_card_tells_the_target_beside_what_is_done_of_it() -> None:
    assert "完成61.7%" in (told := words(wall._card(READING, "", False)))
    assert "目标 2万" in told
    assert "目标 80.0%" in words(
        wall._target(reading("eight_have_rate", "330500", 70.0, target=80.0, done=87.5))
    )
    assert wall._target(replace(READING, target=None)) == ""


def test_a_wall_s_ranking_puts_the_unknown_last_with_its_reason() -> None:
    unknown = replace(READING, value=None, done=None, rank=None, reason="不足5人，不公开显示", lamp="grey")
    row = wall._row(unknown, 10.0, False)
    assert words(row) == "— 德清县 — 不足5人，不公开显示"
    assert words(wall._row(READING, 12345.0, True)) == "2 德清县 1.23 万人次 完成61.7% ● 绿灯 ↑1"
    assert wall.unknown([unknown, READING]) == ""
    assert wall.unknown([unknown]) == "不足5人，不公开显示"
    assert wall.unknown([]) == "没有下级区划。"


def test_a_table_escapes_its_cells_and_says_what_it_leaves_out() -> None:
    full, lamps, nothing = (element.proto.body for element in AppTest.from_function(listed).run().get("html"))
    assert '<th>&lt;i&gt;</th><th class="number">数</th>' in full
    assert '<td>a&lt;b</td><td class="number">1,234</td>' in full
    assert "共2行，显示前1行" in full and ">5<" not in full
    assert "没有&lt;合同&gt;。" in nothing
    assert '<td class="lamp red">■ 失联</td>' in lamps
