"""What an indicator is: a few mart columns and a rule for time."""

from dataclasses import dataclass
from typing import Literal

from cockpit.indicators.guard import Guard

Rule = Literal["flow", "stock", "year"]
Direction = Literal["up", "down", "neutral"]


class UnknownIndicator(LookupError):
    """An indicator key from outside that the catalogue does not hold; args[0] is a sentence."""


@dataclass(frozen=True)
class Term:
    """One additive column of one mart (`mart_<mart>`, records in `fact_<mart>`)."""

    mart: str
    column: str


@dataclass(frozen=True)
class Indicator:
    """One figure: what is counted, when, and how it is told.

    rule: flow = sum over the period; stock = running sum to its last day; year = sum from 1 January.
    With a denominator the figure is a ratio: both terms are summed, then divided, times `scale`.
    `sources` are the files it is counted from; `breakdowns` the mart columns it may be split or filtered by.
    `ranked` is False where districts must not be ranked by it. `only_by` names the breakdown of which one
    code must be chosen: a record stands under several, so a total would count it more than once.
    `guard` protects small groups wherever the figure is split or filtered by the guard's trait; a figure that
    cannot be split by it is itself about people of that trait, and always protected.
    Formula texts follow the field dictionary; readings of our own are marked 本产品口径.
    """

    key: str
    name: str
    theme: str
    unit: str
    rule: Rule
    numerator: Term
    definition: str
    formula: str
    sources: tuple[str, ...]
    denominator: Term | None = None
    scale: int = 1
    direction: Direction = "up"
    breakdowns: tuple[str, ...] = ()
    ranked: bool = True
    only_by: str = ""
    basis: str = ""
    version: str = "1"
    decimals: int = 0
    guard: Guard | None = None

    @property
    def is_ratio(self) -> bool:
        return self.denominator is not None

    def guarded(self, filters: tuple[tuple[str, str], ...] = (), by: str = "") -> Guard | None:
        """What protects the figure under these filters, split `by` a breakdown."""
        if self.guard is None or self.guard.split not in self.breakdowns:
            return self.guard
        return self.guard if self.guard.split in (by, *dict(filters)) else None


def percent(numerator: Term, denominator: Term) -> dict:
    """Keyword arguments of a percentage: its two terms, its scale, its unit."""
    return {"numerator": numerator, "denominator": denominator, "scale": 100, "unit": "%", "decimals": 1}
