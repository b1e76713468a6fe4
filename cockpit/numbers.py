"""How numbers are written on screen, in one place.

Halves are rounded up, as staff do by hand. No percentage rounds "almost" to "all" or "a little" to "none".
"""

from decimal import ROUND_HALF_UP, Decimal

MISSING = "—"
MINUS = "−"
WAN = Decimal(10_000)
YI = Decimal(100_000_000)


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Rounded half away from zero."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _signed(text: str) -> str:
    return text.replace("-", MINUS)


def _trimmed(value: Decimal) -> str:
    digits = f"{value:,f}"
    return _signed(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def number(value: float | None, decimals: int = 0) -> str:
    """All digits with thousands separators: 191,200; a missing one is —."""
    return MISSING if value is None else _signed(f"{rounded(value, decimals):,f}")


def short(value: float | None, unit: str, decimals: int = 0) -> tuple[str, str]:
    """Digits and unit for a card: 191200 人 -> ('19.12', '万人'); below ten thousand all digits."""
    if value is None:
        return MISSING, unit
    exact = Decimal(str(value))
    in_wan = rounded(exact / WAN, 2)
    if abs(in_wan) >= WAN:  # judged after rounding, so that 10000万 never appears
        return _trimmed(rounded(exact / YI, 2)), f"亿{unit}"
    if abs(exact) >= WAN:
        return _trimmed(in_wan), f"万{unit}"
    return number(value, decimals), unit


def percent(value: float | None, decimals: int = 1) -> str:
    """A percentage: 66.7%. 99.96 stays 99.9%, 0.04 is told as <0.1%."""
    if value is None:
        return MISSING
    shown = told_percent(value, decimals)
    if value > 0 and shown == 0:
        return f"<{Decimal(1).scaleb(-decimals)}%"
    return _signed(f"{shown:,f}%")


def told_percent(value: float, decimals: int = 1) -> Decimal:
    """The number that percent() writes; 0 for what it calls <0.1%."""
    shown = rounded(value, decimals)
    return 100 - Decimal(1).scaleb(-decimals) if Decimal(str(value)) < 100 <= shown else shown


def figure(value: float | None, unit: str, decimals: int = 0) -> str:
    """A value with its unit and all its digits: 191,200人, 66.7%, 1.12个/镇街."""
    if value is None:
        return MISSING
    return percent(value, decimals) if unit == "%" else f"{number(value, decimals)}{unit}"


def _with_sign(value: float, decimals: int) -> str:
    shown = rounded(value, decimals)
    return f"{'+' if shown > 0 else MINUS if shown < 0 else ''}{abs(shown):,f}"


def points(value: float | None, decimals: int = 1) -> str:
    """A difference of percentages: +1.2个百分点."""
    return MISSING if value is None else f"{_with_sign(value, decimals)}个百分点"


def change(value: float | None, decimals: int = 1) -> str:
    """A relative change in percent: +3.5%."""
    return MISSING if value is None else f"{_with_sign(value, decimals)}%"


def places(value: int | None) -> str:
    """A change of rank, positive = better: ↑2, ↓1, 持平."""
    if value is None:
        return MISSING
    return f"{'↑' if value > 0 else '↓'}{abs(value)}" if value else "持平"
