"""What all figures share: an empty ground, one font, room for labels and no more."""

import plotly.graph_objects as go

from cockpit import numbers, theme
from cockpit.indicators import Indicator

SMALL, NORMAL = 15, 17  # design pixels at 1920 x 1080


def base(unit: str = "", legend: bool = False) -> go.Figure:
    """An empty figure in the cockpit's style; the unit at the top left, the legend at the top right."""
    figure = go.Figure()
    figure.update_layout(
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": theme.FONT, "size": NORMAL, "color": theme.TEXT},
        margin={"l": 8, "r": 12, "t": 34, "b": 4, "autoexpand": True},
        showlegend=legend,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"},
        hovermode=False,
        bargap=0.32,
        uniformtext={"mode": "show", "minsize": SMALL},
    )
    figure.update_xaxes(showgrid=False, zeroline=False, automargin=True, fixedrange=True)
    figure.update_yaxes(gridcolor=theme.GRID, zeroline=False, automargin=True, fixedrange=True, nticks=5)
    if unit:
        note(figure, f"单位：{unit}", 0, 1.03, xanchor="left", yanchor="bottom")
    return figure


def note(figure: go.Figure, text: str, x: float, y: float, **more: str) -> None:
    """A muted line of text at a share of the plot."""
    figure.add_annotation(
        text=text,
        x=x,
        y=y,
        xref="paper",
        yref="paper",
        showarrow=False,
        font={"size": SMALL, "color": theme.MUTED},
        **more,
    )


def told(value: float | None, indicator: Indicator) -> str:
    """A value on a chart: short, with the sign of a percentage but without a unit that the axis names."""
    if indicator.unit == "%":
        return numbers.percent(value, indicator.decimals)
    digits, unit = numbers.short(value, "", indicator.decimals)
    return f"{digits}{unit}"
