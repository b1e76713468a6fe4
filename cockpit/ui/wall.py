"""What a wall screen is made of: nothing to click, nothing hidden behind a pointer, type for a distance."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from cockpit import numbers, pace
from cockpit.attention import Item
from cockpit.reading import Reading
from cockpit.ui.markup import lamp
from cockpit.ui.panels import empty


def cards(readings: Sequence[Reading], late: Sequence[str], focus: str = "", whose: str = "") -> None:
    """Headline figures. `late`: per reading its 过期 mark or nothing; `focus`: the indicator in turn.

    `whose`: the district in turn, where it may be another than the header's.
    """
    pairs = zip(readings, late, strict=True)
    inner = "".join(_card(reading, mark, reading.indicator.key == focus) for reading, mark in pairs)
    title = f"<h2>{escape(whose)}</h2>" if whose else ""
    st.html(f'<section class="wl-cards n{len(readings)}">{title}{inner}</section>')


def _card(reading: Reading, late: str, lit: bool) -> str:
    i = reading.indicator
    mark = f'<em class="chip late">{escape(late)}</em>' if late else ""
    return (
        f'<article class="wl-card {reading.lamp}{" lit" if lit else ""}{" stale" if late else ""}">'
        f"<h3>{escape(i.name)}</h3>"
        f'<div class="value">{_value(reading)}{mark}</div>{_goal(reading)}'
        f"<p>{_compared(reading)}{_target(reading)}</p><p>{lamp(reading.lamp)}{_rank(reading)}</p></article>"
    )


def _value(reading: Reading) -> str:
    i = reading.indicator
    if reading.value is None:
        return f"<b>{numbers.MISSING}</b><i>{escape(reading.reason or '没有数据')}</i>"
    if i.unit == "%":
        digits, unit = numbers.percent(reading.value, i.decimals).rstrip("%"), "%"
    else:
        digits, unit = numbers.short(reading.value, i.unit, i.decimals)
    return f"<b>{escape(digits)}</b><span>{escape(unit)}</span>"


def _goal(reading: Reading) -> str:
    """Done against the annual target, with a mark where the plan stands now; without one, the reason."""
    if reading.target is None or reading.done is None:
        return f'<p class="goal none">{escape(reading.lamp_reason)}</p>'
    done = min(max(reading.done, 0), 100)
    mark = "" if reading.plan is None else f'<u style="left:{min(max(reading.plan, 0), 100):.1f}%"></u>'
    gap = "" if reading.gap is None else _short(pace.told(reading.gap))
    return (
        f'<div class="track"><i style="width:{done:.1f}%"></i>{mark}</div>'
        f'<p class="goal"><span>完成{numbers.percent(reading.done)}</span><span class="gap">{gap}</span></p>'
    )


def _short(told: str) -> str:
    """落后计划1.5个百分点 -> 落后1.5点: the mark on the bar beside it is the plan."""
    return told if told == "与计划持平" else told.replace("计划", "").replace("个百分点", "点")


def _compared(reading: Reading) -> str:
    full = (numbers.points if reading.indicator.unit == "%" else numbers.change)(reading.year_change)
    return f"<span>同比 <b>{full.replace('个百分点', '点')}</b></span>"


def _target(reading: Reading) -> str:
    """The year's target, where the card tells how much of it is done."""
    i, target = reading.indicator, reading.target
    if target is None or reading.done is None:
        return ""
    told = numbers.percent(target) if i.unit == "%" else "".join(numbers.short(target, "", i.decimals))
    return f'<span class="target">目标<b>{escape(told)}</b></span>'


def _rank(reading: Reading) -> str:
    if reading.rank is None:
        return ""
    moved = "" if reading.rank_change is None else f" {numbers.places(reading.rank_change)}"
    return f'<span class="rank">第<b>{reading.rank}</b>/{reading.siblings}{moved}</span>'


def unknown(readings: Sequence[Reading]) -> str:
    """Why nothing of this can be shown; empty where some of it is known."""
    if any(reading.value is not None for reading in readings):
        return ""
    return next((reading.reason for reading in readings if reading.reason), "没有下级区划。")


def ranking(readings: Sequence[Reading], most: int = 12, chosen: str = "") -> None:
    """Districts by one indicator, best first, unknown last; at most `most`, and how many more there are."""
    if reason := unknown(readings):
        empty(reason)
        return
    longest = max((abs(r.value) for r in readings if r.value is not None), default=0.0)
    known_first = sorted(readings, key=lambda r: r.value is None)
    rows = "".join(_row(r, longest, r.slice.district.code == chosen) for r in known_first[:most])
    basis = next((f"按{r.rank_basis}排位" for r in readings if r.rank_basis), "不排位")
    more = f"，另有{len(readings) - most}个未列出" if len(readings) > most else ""
    aimless = "" if any(r.target is not None for r in readings) else " aimless"
    dense = " dense" if len(readings) > 6 else ""
    st.html(f'<div class="wl-ranking{aimless}{dense}"><ol>{rows}</ol><p>{escape(basis)}{more}</p></div>')


def _row(reading: Reading, longest: float, chosen: bool) -> str:
    place = numbers.MISSING if reading.rank is None else str(reading.rank)
    told = _told(reading, longest)
    return (
        f'<li class="wl-turn{" chosen" if chosen else ""}"><span class="place p{place}">{place}</span>'
        f'<span class="name">{escape(reading.slice.district.name)}</span>{told}</li>'
    )


def _told(reading: Reading, longest: float) -> str:
    """Bar, value, target completion, lamp and change of place; or why there is no value."""
    if reading.value is None:
        return f'<span class="why">{numbers.MISSING} {escape(reading.reason or "")}</span>'
    width = 100 * max(reading.value, 0) / longest if longest else 0
    done = "" if reading.done is None else f"完成{numbers.percent(reading.done)}"
    moved = "" if reading.rank_change is None else numbers.places(reading.rank_change)
    return (
        f'<span class="bar"><i style="width:{width:.1f}%"></i></span><b>{_figure(reading)}</b>'
        f'<span class="done">{done}</span>{lamp(reading.lamp)}<span>{moved}</span>'
    )


def _figure(reading: Reading) -> str:
    i = reading.indicator
    if i.unit == "%":
        return escape(numbers.figure(reading.value, i.unit, i.decimals))
    digits, unit = numbers.short(reading.value, i.unit, i.decimals)
    return f"{escape(digits)}<small>{escape(unit)}</small>"


def attention(items: Sequence[Item]) -> None:
    """What needs a leader's eye, one block each."""
    if not items:
        empty("没有需要关注的事项：各项不落后于计划，数据没有过期。")
        return
    rows = "".join(
        f'<li class="wl-turn {item.lamp}">{lamp(item.lamp)}<p>{escape(item.sentence)}</p></li>'
        for item in items
    )
    st.html(f'<ul class="wl-attention">{rows}</ul>')
