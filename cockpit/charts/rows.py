"""Rows of labelled bars as HTML: sharp text at every size and no drawing library to wait for.

Each function returns one block; its looks are in static/charts.css. Labels and numbers stand beside the bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from cockpit import codes, numbers, theme
from cockpit.charts import frame
from cockpit.indicators import Indicator
from cockpit.reading.reading import Reading


@dataclass(frozen=True)
class Row:
    """One bar: `share` 0..1 of the widest, `mark` the position of a target, `after` muted words behind."""

    label: str
    share: float
    text: str
    after: str = ""
    mark: float | None = None
    colour: str = theme.ACCENT


def _percent(share: float) -> str:
    return f"{max(0.0, min(share, 1.0)) * 100:.1f}%"


def _row(row: Row) -> str:
    mark = "" if row.mark is None else f'<u style="left:{_percent(row.mark)}"></u>'
    bar = f'<i style="width:{_percent(row.share)};background:{row.colour}"></i>'
    after = f"<small>{escape(row.after)}</small>" if row.after else ""
    return (
        f'<div class="row"><span class="label">{escape(row.label)}</span>'
        f'<span class="bar">{bar}{mark}</span><span class="value">{escape(row.text)}{after}</span></div>'
    )


def block(rows: Sequence[Row], note: str = "") -> str:
    """Rows under one another, filling the height evenly; the note in small type below."""
    small = f'<p class="rows-note">{escape(note)}</p>' if note else ""
    return f'<div class="rows">{"".join(_row(row) for row in rows)}{small}</div>'


def _values(frame_: pd.DataFrame) -> list[tuple[str, float | None, int, int]]:
    """(label, value, numerator, denominator) of a breakdown; a missing value is None."""
    columns = (frame_[name] for name in ("label", "value", "numerator", "denominator"))
    return [
        (str(label), None if pd.isna(value) else float(value), _whole(numerator), _whole(denominator))
        for label, value, numerator, denominator in zip(*columns, strict=True)
    ]


def _whole(value: object) -> int:
    return 0 if pd.isna(value) else int(value)  # type: ignore[call-overload]


def bars(breakdown: pd.DataFrame, indicator: Indicator, most: int = 8, ordered: bool = False) -> str:
    """One bar per part, largest first (`ordered`: as given); of a percentage the bar is the value itself.

    breakdown: label, value, numerator, denominator. Parts beyond `most` are added up as 其他.
    """
    parts = _values(breakdown)
    if not ordered:
        parts.sort(key=lambda part: -(part[1] or 0.0))
    if indicator.is_ratio:
        return block([_rate(part, indicator) for part in parts[:most]])
    shown, rest = parts[:most], parts[most:]
    if rest:
        shown.append((f"其他{len(rest)}类", float(sum(p[1] or 0.0 for p in rest)), 0, 0))
    total = sum(p[1] or 0.0 for p in shown)
    widest = max((p[1] or 0.0 for p in shown), default=0.0)
    return block([_count(part, indicator, widest, total) for part in shown])


def _rate(part: tuple[str, float | None, int, int], indicator: Indicator) -> Row:
    label, value, numerator, denominator = part
    of = f"{numbers.number(numerator)}/{numbers.number(denominator)}"
    return Row(label, (value or 0.0) / 100, frame.told(value, indicator), of)


def _count(
    part: tuple[str, float | None, int, int], indicator: Indicator, widest: float, total: float
) -> Row:
    label, value, *_ = part
    share = numbers.percent(100 * (value or 0.0) / total) if total else ""
    told = numbers.figure(value, indicator.unit, indicator.decimals)
    return Row(label, (value or 0.0) / widest if widest else 0.0, told, share)


def bullets(readings: Sequence[Reading]) -> str:
    """Percentages as bars from 0 to 100 with the year's target as a mark; the lamp's colour and word."""
    return block([_bullet(reading) for reading in readings])


def _bullet(reading: Reading) -> Row:
    lamp = theme.LAMPS[reading.lamp]
    value = numbers.percent(reading.value, reading.indicator.decimals)
    goal = f"目标{numbers.percent(reading.target)}" if reading.target is not None else reading.lamp_reason
    mark = None if reading.target is None else reading.target / 100
    words = f"{lamp.shape}{lamp.word} {goal}"
    return Row(reading.indicator.name, (reading.value or 0.0) / 100, value, words, mark, lamp.colour)


def funnel(breakdown: pd.DataFrame) -> str:
    """Stages in their statutory order, each as a share of the first; breakdown: code, numerator."""
    counts = {code: _whole(n) for code, n in zip(breakdown["code"], breakdown["numerator"], strict=True)}
    first = counts.get("offer", 0)
    rows = []
    for code, label in codes.BARGAIN_STAGES.items():
        share = counts.get(code, 0) / first if first else 0.0
        told = f"{numbers.number(counts.get(code, 0))}份"
        rows.append(Row(label, share, told, numbers.percent(100 * share) if first else ""))
    return block(rows)


SPLIT_COLOURS = {"single": theme.ACCENT, "area": theme.AMBER, "both": theme.VIOLET}


def split(breakdown: pd.DataFrame, total: int, unit: str = "家") -> str:
    """仅单签, 仅区域行业, 两者都有: one bar of three parts adding up to `total`, the sum written out."""
    counts = {code: _whole(n) for code, n in zip(breakdown["code"], breakdown["numerator"], strict=True)}
    parts = [(codes.COVERAGE_SPLIT[code], counts.get(code, 0), SPLIT_COLOURS[code]) for code in SPLIT_COLOURS]
    bar = "".join(
        f'<i style="flex:{count} 0 0;background:{colour}"></i>' for _, count, colour in parts if count
    )
    keys = "".join(
        f'<span><b style="color:{colour}">■</b> {label} <strong>{numbers.number(count)}</strong>{unit}'
        f"<small>{numbers.percent(100 * count / total) if total else ''}</small></span>"
        for label, count, colour in parts
    )
    told = " + ".join(numbers.number(count) for _, count, _ in parts)
    return (
        f'<div class="split"><div class="split-bar">{bar}</div><div class="split-keys">{keys}</div>'
        f'<p class="rows-note">{told} = {numbers.number(total)}{unit}，三部分不重叠</p></div>'
    )


def facts(readings: Sequence[Reading]) -> str:
    """Figures without a card of their own: name, value, against the year before, lamp."""
    return f'<div class="facts">{"".join(_fact(reading) for reading in readings)}</div>'


def _fact(reading: Reading) -> str:
    i = reading.indicator
    told = numbers.figure(reading.value, i.unit, i.decimals)
    if reading.year_change is None:
        than = "同比—"
    else:
        change = numbers.points if i.unit == "%" else numbers.change
        than = f"同比{change(reading.year_change)}"
    lamp = theme.LAMPS[reading.lamp]
    words = than if reading.value is not None else reading.reason or ""
    return (
        f'<div class="fact"><span>{escape(i.name)}</span><b>{escape(told)}</b><small>{escape(words)}</small>'
        f'<em style="color:{lamp.colour}">{lamp.shape}{lamp.word}</em></div>'
    )
