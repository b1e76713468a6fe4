"""Plan curves and lamps."""

from datetime import date

import pytest

from cockpit import pace
from cockpit.pace import Target

CURVE = (5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 100)


@pytest.mark.parametrize(
    ("day", "from_zero", "percent"),
    [
        (date(2023, 6, 30), True, 40),
        (date(2023, 1, 31), True, 5),
        (date(2023, 12, 31), True, 100),
        (date(2023, 6, 15), True, 35),  # half of June: 30 + 10 / 2
        (date(2024, 2, 29), True, 10),
        (date(2023, 2, 14), True, 7.5),
        (date(2023, 1, 1), True, 5 / 31),
        (date(2023, 1, 1), False, 5),  # a stock does not begin the year at nothing
        (date(2023, 6, 15), False, 35),
    ],
)
def test_the_plan_is_linear_by_day_between_month_ends(day: date, from_zero: bool, percent: float) -> None:
    assert pace.planned(Target(20, CURVE, "要点"), day, from_zero) == pytest.approx(percent)


def test_a_gap_in_the_curve_gives_no_plan() -> None:
    curve = (5, None, *CURVE[2:])
    assert pace.planned(Target(20, curve, "要点"), date(2023, 2, 10), True) is None
    assert pace.planned(Target(20, curve, "要点"), date(2023, 3, 10), True) is None
    assert pace.planned(Target(20, curve, "要点"), date(2023, 1, 31), True) == 5


@pytest.mark.parametrize(
    ("gap", "lamp", "told"),
    [
        (0.1, "green", "超计划0.1个百分点"),
        (0, "green", "与计划持平"),
        (-0.04, "green", "与计划持平"),
        (-0.05, "yellow", "落后计划0.1个百分点"),
        (-10, "yellow", "落后计划10.0个百分点"),
        (-10.04, "yellow", "落后计划10.0个百分点"),
        (-10.06, "red", "落后计划10.1个百分点"),
    ],
)
def test_the_lamp_is_judged_with_the_decimal_that_is_shown(gap: float, lamp: str, told: str) -> None:
    assert (pace.lamp(gap), pace.told(gap)) == (lamp, told)


def test_the_rule_is_told_with_its_thresholds_and_origin() -> None:
    assert (pace.GREEN_FROM, pace.YELLOW_FROM) == (0.0, -10.0)
    assert "≥0个百分点为绿灯" in pace.RULE and "超过10个百分点为红灯" in pace.RULE
    assert "自定" in pace.PROVENANCE
