"""The clearance ledger: from the frozen list to what is left."""

import pandas as pd
import plotly.graph_objects as go

from cockpit import numbers, theme
from cockpit.charts import frame
from cockpit.reading.reading import Reading

CLOSED = theme.LAMPS["green"].colour


def burndown(baseline: Reading, reasons: pd.DataFrame, added: Reading) -> go.Figure | None:
    """The list of 1 January, less what was closed by reason, what is left of it, and what was added since.

    reasons: label, numerator of clearance_closed by close_reason. What was added stands apart: it is not part
    of the frozen list. None where the list cannot be vouched for.
    """
    if baseline.value is None or added.value is None:
        return None
    steps = [(str(label), int(n)) for label, n in zip(reasons["label"], reasons["numerator"], strict=True)]
    top = int(baseline.value)
    bars: list[tuple[str, int, int, str, str]] = [("年初台账", 0, top, "", theme.BLUE)]
    for label, count in steps:
        top -= count
        bars.append((label, top, count, "−" if count else "", CLOSED))
    bars.append(("未销号", 0, top, "", theme.AMBER))
    bars.append(("新列入", 0, int(added.value), "+" if added.value else "", theme.VIOLET))
    return _drawn(bars)


def _drawn(bars: list[tuple[str, int, int, str, str]]) -> go.Figure:
    """Bars of (name, base, height, sign, colour)."""
    figure = frame.base("家")
    names, bases, heights, signs, colours = (list(part) for part in zip(*bars, strict=True))
    figure.add_bar(
        x=names,
        y=heights,
        base=bases,
        marker_color=colours,
        text=[f"{sign}{numbers.number(high)}" for sign, high in zip(signs, heights, strict=True)],
        textposition="outside",
        cliponaxis=False,
    )
    figure.update_yaxes(rangemode="tozero", showticklabels=False, showgrid=False)
    figure.update_xaxes(tickangle=0)
    return figure
