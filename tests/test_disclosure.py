"""Fewer than five persons are not told on a wall, nor can they be worked out."""

import pandas as pd

from cockpit import disclosure
from cockpit.indicators import CATALOGUE
from tests.readings_made import children, reading

PERSONS, FIRMS = CATALOGUE["members_new"], CATALOGUE["nengji_enterprises"]
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


def test_a_month_of_a_few_persons_is_left_out() -> None:
    frame = pd.DataFrame({"value": [3.0, 12.0, 0.0, None], "denominator": [None] * 4})
    kept = disclosure.months(frame, PERSONS)["value"]
    assert kept.isna().tolist() == [True, False, False, True]
