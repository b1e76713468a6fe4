"""A slice: one district, one period, filters. One spelling in the URL, one label."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cockpit import districts
from cockpit.districts import District
from cockpit.indicators import BREAKDOWNS
from cockpit.slices.period import BadPeriod, Period, default_period, parse_period, period_choices

__all__ = ["BadSlice", "Period", "Slice", "default_period", "parse", "parse_period", "period_choices"]

OWN = ("district", "period")


class BadSlice(ValueError):
    """Parameters from outside that name no slice; `sentence` says what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Slice:
    """What a figure is asked for. `filters` are (breakdown, code) pairs, sorted by breakdown."""

    district: District
    period: Period
    filters: tuple[tuple[str, str], ...] = ()

    def query(self) -> dict[str, str]:
        """The slice as URL parameters, in their one spelling."""
        return {"district": self.district.code, "period": self.period.code, **dict(self.filters)}

    def label(self) -> str:
        """The slice in words: 德清县 · 2023年上半年 · 取得渠道：竞赛."""
        words = (f"{BREAKDOWNS[key][0]}：{BREAKDOWNS[key][1][code]}" for key, code in self.filters)
        return " · ".join((self.district.name, self.period.label, *words))

    def at(self, district: District) -> "Slice":
        """The same period and filters for another district."""
        return replace(self, district=district)


def _filter(key: str, code: str) -> tuple[str, str]:
    name, words = BREAKDOWNS[key]
    if code not in words:
        listed = "、".join(f"{known}({word})" for known, word in words.items())
        raise BadSlice(f"筛选项“{name}”没有“{code[:20]}”这个值。可用的值：{listed}。")
    return key, code


def parse(params: Mapping[str, str], data_date: date, also: Collection[str] = ()) -> Slice:
    """The slice that URL or command-line parameters name; what is absent takes its default.

    `also` names parameters of the page itself, which are no part of the slice. Anything else that is
    unknown raises BadSlice: a misspelt filter must not silently mean "all".
    """
    for key in params:
        if key not in OWN and key not in BREAKDOWNS and key not in also:
            raise BadSlice(f"地址中的参数“{key[:20]}”不认识。请删去它，或回到总览重新选择。")
    try:
        district = districts.get(params.get("district", districts.ROOT.code))
        code = params.get("period")
        period = default_period(data_date) if code is None else parse_period(code).until(data_date)
    except (districts.UnknownDistrict, BadPeriod) as wrong:
        raise BadSlice(wrong.args[0]) from wrong
    filters = (_filter(key, params[key]) for key in sorted(params) if key in BREAKDOWNS)
    return Slice(district, period, tuple(filters))
