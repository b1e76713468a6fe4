"""What all figures share: an empty ground, one font, room for labels and no more."""

import plotly.graph_objects as go

from cockpit import numbers, theme
from cockpit.indicators import Indicator

LEAST = 150  # pixels; a panel that is taller stretches the figure
SMALL, NORMAL = 15, 17  # design pixels at 1920 x 1080


def base(unit: str, span: str = "", legend: bool = False) -> go.Figure:
    """An empty figure in the cockpit's style; unit and time span at the top left, legend at the top right."""
    figure = go.Figure()
    figure.update_layout(
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": theme.FONT, "size": NORMAL, "color": theme.TEXT},
        margin={"l": 8, "r": 12, "t": 30, "b": 2, "autoexpand": True},
        showlegend=legend,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"},
        hovermode=False,
        bargap=0.32,
        height=LEAST,
        uniformtext={"mode": "show", "minsize": SMALL},
    )
    figure.update_xaxes(showgrid=False, zeroline=False, automargin=True, fixedrange=True)
    figure.update_yaxes(gridcolor=theme.GRID, zeroline=False, automargin=True, fixedrange=True, nticks=5)
    figure.add_annotation(
        text=f"{unit}　{span}".rstrip(),
        x=0,
        y=1.02,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"size": SMALL, "color": theme.MUTED},
    )
    return figure


def told(value: float | None, indicator: Indicator) -> str:
    """A value on a chart: short, with the sign of a percentage but without a unit that the axis names."""
    if indicator.unit == "%":
        return numbers.percent(value, indicator.decimals)
    digits, unit = numbers.short(value, "", indicator.decimals)
    return f"{digits}{unit}"
