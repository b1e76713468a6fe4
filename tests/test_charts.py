"""Figures tell exactly what they were given: sorted, labelled, from zero, parts adding up."""

import re
from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go

from cockpit import charts, codes
from cockpit.indicators import get
from cockpit.pace import Target
from cockpit.slices.period import month_end
from tests.readings_made import reading

PROMOTIONS, RATE = get("skill_promotions"), get("wage_bargain_rate")


def months(values: list[float | None], last: date = date(2023, 6, 30)) -> pd.DataFrame:
    """A series that ends with `last`, one row per value."""
    days = [last]
    while len(days) < len(values):
        days.insert(0, days[0].replace(day=1) - timedelta(days=1))
    return pd.DataFrame({"month": days, "value": values})


def parts(rows: list[tuple[str, str, int | None, int]]) -> pd.DataFrame:
    """A breakdown of counts (denominator 0) or rates."""
    frame = pd.DataFrame(rows, columns=["code", "label", "numerator", "denominator"])
    frame["value"] = [
        100 * n / d if d else n for n, d in zip(frame["numerator"], frame["denominator"], strict=True)
    ]
    return frame


def trace(figure: go.Figure, name: str) -> go.Figure:
    return next(t for t in figure.data if t.name == name)


def text(html: str) -> list[str]:
    """The words of each row."""
    rows = html.split('<div class="row">')[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def widths(html: str) -> list[float]:
    return [float(found) for found in re.findall(r"<i style=\"width:([\d.]+)%", html)]


def test_trend_shows_twelve_months_and_the_same_months_of_the_year_before() -> None:
    figure = charts.trend(months([float(n) for n in range(1, 25)]), PROMOTIONS)
    assert list(trace(figure, "当月").y) == [float(n) for n in range(13, 25)]
    assert list(trace(figure, "去年同月").y) == [float(n) for n in range(1, 13)]
    assert list(trace(figure, "当月").text) == [str(n) for n in range(13, 25)]
    assert figure.layout.yaxis.rangemode == "tozero"
    assert figure.layout.xaxis.ticktext[0] == "7月" and figure.layout.xaxis.ticktext[-1] == "6月"


def test_a_month_without_a_figure_stays_empty_and_is_not_zero() -> None:
    figure = charts.trend(months([None] * 14 + [3.0] * 10), PROMOTIONS)
    assert list(trace(figure, "当月").y)[:3] == [None, None, 3.0]
    assert list(trace(figure, "当月").text)[:3] == ["", "", "3"]
    assert list(trace(figure, "去年同月").y) == [None] * 12


def test_a_narrow_trend_labels_only_highest_lowest_and_last() -> None:
    values = [5.0, 9.0, 7.0, 2.0, 7.0, 6.0, 6.5, 7.5, 8.0, 8.5, 8.1, 8.2]
    figure = charts.trend(months(values), PROMOTIONS, narrow=True)
    assert [bool(month) for month in figure.layout.xaxis.ticktext] == [False, True] * 6
    assert [word for word in trace(figure, "当月").text if word] == ["9", "2", "8"]


def test_long_labels_stand_at_every_second_month_so_that_none_touches_the_next() -> None:
    figure = charts.trend(months([1000.0 + n for n in range(12)]), PROMOTIONS)
    assert list(trace(figure, "当月").text)[-4:] == ["", "1,009", "", "1,011"]


def test_a_rate_is_a_line_with_percent_labels() -> None:
    figure = charts.trend(months([50.0 + n for n in range(24)]), RATE)
    assert trace(figure, "期末").type == "scatter"
    assert trace(figure, "期末").text[-1] == "73.0%"


def test_plan_curve_adds_a_flow_up_from_january_and_draws_the_plan_in_units() -> None:
    target = Target(1200.0, tuple(float(m) for m in (5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 100)), "文件")
    figure = charts.plan_curve(months([99.0] * 6 + [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]), PROMOTIONS, target)
    assert list(trace(figure, "完成").y) == [10.0, 30.0, 60.0, 100.0, 150.0, 210.0]
    assert list(trace(figure, "完成").x) == [1, 2, 3, 4, 5, 6]
    assert list(trace(figure, "计划").y)[:2] == [60.0, 120.0]
    assert trace(figure, "完成").text[-1] == "<b>210</b>"


def test_plan_curve_of_a_rate_shows_month_ends_not_a_sum() -> None:
    figure = charts.plan_curve(months([61.0, 62.0, 63.0]), RATE, None)
    assert list(trace(figure, "完成").y) == [61.0, 62.0, 63.0]
    assert [t.name for t in figure.data] == ["完成"]


def test_a_sum_is_not_told_beyond_a_month_that_is_not_known() -> None:
    known = charts.plan_curve(months([10.0, 20.0, None, 40.0], last=date(2023, 4, 30)), PROMOTIONS, None)
    assert list(trace(known, "完成").y) == [10.0, 30.0]
    assert charts.plan_curve(months([None, 20.0], last=date(2023, 2, 28)), PROMOTIONS, None) is None


def test_nothing_known_draws_nothing() -> None:
    nothing = parts([])
    assert charts.trend(months([None] * 24), PROMOTIONS) is None
    assert [charts.bars(nothing, PROMOTIONS), charts.funnel(nothing), charts.split(nothing, 0)] == [
        "",
        "",
        "",
    ]


def test_a_cut_month_stands_at_its_day() -> None:
    cut = months([4.0, 5.0], last=date(2023, 6, 30))
    cut.loc[1, "month"] = date(2023, 6, 15)
    assert list(trace(charts.plan_curve(cut, PROMOTIONS, None), "完成").x) == [5, 5.5]
    assert month_end(date(2023, 6, 15)) == date(2023, 6, 30)


def test_bars_are_sorted_with_unit_and_share_and_the_rest_is_added_up() -> None:
    frame = parts([("a", "甲", 10, 0), ("b", "乙", 70, 0), ("c", "丙", 15, 0), ("d", "丁", 5, 0)])
    html = charts.bars(frame, PROMOTIONS, most=2)
    assert text(html) == ["乙 70 人次 70.0%", "丙 15 人次 15.0%", "其他2类 15 人次 15.0%"]
    assert widths(html) == [100.0, 21.4, 21.4]


def test_bars_of_a_rate_are_the_rate_itself_with_its_parts() -> None:
    html = charts.bars(
        parts([("has_sign", "有标识", 45, 60), ("has_site", "有场地", 60, 60)]), RATE, ordered=True
    )
    assert text(html) == ["有标识 75.0% 45/60", "有场地 100.0% 60/60"]
    assert widths(html) == [75.0, 100.0]


def test_nothing_counted_draws_no_bar() -> None:
    html = charts.bars(parts([("a", "甲", 0, 0)]), PROMOTIONS)
    assert widths(html) == [] and text(html) == ["甲 0 人次"]


def test_labels_from_data_are_escaped() -> None:
    assert "<script>" not in charts.bars(parts([("x", "<script>alert(1)</script>", 1, 0)]), PROMOTIONS)


def test_bullets_carry_value_target_mark_and_lamp_in_words() -> None:
    html = charts.bullets([reading("union_rate_100", "330500", 95.5, target=97.0, lamp="yellow")])
    assert text(html) == ["百人以上建会率 95.5% ▲ 黄灯 目标97.0%"]
    assert 'style="left:97.0%"' in html


def test_funnel_keeps_the_statutory_order_and_measures_by_the_first_stage() -> None:
    counts = dict(zip(codes.BARGAIN_STAGES, (40, 30, 20, 20, 10, 8, 4), strict=True))
    rows = [(code, word, counts[code], 0) for code, word in reversed(codes.BARGAIN_STAGES.items())]
    html = charts.funnel(parts(rows))
    assert [row.split()[0] for row in text(html)] == list(codes.BARGAIN_STAGES.values())
    assert widths(html) == [100.0, 75.0, 50.0, 50.0, 25.0, 20.0, 10.0]


def test_split_writes_out_the_sum_of_its_three_parts() -> None:
    frame = parts([("single", "仅单签", 5, 0), ("area", "仅区域行业", 3, 0), ("both", "两者都有", 2, 0)])
    html = charts.split(frame, 10)
    assert "5 + 3 + 2 = 10家，三部分不重叠" in html
    assert re.findall(r"flex:(\d+) 0 0", html) == ["5", "3", "2"]


def test_burndown_goes_from_the_frozen_list_to_what_is_left_and_keeps_additions_apart() -> None:
    reasons = parts(
        [("own_union", "已建会", 30, 0), ("covered", "被覆盖", 20, 0), ("left", "注销迁出", 0, 0)]
    )
    figure = charts.burndown(
        reading("clearance_baseline", "330500", 100.0), reasons, reading("clearance_added", "330500", 7.0)
    )
    assert figure is not None
    bar = figure.data[0]
    assert list(bar.x) == ["年初台账", "已建会", "被覆盖", "注销迁出", "未销号", "新列入"]
    assert list(bar.y) == [100, 30, 20, 0, 50, 7]
    assert list(bar.base) == [0, 70, 50, 50, 0, 0]
    assert list(bar.text) == ["100", "−30", "−20", "0", "50", "+7"]


def test_burndown_without_a_ledger_draws_nothing() -> None:
    nothing = reading("clearance_baseline", "330500", None)
    assert charts.burndown(nothing, parts([]), reading("clearance_added", "330500", 0.0)) is None


def test_facts_tell_the_reason_where_there_is_no_value() -> None:
    html = charts.facts([reading("training_sessions", "330523", None, reason="未收到安吉县的培训数据")])
    assert "未收到安吉县的培训数据" in html and "—" in html and ">0<" not in html
