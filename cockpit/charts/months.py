"""Figures over time: months beside the year before, and the year's progress beside its plan."""

from datetime import date
from itertools import accumulate, takewhile

import pandas as pd
import plotly.graph_objects as go

from cockpit import theme
from cockpit.charts import frame
from cockpit.indicators import Indicator
from cockpit.pace import Target
from cockpit.slices.period import month_end

SHOWN = 12
TICKS = [1, 3, 6, 9, 12]
SHORT = 4  # characters that fit above every bar
Value = float | None


def _year_before(series: pd.DataFrame, days: list[date]) -> list[Value]:
    known = {(d.year, d.month): v for d, v in zip(series["month"], series["value"], strict=True)}
    return [_number(known.get((day.year - 1, day.month))) for day in days]


def _number(value: Value) -> Value:
    return None if value is None or pd.isna(value) else float(value)


def trend(series: pd.DataFrame, indicator: Indicator, narrow: bool = False) -> go.Figure | None:
    """The last 12 months (bars for a flow, a line otherwise) and the same months of the year before.

    series: month (month end), value; 24 rows show both years. A missing month stays empty. `narrow` labels
    only the highest, the lowest and the last month. None where no month is known.
    """
    days = [pd.Timestamp(day).date() for day in series["month"]][-SHOWN:]
    values = [_number(value) for value in series["value"]][-SHOWN:]
    if all(value is None for value in values):
        return None
    before = _year_before(series.assign(month=pd.to_datetime(series["month"]).dt.date), days)
    span = f"{days[0].year}年{days[0].month}月—{days[-1].year}年{days[-1].month}月"
    figure = frame.base(indicator.unit, "" if narrow else span, legend=True)
    labels = _labels(values, indicator, narrow or not _adds(indicator))
    draw = _bars if _adds(indicator) else _line
    draw(figure, values, before, labels, indicator)
    figure.update_xaxes(tickvals=list(range(len(days))), ticktext=_months(days, narrow), tickangle=0)
    return figure


def _months(days: list[date], narrow: bool) -> list[str]:
    """A narrow figure names every second month, counted from the last; one that is cut says where."""
    last = len(days) - 1
    names = [f"{day.month}月" + ("" if day == month_end(day) else f"<br>至{day.day}日") for day in days]
    return ["" if narrow and (last - place) % 2 else name for place, name in enumerate(names)]


def _labels(values: list[Value], indicator: Indicator, few: bool) -> list[str]:
    """What stands at each month; `few`: only at the highest, the lowest and the last known one.

    Long labels stand at every second month counted from the last, so that none touches the next.
    """
    known = {place: value for place, value in enumerate(values) if value is not None}
    told = {place: frame.told(value, indicator) for place, value in known.items()}
    shown = set(known)
    if few:
        shown = {max(known, key=known.__getitem__), min(known, key=known.__getitem__), max(known)}
    elif max(map(len, told.values())) > SHORT:
        shown = {place for place in known if (len(values) - 1 - place) % 2 == 0}
    return [told[place] if place in shown else "" for place in range(len(values))]


def _bars(
    figure: go.Figure, values: list[Value], before: list[Value], labels: list[str], _: Indicator
) -> None:
    """The year before stands behind as a wider, darker bar."""
    figure.add_bar(y=before, name="去年同月", marker_color=theme.BORDER, width=0.84)
    figure.add_bar(
        y=values,
        name="当月",
        marker_color=theme.ACCENT,
        width=0.5,
        text=labels,
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        textfont={"size": frame.SMALL},
    )
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(rangemode="tozero", showticklabels=False, showgrid=False)


def _line(
    figure: go.Figure, values: list[Value], before: list[Value], labels: list[str], indicator: Indicator
) -> None:
    figure.add_scatter(
        y=before,
        name="去年同月",
        mode="lines",
        line={"color": theme.MUTED, "width": 2, "dash": "dot"},
    )
    figure.add_scatter(
        y=values,
        name="期末",
        mode="lines+markers+text",
        line={"color": theme.ACCENT, "width": 3},
        marker={"size": 7},
        text=labels,
        textposition="top center",
        cliponaxis=False,
    )
    _scale(figure, indicator)


def _scale(figure: go.Figure, indicator: Indicator) -> None:
    """A line may leave zero out, all digits on the axis."""
    figure.update_yaxes(
        rangemode="tozero" if _adds(indicator) else "normal",
        ticksuffix="%" if indicator.unit == "%" else "",
        tickformat=",~f",
    )


def plan_curve(series: pd.DataFrame, indicator: Indicator, target: Target | None) -> go.Figure | None:
    """This year month by month beside the plan, in the indicator's unit; a flow is added up from January.

    series: month (month end or the data's last day), value. Without a target only what is done is drawn; None
    where nothing is known.
    """
    days, done = _this_year(series, indicator)
    if not days:
        return None
    figure = frame.base(indicator.unit, legend=True)
    if target:
        _plan(figure, target, indicator)
    figure.add_scatter(
        x=[_position(day) for day in days],
        y=done,
        name="完成",
        mode="lines+markers+text",
        line={"color": theme.ACCENT, "width": 4},
        marker={"size": 8},
        text=[""] * (len(done) - 1) + [f"<b>{frame.told(done[-1], indicator)}</b>"],
        textposition="top left",
        cliponaxis=False,
    )
    figure.update_xaxes(
        tickvals=TICKS, ticktext=[f"{month}月" for month in TICKS], range=[0.6, 12.7], tickangle=0
    )
    _scale(figure, indicator)
    return figure


def _adds(indicator: Indicator) -> bool:
    return indicator.rule == "flow" and not indicator.is_ratio


def _this_year(series: pd.DataFrame, indicator: Indicator) -> tuple[list[date], list[float]]:
    """The year's days and what was reached by then; a sum is not told beyond a month that is not known."""
    days = [pd.Timestamp(day).date() for day in series["month"]]
    rows = zip(days, (_number(value) for value in series["value"]), strict=True)
    this = [(day, value) for day, value in rows if day.year == days[-1].year]
    if not _adds(indicator):
        known = [(day, value) for day, value in this if value is not None]
        return [day for day, _ in known], [value for _, value in known]
    begun = list(takewhile(lambda row: row[1] is not None, this))
    return [day for day, _ in begun], list(accumulate(value or 0.0 for _, value in begun))


def _position(day: date) -> float:
    """Where a day stands on the axis of month ends: 30 June is 6, 15 June about 5.5."""
    return day.month - 1 + day.day / month_end(day).day


def _plan(figure: go.Figure, target: Target, indicator: Indicator) -> None:
    planned = [None if share is None else target.annual * share / 100 for share in target.plan]
    figure.add_scatter(
        x=list(range(1, 13)),
        y=planned,
        name="计划",
        mode="lines",
        line={"color": theme.AMBER, "width": 2, "dash": "dash"},
    )
    figure.add_hline(y=target.annual, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=12.6,
        y=target.annual,
        text=f"年度目标 {frame.told(target.annual, indicator)}",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font={"size": frame.SMALL, "color": theme.MUTED},
    )
