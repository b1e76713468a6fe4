"""Fewer than five persons are not told on a wall, nor can they be worked out."""

import pandas as pd
import pytest

from cockpit import charts, disclosure
from cockpit.indicators import CATALOGUE
from tests.readings_made import children, reading

PERSONS, FIRMS = CATALOGUE["members_new"], CATALOGUE["nengji_enterprises"]
OF_PERSONS, OF_FIRMS = CATALOGUE["wage_bargain_worker_rate"], CATALOGUE["union_rate_100"]
HIDDEN = "不足5人，不公开显示"


def values(found: list) -> list[float | None]:
    return [one.value for one in found]


def test_a_few_persons_are_a_reason_and_five_are_a_figure() -> None:
    hidden = disclosure.one(reading("members_new", "330521", 4, rank=1, done=1.0, year_change=3.0))
    assert (hidden.value, hidden.numerator, hidden.rank, hidden.done, hidden.year_change) == (None,) * 5
    assert (hidden.reason, hidden.lamp) == (HIDDEN, "grey")
    assert disclosure.one(reading("members_new", "330521", 5)).value == 5
    assert disclosure.one(reading("members_new", "330521", 0)).value == 0
    assert disclosure.one(reading("nengji_enterprises", "330521", 3)).value == 3


def test_a_comparison_with_a_few_persons_goes() -> None:
    told = disclosure.one(
        reading("members_new", "330521", 40, year_ago=2.0, year_change=1900.0, previous=8.0)
    )
    assert (told.value, told.year_ago, told.year_change, told.previous) == (40, None, None, 8.0)


def test_a_single_hidden_district_takes_the_next_smallest_along() -> None:
    assert values(disclosure.siblings(children("members_new", "330500", [3, 50, 9, 70, 60]))) == [
        None,
        50,
        None,
        70,
        60,
    ]
    assert values(disclosure.siblings(children("members_new", "330500", [3, 2, 9, 70, 60]))) == [
        None,
        None,
        9,
        70,
        60,
    ]


def parts(*counts: int) -> pd.DataFrame:
    rows = [(f"c{n}", f"第{n}", count, None, float(count)) for n, count in enumerate(counts)]
    return pd.DataFrame(rows, columns=["code", "label", "numerator", "denominator", "value"])


def told(frame: pd.DataFrame) -> list[tuple[str, float | None]]:
    return [(label, n) for label, n in zip(frame["label"], frame["numerator"], strict=True)]


def test_small_parts_are_told_together_and_the_whole_still_adds_up() -> None:
    assert told(disclosure.parts(parts(40, 3, 3, 20), PERSONS)) == [("第0", 40), ("第3", 20), ("其他", 6)]
    assert told(disclosure.parts(parts(40, 3, 20), PERSONS)) == [("第0", 40), ("其他", 23)]
    assert told(disclosure.parts(parts(40, 3, 20), FIRMS)) == [("第0", 40), ("第1", 3), ("第2", 20)]


def test_hidden_districts_are_five_persons_together() -> None:
    """With one person each, two of them are known by their sum."""
    assert values(disclosure.siblings(children("members_new", "330500", [1, 1, 9, 70, 60]))) == [
        None,
        None,
        None,
        70,
        60,
    ]


def shares() -> pd.DataFrame:
    rows = [("a", "甲", 1, 3, 100 / 3), ("b", "乙", 4, 10, 40.0)]
    return pd.DataFrame(rows, columns=["code", "label", "numerator", "denominator", "value"])


def test_a_share_of_a_few_persons_goes_with_what_it_was_counted_from() -> None:
    kept = disclosure.parts(shares(), OF_PERSONS)
    assert kept[["value", "numerator", "denominator"]].isna().all(axis=1).tolist() == [True, False]
    bars = charts.bars(kept, OF_PERSONS)
    assert "1/3" not in bars and "0/0" not in bars and "4/10" in bars


def test_a_share_of_a_few_firms_tells_of_no_small_group() -> None:
    assert disclosure.parts(shares(), OF_FIRMS)["value"].tolist() == [100 / 3, 40.0]
    told = disclosure.one(reading("benchmark_share", "330521", 50.0, denominator=2))
    assert (told.value, told.reason) == (50.0, None)


def test_of_every_rate_it_is_known_whether_it_is_one_of_persons() -> None:
    of = {i.denominator.column for i in CATALOGUE.values() if i.denominator}
    things = {
        *("accepted", "open", "checked", "item_checked", "towns", "unionised"),
        *("pool_100", "pool_25", "pool_above", "baseline", "expired", "steps_due"),
    }
    assert of - things == set(disclosure.PEOPLE)


def series(*values: float | None) -> pd.DataFrame:
    """Months from January 2023."""
    return pd.DataFrame(
        {
            "month": pd.date_range("2023-01-31", periods=len(values), freq="ME"),
            "value": pd.Series(values, dtype=float),
            "numerator": pd.Series(values, dtype=float),
            "denominator": None,
            "reason": None,
        }
    )


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((30, 12, 20, 40), []),
        ((3, 12, 20, 40), [1, 2]),  # the quarter's next smallest
        ((3, 0, 20, 9), [1, 3]),  # nobody hides nobody
        ((3, 0, 0, 20, 9), [1, 5]),  # none left in the quarter: the year's next smallest
        ((1, 1, 20, 9), [1, 2, 3]),  # two of one person each are known by their sum
        ((40, 50, 60, 3), [1, 4]),  # the year's sum would tell the newest month
    ],
)
def test_months_of_a_few_persons_take_others_with_them(counts: tuple[int, ...], hidden: list[int]) -> None:
    kept = disclosure.months(series(*counts), PERSONS, series(*counts))
    gone = kept[kept["value"].isna()]
    assert [month.month for month in gone["month"]] == hidden
    assert gone["numerator"].isna().all() and set(gone["reason"]) <= {HIDDEN}


def test_a_month_that_is_not_known_keeps_its_own_reason() -> None:
    frame = series(3, 12, None).assign(reason=[None, None, "未上报"])
    assert disclosure.months(frame, PERSONS, frame)["reason"].tolist() == [HIDDEN, HIDDEN, "未上报"]


def test_a_standing_number_of_a_few_persons_goes_alone() -> None:
    kept = disclosure.months(series(3, 12, 20), CATALOGUE["members"], series(3, 12, 20))
    assert kept["value"].isna().tolist() == [True, False, False]
