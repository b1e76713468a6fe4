"""Districts by one indicator, best first; each name leads to that district."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from cockpit import numbers
from cockpit.reading import Reading
from cockpit.ui.markup import lamp
from cockpit.ui.panels import empty


def ranking(readings: Sequence[Reading], chosen: str = "") -> None:
    """A list with place, name, bar from zero, value, target completion, lamp and change of place.

    `chosen` is the code of a district to be marked.
    """
    if not readings:
        empty("镇街以下不再分列，请在上方选择区县或全市查看位次。")
        return
    most = max((abs(r.value) for r in readings if r.value is not None), default=0.0)
    rows = "".join(_row(reading, most, reading.slice.district.code == chosen) for reading in readings)
    basis = next((r.rank_basis for r in readings if r.rank_basis), "")
    notes = [f"按{basis}排位"] if basis else []
    notes += [f"—：{reason}" for reason in _reasons(readings)]
    foot = f'<p class="ck-note">{escape("；".join(notes))}</p>' if notes else ""
    many = " many" if len(readings) > 8 else ""
    aimless = "" if any(r.target is not None for r in readings) else " aimless"
    st.html(f'<div class="ck-ranking{many}{aimless}"><ol>{rows}</ol>{foot}</div>')


def _reasons(readings: Sequence[Reading]) -> list[str]:
    """Why figures are missing, where one reason fits all; else each stands at its figure."""
    found = {r.reason for r in readings if r.value is None and r.reason}
    return [*found] if len(found) == 1 else []


def _row(reading: Reading, most: float, marked: bool) -> str:
    name = escape(reading.slice.district.name)
    place = "—" if reading.rank is None else str(reading.rank)
    width = 0 if not most or reading.value is None else 100 * max(reading.value, 0) / most
    done = "" if reading.done is None else f"完成{numbers.percent(reading.done)}"
    moved = "" if reading.rank_change is None else numbers.places(reading.rank_change)
    return (
        f'<li class="{"marked" if marked else ""}"><span class="place p{place}">{place}</span>'
        f'<a href="{_drill(reading)}">{name}</a>'
        f'<span class="bar"><i style="width:{width:.1f}%"></i></span>{_value(reading)}'
        f'<span class="done">{done}</span>{lamp(reading.lamp, reading.lamp_reason)}'
        f'<span class="moved" title="较上期位次">{moved}</span></li>'
    )


def _drill(reading: Reading) -> str:
    """The same page for that district: a query alone keeps the path."""
    return escape("?" + "&".join(f"{name}={code}" for name, code in reading.slice.query().items()))


def _value(reading: Reading) -> str:
    i = reading.indicator
    if reading.value is None:
        return f'<span class="value none" title="{escape(reading.reason or "")}">{numbers.MISSING}</span>'
    digits, unit = numbers.short(reading.value, i.unit, i.decimals)
    told = numbers.figure(reading.value, i.unit, i.decimals) if unit == "%" else digits
    small = "" if unit == "%" else f"<small>{escape(unit)}</small>"
    return f'<span class="value"><b>{escape(told)}</b>{small}</span>'
