"""Tables: short ones as HTML in the page's own type, long ones in a scrolling grid."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from cockpit import numbers, theme
from cockpit.ui.panels import empty

CAPTURE = (
    "capture"  # the address of a page that is to be a picture has it; static/cockpit.js leaves the clock out
)
PICTURED = 5  # rows
LAMPS = {look.shape: lamp for lamp, look in theme.LAMPS.items()}


def table(frame: pd.DataFrame, reason: str = "没有记录。", rows: int = 100) -> None:
    """A short table, at most `rows` of it; what is left out is said.

    Columns of numbers stand right, with separators; missing is —. A lamp's shape colours its cell.
    """
    if frame.empty:
        empty(reason)
        return
    right = {name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name])}
    head = "".join(_cell("th", str(name), name in right) for name in frame.columns)
    body = "".join(_row(record, right) for record in frame.head(rows).to_dict("records"))
    more = f'<p class="ck-note">共{len(frame)}行，显示前{rows}行</p>' if len(frame) > rows else ""
    inner = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    st.html(f'<div class="ck-table">{inner}</div>{more}')


def _row(record: Mapping[Any, Any], right: Collection[Any]) -> str:
    cells = (_cell("td", told(cell), name in right) for name, cell in record.items())
    return f"<tr>{''.join(cells)}</tr>"


def _cell(tag: str, text: str, is_number: bool) -> str:
    lamp = LAMPS.get(text[:1])
    mark = ' class="number"' if is_number else f' class="lamp {lamp}"' if lamp else ""
    return f"<{tag}{mark}>{escape(text)}</{tag}>"


def told(cell: Any) -> str:
    """A cell as text: dates in ISO form, numbers with separators, missing as —."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):
        return numbers.MISSING
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int):
        return numbers.number(cell)
    if isinstance(cell, float):
        return numbers.number(cell, 0 if cell.is_integer() else 2)
    return cell.isoformat()[:10] if hasattr(cell, "isoformat") else str(cell)


def grid(frame: pd.DataFrame, key: str, height: int = 420, pictured: Sequence[str] = ()) -> None:
    """A long table that scrolls inside itself.

    In a picture nothing scrolls, and the grid sizes its columns now so, now so: there the columns
    `pictured` of its first rows stand as a short table.
    """
    if pictured and CAPTURE in st.query_params:
        table(frame[[*pictured]], rows=PICTURED)
        return
    st.dataframe(frame, hide_index=True, width="stretch", height=height, key=f"grid-{key}", placeholder="—")
