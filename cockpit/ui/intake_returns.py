"""Who has sent what and when: the rate of returns in time, what is late, and the whole table."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from cockpit import numbers
from cockpit.handbook import DEFINITION, Return, by_district, punctuality
from cockpit.handbook.returns import Punctuality
from cockpit.ui.intake_marks import rows
from cockpit.ui.panels import empty

MOST = 40


def rates(found: Sequence[Return]) -> None:
    """The rate of the whole and of every county, with its definition."""
    whole = punctuality(found)
    figure = f"<b>{numbers.percent(whole.rate)}</b><span>{whole.on_time}/{whole.due}项及时</span>"
    bars = "".join(_bar(county.name, rate) for county, rate in by_district(found).items())
    st.html(
        f'<div class="ck-rates"><div class="whole">{figure}</div><ol>{bars}</ol>'
        f'<p class="ck-note">{escape(DEFINITION)}</p></div>'
    )


def _bar(name: str, rate: Punctuality) -> str:
    return (
        f'<li><span>{escape(name)}</span><i><u style="width:{rate.rate or 0:.1f}%"></u></i>'
        f"<b>{numbers.percent(rate.rate)}</b><small>{rate.on_time}/{rate.due}项</small></li>"
    )


def late(found: Sequence[Return]) -> None:
    """Never sent first, then the latest first."""
    missing = [one for one in found if one.as_of is None]
    behind = sorted((one for one in found if one.overdue), key=lambda one: -one.overdue)
    if not missing and not behind:
        empty("没有迟报和未报：每个区县的每种来源都在规定天数内。")
        return
    lines = [_late(one) for one in (*missing, *behind)]
    more = f'<p class="ck-note">另有{len(lines) - MOST}项未列出</p>' if len(lines) > MOST else ""
    st.html(f'<ul class="ck-late">{"".join(lines[:MOST])}</ul>{more}')


def _late(one: Return) -> str:
    told = "从未报送" if one.as_of is None else f"停在{one.as_of}，超期{one.overdue}天"
    mark = "○ 未报送" if one.as_of is None else "■ 迟报"
    return (
        f'<li class="{"never" if one.as_of is None else "late"}"><span>{mark}</span>'
        f"<b>{escape(one.district.name)}</b><span>{escape(one.label)}</span><span>{escape(told)}</span></li>"
    )


def matrix(found: Sequence[Return]) -> None:
    """One row per source, one column per county: how far its data reaches and when the last file came."""
    counties = dict.fromkeys(one.district for one in found)
    at = {(one.source, one.district.code): one for one in found}
    sources = dict.fromkeys((one.source, one.label, one.rhythm_days) for one in found)
    lines = [
        [escape(label), f"{days}天", *(_cell(at[name, county.code]) for county in counties)]
        for name, label, days in sources
    ]
    rows(["来源", "规定", *(county.name for county in counties)], lines, (), "matrix")


def _cell(one: Return) -> str:
    came = f"<small>收到 {one.received_at:%Y-%m-%d}</small>" if one.received_at else ""
    if one.as_of is None:
        return '<span class="never">○ 未报送</span>'
    if one.overdue:
        return f'<span class="late">■ {one.as_of} 超期{one.overdue}天</span>{came}'
    return f'<span class="in-time">● {one.as_of}</span>{came}'
