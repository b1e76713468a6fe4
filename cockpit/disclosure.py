"""Small groups on screens that anyone may pass by: fewer than five persons are not told.

Nor may they be worked out from the screens of one period: what is hidden of a whole (its districts, the
months of a quarter or year) is five or more together, small parts of a whole are told together, and a
district that is hidden is so on its own screens too (cockpit.shell.context). Subtracting one period from
another is not prevented here; guarded figures are safe from that too (cockpit.reading.opened).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from cockpit.indicators import LEAST, Indicator
from cockpit.reading.reading import Reading

PERSONS = ("人", "人次")
PEOPLE = ("holders", "entries", "unionised_workers", "workers")  # denominators that count persons
HIDDEN = f"不足{LEAST}人，不公开显示"
FIGURE = ("value", "numerator", "denominator")


def small(indicator: Indicator, count: float | None, denominator: float | None = None) -> bool:
    """Whether a figure tells of fewer than LEAST persons; a rate is judged by what it is a part of."""
    if indicator.denominator:
        return indicator.denominator.column in PEOPLE and denominator is not None and 0 < denominator < LEAST
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


def siblings(readings: Sequence[Reading], withheld: bool = False) -> list[Reading]:
    """Readings that add up to a known whole: a small one takes the next smallest with it.

    `withheld`: the whole is hidden, so that all of them are.
    """
    if withheld:
        return [_hidden(reading) for reading in readings]
    counts = {p: _count(r.indicator, r.value, r.denominator) for p, r in enumerate(readings)}
    hidden = _joined(counts, {p for p, r in enumerate(readings) if _is_small(r)})
    return [_hidden(r) if place in hidden else one(r) for place, r in enumerate(readings)]


def _count(indicator: Indicator, value: float | None, denominator: float | None) -> float:
    """What a figure adds to the whole; nothing where it is not known."""
    count = denominator if indicator.is_ratio else value
    return 0.0 if count is None or pd.isna(count) else abs(count)


def _joined(counts: Mapping[int, float], hidden: set[int]) -> set[int]:
    """`hidden` with the next smallest of `counts`, none of them 0, until these are LEAST persons together."""
    rest = sorted((p for p in counts if counts[p] and p not in hidden), key=counts.__getitem__)
    while hidden and rest and sum(counts.get(place, 0.0) for place in hidden) < LEAST:
        hidden = hidden | {rest.pop(0)}
    return hidden


def parts(frame: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """A breakdown with its small parts, and the next smallest if need be, added up as 其他.

    frame: code, label, numerator, denominator, value.
    """
    if indicator.is_ratio:
        hidden = [small(indicator, None, d) for d in frame["denominator"]]
        return _blank(frame, hidden)
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


def _blank(frame: pd.DataFrame, hidden: Sequence[bool]) -> pd.DataFrame:
    """The frame without the hidden figures; what a rate was counted from goes with it."""
    shown = ~pd.Series(hidden, index=frame.index, dtype=bool)
    return frame.assign(**{name: frame[name].where(shown) for name in FIGURE})


def months(frame: pd.DataFrame, indicator: Indicator, whole: pd.DataFrame) -> pd.DataFrame:
    """A series without the months of a few persons; the sum of a quarter or a year does not tell them either.

    frame: month, value, numerator, denominator, reason. whole: the same of all calendar years it reaches
    into, by which months are chosen, so that no other period leaves out others; but for a month that is cut.
    """
    month = pd.to_datetime(frame["month"]).dt.to_period("M")
    few = _few(whole, indicator)
    figures = zip(month, frame["value"], frame["denominator"], strict=True)
    if {each for each, *figure in figures if small(indicator, *figure)} - few:
        few |= _few(frame, indicator)
    return _without(frame, month.isin(few))


def closed(frame: pd.DataFrame, since: date) -> pd.DataFrame:
    """A series without its months from that of a day on: those that add up to a hidden figure."""
    return _without(frame, pd.to_datetime(frame["month"]) >= pd.Timestamp(since))


def _without(frame: pd.DataFrame, blank: pd.Series) -> pd.DataFrame:
    return _blank(frame, list(blank)).assign(reason=frame["reason"].mask(blank, HIDDEN))


def _few(frame: pd.DataFrame, indicator: Indicator) -> set[pd.Period]:
    """The months of a few persons, and those that go with them."""
    ends = pd.to_datetime(frame["month"])
    figures = list(zip(frame["value"], frame["denominator"], strict=True))
    counts = {place: _count(indicator, *figure) for place, figure in enumerate(figures)}
    hidden = {place for place, count in counts.items() if small(indicator, count, count)}
    if indicator.rule == "flow":
        for spans in (ends.dt.to_period("Q"), ends.dt.year):
            for span in spans.unique():
                within = {place: counts[place] for place in counts if spans.iloc[place] == span}
                hidden |= _joined(within, hidden & within.keys())
    return {ends.iloc[place].to_period("M") for place in hidden}
