"""Readings made by hand, for what draws them."""

from dataclasses import replace
from datetime import date
from typing import Any

from cockpit import districts, indicators
from cockpit.reading import Reading
from cockpit.slices import Slice, parse_period


def reading(key: str, district: str, value: float | None, **more: Any) -> Reading:
    """A reading of the first half of 2023 with nothing but its value; `more` sets other fields."""
    made = Reading(
        indicator=indicators.get(key),
        slice=Slice(districts.get(district), parse_period("2023-H1")),
        value=value,
        numerator=None if value is None else int(value),
        denominator=None,
        reason=None if value is not None else "未收到数据",
        previous=None,
        change=None,
        previous_reason=None,
        year_ago=None,
        year_change=None,
        year_ago_reason=None,
        target=None,
        done=None,
        plan=None,
        gap=None,
        lamp="grey",
        lamp_reason="未下达目标",
        target_document=None,
        rank=None,
        siblings=None,
        rank_change=None,
        rank_basis=None,
        as_of=date(2023, 6, 30),
        stale=False,
        status="demo",
        version="v",
    )
    return replace(made, **more)


def children(key: str, district: str, values: list[float | None], **more: Any) -> list[Reading]:
    """One reading per district below, in the order of their codes."""
    below = districts.children(district)
    return [reading(key, d.code, value, **more) for d, value in zip(below, values, strict=True)]
