"""Small groups on screens that anyone may pass by: fewer than five persons are not told.

Nor may they be worked out: where one district is hidden the next smallest is too, and small parts of a whole
are told together.
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from cockpit.indicators import LEAST, Indicator
from cockpit.reading.reading import Reading

PERSONS = ("人", "人次")
HIDDEN = f"不足{LEAST}人，不公开显示"


def small(indicator: Indicator, count: float | None, denominator: float | None = None) -> bool:
    """Whether a figure tells of fewer than LEAST persons; a rate is judged by what it is a part of."""
    if indicator.is_ratio:
        return denominator is not None and 0 < denominator < LEAST
    return indicator.unit in PERSONS and count is not None and 0 < abs(count) < LEAST


def _hidden(reading: Reading) -> Reading:
    nothing = dict.fromkeys(
        ("value", "numerator", "denominator", "previous", "change", "year_ago", "year_change", "done", "gap")
    )
    ranked = dict.fromkeys(("rank", "rank_change"))
    return replace(reading, **nothing, **ranked, reason=HIDDEN, lamp="grey", lamp_reason=HIDDEN)  # type: ignore[arg-type]


def _is_small(reading: Reading) -> bool:
    return small(reading.indicator, reading.value, reading.denominator)


def one(reading: Reading) -> Reading:
    """The reading, or one without its figure; a comparison with a small group goes too."""
    if _is_small(reading):
        return _hidden(reading)
    if small(reading.indicator, reading.previous):
        reading = replace(reading, previous=None, change=None, previous_reason=HIDDEN)
    if small(reading.indicator, reading.year_ago):
        reading = replace(reading, year_ago=None, year_change=None, year_ago_reason=HIDDEN)
    return reading


def siblings(readings: Sequence[Reading]) -> list[Reading]:
    """Readings that add up to a known whole: a single hidden one takes the next smallest with it."""
    places = [place for place, reading in enumerate(readings) if _is_small(reading)]
    if len(places) == 1:
        others = [p for p, r in enumerate(readings) if r.value and p not in places]
        places += sorted(others, key=lambda p: abs(readings[p].value or 0.0))[:1]
    return [_hidden(r) if place in places else one(r) for place, r in enumerate(readings)]


def parts(frame: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """A breakdown with its small parts, and the next smallest if need be, added up as 其他.

    frame: code, label, numerator, denominator, value.
    """
    if indicator.is_ratio:
        hidden = [small(indicator, None, d) for d in frame["denominator"]]
        return frame.assign(value=frame["value"].mask(pd.Series(hidden, index=frame.index)))
    few = [place for place, n in frame["numerator"].items() if small(indicator, n)]
    if not few:
        return frame
    rest = frame.drop(few)
    rest = rest[rest["numerator"] > 0].sort_values("numerator", kind="stable")
    while frame.loc[few, "numerator"].sum() < LEAST and len(rest):
        few.append(rest.index[0])
        rest = rest.iloc[1:]
    total = frame.loc[few, "numerator"].sum()
    told = total if total >= LEAST else None
    other = {"code": "other", "label": "其他", "numerator": told, "denominator": None, "value": told}
    return pd.concat([frame.drop(few), pd.DataFrame([other])], ignore_index=True)


def months(frame: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """A series without the months that tell of a few persons."""
    pairs = zip(frame["value"], frame["denominator"], strict=True)
    hidden = [small(indicator, None if pd.isna(v) else v, None if pd.isna(d) else d) for v, d in pairs]
    return frame.assign(value=frame["value"].mask(pd.Series(hidden, index=frame.index, dtype=bool)))
