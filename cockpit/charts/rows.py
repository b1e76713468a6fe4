"""Rows of labelled bars as HTML: sharp text at every size and no drawing library to wait for.

Each function returns one block, or "" where there is nothing known to draw: nothing is never drawn as zero.
Looks are in static/figures.css. Labels and numbers stand beside the bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from cockpit import codes, numbers, theme
from cockpit.charts import frame
from cockpit.indicators import Indicator
from cockpit.pace import Lamp
from cockpit.reading.reading import Reading

WIDEST = 14  # characters of a label; a longer one is cut with an ellipsis


@dataclass(frozen=True)
class Row:
    """One bar: `share` 0..1 of its full length, `mark` a target's place on it; value, unit, words, lamp."""

    label: str
    share: float
    value: str
    unit: str = ""
    after: str = ""
    mark: float | None = None
    colour: str = theme.ACCENT
    lamp: Lamp | None = None


def _percent(share: float) -> str:
    return f"{max(0.0, min(share, 1.0)) * 100:.1f}%"


def _lamp(lamp: Lamp | None) -> str:
    if lamp is None:
        return ""
    look = theme.LAMPS[lamp]
    return f'<em style="color:{look.colour}">{look.shape} {look.word}</em> '


def _row(row: Row) -> str:
    mark = "" if row.mark is None else f'<u style="left:{_percent(row.mark)}"></u>'
    bar = f'<i style="width:{_percent(row.share)};background:{row.colour}"></i>' if row.share else ""
    return (
        f'<div class="row"><span class="label">{escape(row.label)}</span><span class="bar">{bar}{mark}</span>'
        f'<span class="value"><b>{escape(row.value)}</b>{escape(row.unit)}</span>'
        f'<span class="after">{_lamp(row.lamp)}{escape(row.after)}</span></div>'
    )


def _ems(text: str) -> float:
    """About how wide a label is, in widths of a Chinese character."""
    return sum(1.0 if ord(letter) > 0x2E80 else 0.55 for letter in text)


def block(rows: Sequence[Row], kind: str = "") -> str:
    """Rows under one another; kind `two` and `rates` leave more room for the words behind the value."""
    if not rows:
        return ""
    longest = max(_ems(row.label) for row in rows)
    inner = "".join(_row(row) for row in rows)
    return f'<div class="rows {kind}" style="--label:{min(longest, WIDEST) * 1.15:.1f}rem">{inner}</div>'


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
        return block([_rate(part, indicator) for part in parts[:most]], "rates")
    shown, rest = parts[:most], parts[most:]
    if rest:
        shown.append((f"其他{len(rest)}类", float(sum(p[1] or 0.0 for p in rest)), 0, 0))
    total = sum(p[1] or 0.0 for p in shown)
    widest = max((p[1] or 0.0 for p in shown), default=0.0)
    return block([_count(part, indicator, widest, total) for part in shown])


def _rate(part: tuple[str, float | None, int, int], indicator: Indicator) -> Row:
    label, value, numerator, denominator = part
    of = "" if value is None else f"{numbers.number(numerator)}/{numbers.number(denominator)}"
    return Row(label, (value or 0.0) / 100, frame.told(value, indicator), after=of)


def _count(
    part: tuple[str, float | None, int, int], indicator: Indicator, widest: float, total: float
) -> Row:
    label, value, *_ = part
    share = numbers.percent(100 * (value or 0.0) / total) if total else ""
    told = numbers.number(value, indicator.decimals)
    return Row(label, (value or 0.0) / widest if widest else 0.0, told, indicator.unit, share)


def bullets(readings: Sequence[Reading]) -> str:
    """Percentages as bars from 0 to 100 with the year's target as a mark; the lamp's colour and word."""
    return block([_bullet(reading) for reading in readings], "two")


def _bullet(reading: Reading) -> Row:
    i, value, target = reading.indicator, reading.value, reading.target
    return Row(
        i.name,
        (value or 0.0) / 100,
        numbers.percent(value, i.decimals),
        after=reading.lamp_reason if target is None else f"目标{numbers.percent(target)}",
        mark=None if target is None else target / 100,
        colour=theme.LAMPS[reading.lamp].colour,
        lamp=reading.lamp,
    )


def funnel(breakdown: pd.DataFrame) -> str:
    """Stages in their statutory order, each as a share of the first; breakdown: code, numerator."""
    if breakdown.empty:
        return ""
    counts = {code: _whole(n) for code, n in zip(breakdown["code"], breakdown["numerator"], strict=True)}
    first = counts.get("offer", 0)
    rows = []
    for code, label in codes.BARGAIN_STAGES.items():
        share = counts.get(code, 0) / first if first else 0.0
        told = numbers.number(counts.get(code, 0))
        rows.append(Row(label, share, told, "份", numbers.percent(100 * share) if first else ""))
    return block(rows)


SPLIT_COLOURS = {"single": theme.ACCENT, "area": theme.AMBER, "both": theme.VIOLET}


def split(breakdown: pd.DataFrame, total: int, unit: str = "家") -> str:
    """仅单签, 仅区域行业, 两者都有: one bar of three parts adding up to `total`, the sum written out."""
    if breakdown.empty:
        return ""
    counts = {code: _whole(n) for code, n in zip(breakdown["code"], breakdown["numerator"], strict=True)}
    parts = [(codes.COVERAGE_SPLIT[code], counts.get(code, 0), SPLIT_COLOURS[code]) for code in SPLIT_COLOURS]
    bar = "".join(
        f'<i style="flex:{count} 0 0;background:{colour}"></i>' for _, count, colour in parts if count
    )
    keys = "".join(
        f'<div><b style="color:{colour}">■</b><span>{label}</span><strong>{numbers.number(count)}</strong>'
        f"<span>{unit}</span><small>{numbers.percent(100 * count / total) if total else ''}</small></div>"
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
    tell, change = (numbers.percent, numbers.points) if i.unit == "%" else (numbers.number, numbers.change)
    unit = "" if i.unit == "%" else escape(i.unit)
    words = reading.reason or f"同比{change(reading.year_change)}"
    none = " none" if reading.value is None else ""
    return (
        f'<div class="fact{none}"><span>{escape(i.name)}</span>'
        f"<span><b>{tell(reading.value, i.decimals)}</b>{unit}</span>"
        f"<small>{escape(words)}</small>{_lamp(reading.lamp)}</div>"
    )
