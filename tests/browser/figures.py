"""What a card must say, from the command line's own figures."""

from pathlib import Path

from cockpit import numbers
from cockpit.indicators import CATALOGUE
from cockpit.value import value


def said(root: Path, key: str, district: str, period: str = "2023-H1") -> str:
    """Digits and unit of a card, as Screen.cards() reads them: '2.11 万人次', '78.3 %'."""
    told = value(root, key, district, period)
    decimals = CATALOGUE[key].decimals
    if told["unit"] == "%":
        return f"{numbers.percent(told['value'], decimals).removesuffix('%')} %"
    return " ".join(numbers.short(told["value"], told["unit"], decimals))


def cards(root: Path, keys: tuple[str, ...], district: str, period: str = "2023-H1") -> dict[str, str]:
    """Name -> figure of the cards of a page."""
    return {CATALOGUE[key].name: said(root, key, district, period) for key in keys}
