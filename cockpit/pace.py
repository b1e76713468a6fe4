"""Targets, plan curves and lamps. The thresholds and the rule's text stand in data/reference/lamps.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cockpit import numbers
from cockpit.districts import REFERENCE
from cockpit.slices.period import month_end

Lamp = Literal["green", "yellow", "red", "grey"]
LAMP_WORDS: dict[Lamp, str] = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "grey": "灰灯"}

_SETTINGS = tomllib.loads((REFERENCE / "lamps.toml").read_text(encoding="utf-8"))
GREEN_FROM: float = _SETTINGS["green_from"]
YELLOW_FROM: float = _SETTINGS["yellow_from"]
RULE: str = _SETTINGS["rule"]
PROVENANCE: str = _SETTINGS["provenance"]


@dataclass(frozen=True)
class Target:
    """A year's target of one district: annual value in the indicator's unit, and its plan curve.

    `plan` has 12 shares of the annual value, in percent, to be reached by each month's end.
    """

    annual: float
    plan: tuple[float | None, ...]
    document: str


def planned(target: Target, day: date, from_zero: bool) -> float | None:
    """Percent of the annual target planned by `day`: the curve, linear by day inside a month.

    A flow starts the year at zero (`from_zero`); a stock or a rate does not, so January has its end's value.
    None where the curve has a gap.
    """
    ahead = target.plan[day.month - 1]
    behind = target.plan[day.month - 2] if day.month > 1 else 0.0 if from_zero else ahead
    if ahead is None or behind is None:
        return None
    last = month_end(day)
    return ahead if day == last else behind + (ahead - behind) * day.day / last.day


def lamp(gap: float) -> Lamp:
    """The lamp of a pace gap in percentage points, judged with the one decimal that is shown."""
    shown = numbers.rounded(gap, 1)
    if shown >= GREEN_FROM:
        return "green"
    return "yellow" if shown >= YELLOW_FROM else "red"


def told(gap: float) -> str:
    """The pace gap in words: 超计划2.1个百分点."""
    shown = numbers.rounded(gap, 1)
    if shown == 0:
        return "与计划持平"
    return f"{'超' if shown > 0 else '落后'}计划{abs(shown)}个百分点"
