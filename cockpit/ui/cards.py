"""Headline figures: all cards of a page are one block of HTML, far cheaper than a widget each."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from cockpit import numbers, pace
from cockpit.codes import STATUS
from cockpit.reading import Reading
from cockpit.ui.markup import href, kept, lamp
from cockpit.ui.spark import spark

Sparks = Mapping[str, Sequence[float | None]]


def cards(readings: Sequence[Reading], sparks: Sparks | None = None) -> None:
    """One card per reading. `sparks`: indicator key -> the last months' values (PageContext.sparks())."""
    curves = sparks or {}
    inner = "".join(card(reading, curves.get(reading.indicator.key, ())) for reading in readings)
    st.html(f'<section class="ck-cards n{len(readings)}">{inner}</section>')


def card(reading: Reading, curve: Sequence[float | None] = ()) -> str:
    """A figure with all that is needed to judge it: target and pace, comparisons, rank, date, status."""
    i, name = reading.indicator, escape(reading.indicator.name)
    link = href(i.theme, kept(reading.slice, i.theme))
    return (
        f'<article class="ck-card {reading.lamp}{" stale" if reading.stale else ""}">'
        f'<a class="cover" href="{link}" aria-label="{name}"></a>'
        f"<h3><span>{name}</span>{_how(reading)}{lamp(reading.lamp, reading.lamp_reason)}</h3>"
        f'<div class="main">{_value(reading)}<div class="side">{spark(curve, f"{i.name}近12个月")}'
        f"{_dated(reading)}</div></div>{_goal(reading)}{_compared(reading)}</article>"
    )


def _how(reading: Reading) -> str:
    i = reading.indicator
    told = escape(f"口径：{i.definition}\n计算：{i.formula}\n依据：{i.basis or '—'}（第{i.version}版）")
    link = href("handbook", kept(reading.slice, "handbook"), i.key)
    return f'<a class="how" href="{link}" title="{told}">口径</a>'


def _value(reading: Reading) -> str:
    i = reading.indicator
    if reading.value is None:
        reason = escape(reading.reason or "没有数据")
        return f'<div class="value"><b>{numbers.MISSING}</b><em>{reason}</em></div>'
    if i.unit == "%":
        digits, unit = numbers.percent(reading.value, i.decimals).rstrip("%"), "%"
    else:
        digits, unit = numbers.short(reading.value, i.unit, i.decimals)
    exact = escape(numbers.figure(reading.value, i.unit, i.decimals))
    return f'<div class="value" title="{exact}"><b>{escape(digits)}</b><span>{escape(unit)}</span></div>'


def _dated(reading: Reading) -> str:
    day = f"截至{reading.as_of:%Y-%m-%d}" if reading.as_of else "无数据日期"
    late = '<span class="chip late">过期</span>' if reading.stale else ""
    return f'<small>{day}<span class="chip {reading.status}">{STATUS[reading.status]}</span>{late}</small>'


def _goal(reading: Reading) -> str:
    """The bar: done against the annual target, with a mark where the plan stands now."""
    i = reading.indicator
    if reading.target is None or reading.done is None:
        # why there is no figure stands beside it already
        words = "" if reading.lamp_reason == reading.reason else escape(reading.lamp_reason)
        return f'<div class="goal none"><div class="track"></div><p>{words}</p></div>'
    done = min(max(reading.done, 0), 100)
    mark = "" if reading.plan is None else f'<u style="left:{min(max(reading.plan, 0), 100):.1f}%"></u>'
    digits, unit = numbers.short(reading.target, i.unit, i.decimals)
    target = escape(numbers.figure(reading.target, i.unit, i.decimals) if unit == "%" else digits + unit)
    gap = "" if reading.gap is None else f'<span class="gap">{pace.told(reading.gap)}</span>'
    title = escape(f"{reading.lamp_reason}\n目标依据：{reading.target_document or '—'}")
    return (
        f'<div class="goal" title="{title}"><div class="track"><i style="width:{done:.1f}%"></i>{mark}</div>'
        f"<p><span>目标{target}</span><span>完成{numbers.percent(reading.done)}</span>{gap}</p></div>"
    )


def _compared(reading: Reading) -> str:
    previous = _change("环比", reading, reading.change, reading.previous_reason)
    year_ago = _change("同比", reading, reading.year_change, reading.year_ago_reason)
    return f'<div class="versus">{year_ago}{previous}{_rank(reading)}</div>'


def _change(word: str, reading: Reading, value: float | None, reason: str | None) -> str:
    in_points = reading.indicator.unit == "%"
    full = numbers.points(value) if in_points else numbers.change(value)
    title = escape(reason or f"{word}{full}")
    told = full.replace("个百分点", "<small>点</small>")
    return f'<span title="{title}">{word} <b class="{_liked(reading, value)}">{told}</b></span>'


def _liked(reading: Reading, change: float | None) -> str:
    if not change or reading.indicator.direction == "neutral":
        return ""
    return "good" if (change > 0) == (reading.indicator.direction == "up") else "bad"


def _rank(reading: Reading) -> str:
    if reading.rank is None:
        return ""
    moved = "" if reading.rank_change is None else f" {numbers.places(reading.rank_change)}"
    title = escape(reading.rank_basis or "")
    return f'<span class="rank" title="{title}">第<b>{reading.rank}</b>/{reading.siblings}{moved}</span>'
