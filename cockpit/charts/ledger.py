"""The clearance ledger: from the frozen list to what is left."""

import plotly.graph_objects as go

from cockpit import numbers, theme
from cockpit.charts import frame


def burndown(baseline: int, closed: list[tuple[str, int]], added: int) -> go.Figure:
    """The list of 1 January, less what was closed by reason, what is left of it, and what was added since.

    closed: (reason, enterprises). What was added stands apart: it is not part of the frozen list.
    """
    left = baseline - sum(count for _, count in closed)
    figure = frame.base("家")
    bars: list[tuple[str, float, float, str]] = [("年初台账", 0, baseline, theme.BLUE)]
    top = baseline
    for reason, count in closed:
        bars.append((reason, top - count, count, theme.LAMPS["green"].colour))
        top -= count
    bars += [("年初未销号", 0, left, theme.AMBER), ("本年新列入", 0, added, theme.VIOLET)]
    names, bases, heights, colours = (list(part) for part in zip(*bars, strict=True))
    signs = ["", *("−" if count else "" for _, count in closed), "", "+" if added else ""]
    figure.add_bar(
        x=names,
        y=heights,
        base=bases,
        marker_color=colours,
        text=[f"{sign}{numbers.number(value)}" for sign, value in zip(signs, heights, strict=True)],
        textposition="outside",
        cliponaxis=False,
    )
    figure.update_yaxes(rangemode="tozero", showticklabels=False, showgrid=False)
    figure.update_xaxes(tickangle=0)
    return figure
