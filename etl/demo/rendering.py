"""From canonical frames to what a district's clerk would type: Chinese words, headers, date notations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from etl.column import Column, Source

Cells = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Style:
    """A district's habits: how it writes dates and lists, encodes CSV, orders sheets and columns."""

    date: str  # a key of DATE
    encoding: str
    list_mark: str
    sheets: tuple[str, ...]  # in this order; '' stands for the data sheet
    shift: int  # how far its column order is rotated against the template
    workbooks: tuple[str, ...]  # sources it sends as xlsx, the others as CSV


def _iso(day: datetime) -> str:
    return f"{day:%Y-%m-%d}"


def _slash(day: datetime) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _dot(day: datetime) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _compact(day: datetime) -> str:
    return f"{day:%Y%m%d}"


def _words(day: datetime) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


DATE = {"iso": _iso, "slash": _slash, "dot": _dot, "compact": _compact, "words": _words}
MONTH = {"iso": "%Y-%m", "slash": "%Y/%m", "dot": "%Y.%m", "compact": "%Y%m", "words": "%Y年%m月"}


def ordered_columns(source: Source, style: Style) -> tuple[Column, ...]:
    """The district's own column order: the template's, rotated."""
    turn = style.shift % len(source.columns)
    return source.columns[turn:] + source.columns[:turn]


def rows_of(frame: pd.DataFrame, source: Source, style: Style, workbook: bool) -> Cells:
    """Rows of cells in the district's column order; a workbook of a district that writes real dates has
    datetimes, everything else is text or a number; '' is an empty cell."""
    real_dates = workbook and style.date == "iso"
    columns = [_cells(frame[c.key], c, style, real_dates) for c in ordered_columns(source, style)]
    return list(zip(*columns, strict=True))


def _cells(values: pd.Series, column: Column, style: Style, real_dates: bool) -> list[Any]:
    if column.type in ("date", "month"):
        return _days(values, column, style, real_dates)
    if column.type in ("code", "flag"):
        words = column.codes or {"yes": "是", "no": "否"}
        return values.map(words).fillna("").to_list()
    if column.type in ("codes", "years"):
        return _lists(values, column, style)
    if column.type in ("whole", "number"):
        return values.to_list()
    return values.fillna("").to_list()


def _days(values: pd.Series, column: Column, style: Style, real_dates: bool) -> list[Any]:
    """Each distinct day is written once: there are few days and many rows."""
    position, distinct = pd.factorize(values.to_numpy().astype("datetime64[D]"))
    days = [d.astype(object) for d in distinct]
    written: list[Any]
    if column.type == "month":
        written = [d.strftime(MONTH[style.date]) for d in days]
    elif real_dates:
        written = [datetime(d.year, d.month, d.day) for d in days]
    else:
        written = [DATE[style.date](d) for d in days]
    return np.array([*written, ""], dtype=object)[position].tolist()


def _lists(values: pd.Series, column: Column, style: Style) -> list[str]:
    def words(text: str) -> str:
        parts = [column.codes.get(part, part) for part in text.split(";") if part]
        return style.list_mark.join(parts)

    position, distinct = pd.factorize(values.fillna(""))
    return np.array([words(text) for text in distinct], dtype=object)[position].tolist()
