"""Tables: short ones as HTML in the page's own type, long ones in a scrolling grid."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from cockpit import numbers
from cockpit.ui.panels import empty


def table(
    frame: pd.DataFrame, reason: str = "没有记录。", links: Mapping[str, str] | None = None, rows: int = 100
) -> None:
    """A short table, at most `rows` of it; what is left out is said.

    Numbers stand right with separators, missing is —. `links`: column -> column that holds its link.
    """
    if frame.empty:
        empty(reason)
        return
    linked = links or {}
    shown = frame.drop(columns=list(linked.values()))
    head = "".join(f"<th>{escape(str(name))}</th>" for name in shown.columns)
    body = "".join(_row(record, shown.columns, linked) for record in frame.head(rows).to_dict("records"))
    more = f'<p class="ck-note">共{len(frame)}行，显示前{rows}行</p>' if len(frame) > rows else ""
    inner = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    st.html(f'<div class="ck-table">{inner}</div>{more}')


def _row(record: Mapping[Any, Any], names: pd.Index, links: Mapping[str, str]) -> str:
    cells = []
    for name in names:
        text = escape(told(record[name]))
        if name in links:
            text = f'<a href="{escape(str(record[links[name]]))}">{text}</a>'
        is_number = isinstance(record[name], int | float) and not isinstance(record[name], bool)
        cells.append(f'<td class="number">{text}</td>' if is_number else f"<td>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"


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


def grid(frame: pd.DataFrame, key: str, height: int = 420) -> None:
    """A long table that scrolls inside itself."""
    st.dataframe(frame, hide_index=True, width="stretch", height=height, key=f"grid-{key}", placeholder="—")
