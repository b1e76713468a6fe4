"""Published figures side by side, and as a list, with what a reader must know standing beside each."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from cockpit.published import Comparison, Figure
from cockpit.ui.panels import empty
from cockpit.ui.tables import table


def comparisons(found: Sequence[Comparison]) -> None:
    """One block per indicator: bars for figures that may be compared, the others named with the reason."""
    if not found:
        empty("所选范围内没有两个以上的同一指标。")
        return
    st.html(f'<div class="compared">{"".join(_block(each) for each in found)}</div>')


def _block(comparison: Comparison) -> str:
    most = max((figure.value for figure in comparison.alike), default=0.0)
    bars = "".join(_bar(figure, most) for figure in comparison.alike)
    notes = "".join(f"<small>{_note(figure)}</small>" for figure in comparison.alike if figure.caveats)
    others = ""
    if comparison.apart:
        listed = "".join(
            f"<li>{_named(f)}{escape(f.label)}<b>{escape(f.written)}</b></li>" for f in comparison.apart
        )
        others = f'<p class="why">不能直接相比：{escape("；".join(comparison.reasons))}</p><ul>{listed}</ul>'
    return f"<section><h4>{escape(comparison.name)}</h4>{bars}{notes}{others}</section>"


def _named(figure: Figure) -> str:
    told = escape("；".join(figure.caveats))
    return f'<span title="{told}">{escape(figure.place)} {escape(figure.period)}</span>'


def _note(figure: Figure) -> str:
    return escape(f"{figure.place}{figure.period}：{'；'.join(figure.caveats)}")


def _bar(figure: Figure, most: float) -> str:
    width = 100 * figure.value / most if most else 0.0
    return (
        f'<div class="row">{_named(figure)}<i><u style="width:{width:.1f}%"></u></i>'
        f"<b>{escape(figure.amount)}</b></div>"
    )


def figures(chosen: Sequence[Figure]) -> None:
    """Every figure with its period, the document's words, its caveats and where it stands."""
    rows = [
        {
            "地区": figure.place,
            "时期": figure.period,
            "专题": figure.topic,
            "内容": figure.label,
            "原文": figure.written,
            "数值": figure.amount,
            "须注意": "；".join(figure.caveats),
            "出处": f"{figure.title}，第{figure.locator}行（{figure.document}）",
        }
        for figure in chosen
    ]
    table(pd.DataFrame(rows), "所选范围内没有公开数字。", rows=300)
