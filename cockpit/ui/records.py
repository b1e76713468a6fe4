"""The records behind a page's numbers: a look at them, and the whole as a file."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from cockpit import export, numbers
from cockpit.indicators import CATALOGUE
from cockpit.records import Side, unlisted
from cockpit.ui.panels import empty, note
from cockpit.ui.tables import grid

if TYPE_CHECKING:
    from cockpit.shell.context import PageContext

LOOK = 500
SIDES: dict[Side, str] = {"numerator": "分子", "denominator": "分母"}
Writer = Callable[..., bytes]


def records(page: "PageContext", default: str = "") -> None:
    """A closed section; its records are fetched when it is opened, its files made when they are asked for."""
    keys = [key for key in page.site.shown() if key in CATALOGUE]
    first = keys.index(default) if default in keys else 0
    with st.container(key="records"):
        section = st.expander("数字背后的记录", key=f"records-{page.site.path}", on_change="rerun")
        if section.open:
            with section:
                _opened(page, keys, first)


def _opened(page: "PageContext", keys: list[str], first: int) -> None:
    left, right, xlsx, csv = st.columns([5, 3, 2, 2], vertical_alignment="bottom")
    key = left.selectbox(
        "指标", keys, first, format_func=lambda k: CATALOGUE[k].name, key="records-key", filter_mode=None
    )
    side: Side = "numerator"
    if CATALOGUE[key].is_ratio:
        side = right.selectbox(
            "部分", SIDES, format_func=SIDES.__getitem__, key="records-side", filter_mode=None
        )
    reading = page.reading(key)
    if reading.value is None or unlisted(reading.indicator, page.slice):
        empty(reading.reason or unlisted(reading.indicator, page.slice) or "没有记录。")
        return
    rows, total = page.tally(key, side)
    counted = reading.numerator if side == "numerator" else reading.denominator
    note(_told(rows, total, key, side, counted))
    grid(page.records(key, side, LOOK), "records")
    with csv:
        _download(page, key, side, "CSV", export.to_csv)
    with xlsx:
        _download(page, key, side, "XLSX", export.to_xlsx, rows > export.QUICK_ROWS)


def _told(rows: int, total: int, key: str, side: Side, counted: int | None) -> str:
    """How many records there are and that they add up to what the card shows."""
    unit = "" if CATALOGUE[key].is_ratio else CATALOGUE[key].unit
    same = "与卡片一致" if total == counted else f"与卡片的{numbers.number(counted)}不一致，请联系管理员"
    looked = f"，此处显示前{LOOK}条，导出为全部" if rows > LOOK else ""
    many = f"；超过{numbers.number(export.QUICK_ROWS)}条，请导出CSV" if rows > export.QUICK_ROWS else ""
    part = f"{SIDES[side]}" if CATALOGUE[key].is_ratio else ""
    return f"共{numbers.number(rows)}条记录，{part}合计{numbers.number(total)}{unit}，{same}{looked}{many}。"


def _download(page: "PageContext", key: str, side: Side, kind: str, make: Writer, off: bool = False) -> None:
    info, indicator = page.snapshot.info, CATALOGUE[key]
    as_of = min(page.reading(key).as_of or info.data_date, page.slice.period.end)
    given = (page.slice.label(), as_of, info.version, info.status)
    titled = {"title": f"{indicator.name}·明细", "definition": indicator.definition}
    st.download_button(
        f"导出{kind}",
        lambda: make(page.all_records(key, side), *given, **titled),
        file_name=f"{indicator.name}_{page.slice.district.name}_{page.slice.period.code}.{kind.lower()}",
        key=f"records-{kind}",
        on_click="ignore",
        width="stretch",
        disabled=off,
    )
