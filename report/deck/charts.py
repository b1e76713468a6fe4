"""Native charts: the office can edit them, their data sheet travels with them."""

from collections.abc import Sequence

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.slide import Slide as Page
from pptx.util import Pt

from cockpit import numbers
from cockpit.reading import Reading
from report.deck import style
from report.deck.style import Box
from report.sentences import marked
from report.story import Told

SMALL = 10
Numbers = Sequence[float | None]


def weekly(page: Page, box: Box, readings: Sequence[Reading]) -> None:
    """Columns of one indicator, week by week; a week without a figure has no column."""
    first = readings[0]
    if _nothing(page, box, first.indicator.name, readings):
        return
    values = [_plotted(r.value, r) for r in readings]
    data = CategoryChartData(number_format=_format(first.indicator.decimals))
    data.categories = [f"{r.slice.period.counted(r.indicator.rule)[1]:%m-%d}" for r in readings]
    data.add_series(f"{first.indicator.name}（{first.indicator.unit}）", values)
    chart = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box.emu, data).chart
    _dress(chart, [style.BLUE], gap=60)
    _little(chart, first.indicator.decimals)
    what = "每周" if first.indicator.rule == "flow" else "每周末"
    _title(chart, f"{first.indicator.name}：近{len(readings)}周，{what}（{first.indicator.unit}）")


def by_district(page: Page, box: Box, below: Sequence[Told]) -> None:
    """Completion beside plan for each district; the figures themselves where there are no targets."""
    if _nothing(page, box, below[0].indicator.name, [told.standing for told in below]):
        return
    names = [marked(told.week.slice.district.name, told.standing) for told in below]
    if any(told.week.done is not None for told in below):
        rows = {
            "完成年度目标（%）": [_percent(told.week.done) for told in below],
            "计划进度（%）": [_percent(told.week.plan) for told in below],
        }
        head, decimals = f"{below[0].indicator.name}：完成与计划（%）", 1
    else:
        unit, decimals = below[0].indicator.unit, below[0].indicator.decimals
        rows = {f"{below[0].indicator.name}（{unit}）": [_plotted(t.standing.value, t.week) for t in below]}
        head = f"{below[0].indicator.name}（{unit}）"
    data = CategoryChartData(number_format=_format(decimals))
    data.categories = names
    for name, values in rows.items():
        data.add_series(name, values)
    chart = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box.emu, data).chart
    _dress(chart, [style.BLUE, style.AMBER], gap=70)
    _little(chart, decimals)
    _title(chart, head)


def _nothing(page: Page, box: Box, name: str, readings: Sequence[Reading]) -> bool:
    """Where no figure is known, the reasons stand in place of an empty chart."""
    if any(reading.value is not None for reading in readings):
        return False
    reasons = dict.fromkeys(reading.reason or "" for reading in readings)
    style.text(page, box, [f"{name}：—（{'；'.join(reasons)}）"], 14, style.MUTED)
    return True


def _plotted(value: float | None, reading: Reading) -> float | None:
    """The number as its card tells it, so that a label and a card never differ."""
    if reading.indicator.unit == "%":
        return _percent(value, reading.indicator.decimals)
    return None if value is None else float(numbers.rounded(value, reading.indicator.decimals))


def _percent(value: float | None, decimals: int = 1) -> float | None:
    """As numbers.percent tells it; what that calls <0.1% keeps its value, its label's format says so."""
    if value is None:
        return None
    told = float(numbers.told_percent(value, decimals))
    return value if value > 0 and not told else told


def _format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _little(chart: Chart, decimals: int) -> None:
    """Labels that say <0.1 where numbers.percent does; set here, as a chart's data takes no such format.

    What is negative or nothing has the first section, and with a condition keeps its sign.
    """
    step = 10**-decimals
    values = [value for series in chart.plots[0].series for value in series.values if value is not None]
    if not any(0 < value < step / 2 for value in values):
        return
    labels, digits = chart.plots[0].data_labels, _format(decimals)
    labels.number_format_is_linked = False
    labels.number_format = f'[<=0]{digits};[<{step:.{decimals}f}]"<{step:.{decimals}f}";{digits}'


def _dress(chart: Chart, colours: Sequence[RGBColor], gap: int) -> None:
    style.dress(chart.font, SMALL)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.has_data_labels = gap, 0, True
    labels = plot.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    style.dress(labels.font, SMALL)
    for series, colour in zip(plot.series, colours, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
    chart.has_legend = len(list(plot.series)) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        style.dress(chart.legend.font, SMALL)
    values, names = chart.value_axis, chart.category_axis
    values.visible, values.has_major_gridlines = False, False
    lowest = min((v for s in plot.series for v in s.values if v is not None), default=0)
    if lowest >= 0:
        values.minimum_scale = 0  # bars start at zero
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = style.LINE
    style.dress(names.tick_labels.font, SMALL)


def _title(chart: Chart, words: str) -> None:
    chart.has_title = True
    frame = chart.chart_title.text_frame
    style.write(frame, [words], 12, style.INK, bold=True)
    chart.chart_title.include_in_layout = False
    chart.font.size = Pt(SMALL)
