"""How numbers are written."""

import pytest

from cockpit import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(191200, 0, "191,200"), (0, 0, "0"), (-6, 0, "−6"), (1.125, 2, "1.13"), (None, 0, "—"), (2.5, 0, "3")],
)
def test_all_digits(value: float | None, decimals: int, text: str) -> None:
    assert numbers.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (9999, "人", ("9,999", "人")),
        (10000, "人", ("1", "万人")),
        (191200, "人", ("19.12", "万人")),
        (15000, "家", ("1.5", "万家")),
        (12345, "人", ("1.23", "万人")),
        (12350, "人", ("1.24", "万人")),
        (100000, "人", ("10", "万人")),
        (99_600_000, "元", ("9,960", "万元")),
        (99_999_999, "元", ("1", "亿元")),
        (123_456_789, "元", ("1.23", "亿元")),
        (-191200, "人", ("−19.12", "万人")),
        (0, "人", ("0", "人")),
        (None, "人", ("—", "人")),
    ],
)
def test_short_for_cards(value: float | None, unit: str, expected: tuple[str, str]) -> None:
    assert numbers.short(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (66.66666, "66.7%"),
        (0, "0.0%"),
        (100, "100.0%"),
        (99.96, "99.9%"),
        (99.999999, "99.9%"),
        (0.04, "<0.1%"),
        (112.34, "112.3%"),
        (None, "—"),
    ],
)
def test_a_percentage_never_becomes_all_or_nothing_by_rounding(value: float | None, text: str) -> None:
    assert numbers.percent(value) == text


def test_a_figure_has_its_unit() -> None:
    assert numbers.figure(191200, "人") == "191,200人"
    assert numbers.figure(66.66, "%", 1) == "66.7%"
    assert numbers.figure(1.1234, "个/镇街", 2) == "1.12个/镇街"
    assert numbers.figure(None, "人") == "—"


def test_changes_carry_sign_and_word() -> None:
    assert numbers.points(1.25) == "+1.3个百分点"
    assert numbers.points(-10) == "−10.0个百分点"
    assert numbers.points(-0.04) == "0.0个百分点"
    assert numbers.change(33.333) == "+33.3%"
    assert numbers.change(-100) == "−100.0%"
    assert numbers.change(None) == numbers.points(None) == numbers.places(None) == "—"
    assert [numbers.places(n) for n in (2, -1, 0)] == ["↑2", "↓1", "持平"]
