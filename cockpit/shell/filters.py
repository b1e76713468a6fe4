"""The filter bar: district, period, the page's breakdowns. What is chosen stands in the URL alone."""

import streamlit as st

from cockpit import districts
from cockpit.indicators import BREAKDOWNS
from cockpit.site import Page
from cockpit.slices import Period, Slice, default_period, parse_period, period_choices
from cockpit.ui import select
from cockpit.warehouse import Info

ALL = "全部"


def show(page: Page, info: Info, slice: Slice) -> None:
    with st.container(key="filters", horizontal=True, gap="small"):
        _district(slice)
        select("period", "period", "时段", periods(info, slice.period), slice.period.code)
        _breakdowns(page, slice)


def _district(slice: Slice) -> None:
    root, code = districts.ROOT, slice.district.code
    county = root.code if slice.district.level == "city" else code[:6]
    words = {root.code: root.name, **{d.code: d.name for d in districts.children(root.code)}}
    select("county", "district", "区县", words, county)
    if county != root.code:
        towns = {county: "全部镇街", **{d.code: d.name for d in districts.children(county)}}
        select("town", "district", "镇街", towns, code)


def periods(info: Info, current: Period) -> dict[str, str]:
    """Code -> words: what is asked for most first, then all whole periods, and whatever the URL names."""
    named = presets(info)
    words: dict[str, str] = {}
    for name, period in named.items():
        words.setdefault(period.code, period.label if name in period.label else f"{name}·{period.label}")
    for period in (*period_choices(info.data_date, info.complete_since), current):
        words.setdefault(period.code, period.label)
    return words


def presets(info: Info) -> dict[str, Period]:
    """The periods with a name of their own, judged by the data date."""
    periods = [p for p in period_choices(info.data_date, info.complete_since) if p.end == info.data_date]
    by_kind = {period.kind: period for period in periods}
    names = {"half": "本半年", "ytd": "年初至今", "quarter": "本季度", "month": "本月"}
    named = {name: by_kind[kind] for kind, name in names.items() if kind in by_kind}
    year_ago = _year_ago(default_period(info.data_date))
    return {**named, "上年同期": year_ago} if year_ago.start >= info.complete_since else named


def _year_ago(period: Period) -> Period:
    """The same span a year earlier, in the spelling of the URL."""
    back = period.year_ago()
    if not period.cut and period.kind != "ytd":
        return parse_period(f"{period.start.year - 1}{period.code[4:]}")
    return parse_period(f"{back.start}..{back.end}") if back else period


def _breakdowns(page: Page, slice: Slice) -> None:
    """The page's own breakdowns, and any other that the URL filters by, so that it can be lifted."""
    chosen = dict(slice.filters)
    for name in dict.fromkeys((*page.filters, *chosen)):
        label, words = BREAKDOWNS[name]
        select(name, name, label, {"": ALL, **words}, chosen.get(name, ""))
