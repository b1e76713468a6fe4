"""What all figures share: an empty ground, one font, room for labels and no more."""

import plotly.graph_objects as go

from cockpit import numbers, theme
from cockpit.indicators import Indicator

LEAST = 150  # pixels; a panel that is taller stretches the figure
SMALL = 15  # design pixels at 1920 x 1080


def base(unit: str, span: str = "", legend: bool = False) -> go.Figure:
    """An empty figure in the cockpit's style; unit and time span at the top left, legend at the top right."""
    figure = go.Figure()  # in the template of cockpit.theme
    figure.update_layout(
        margin={"l": 8, "r": 12, "t": 30, "b": 2},
        showlegend=legend,
        legend={"x": 1, "xanchor": "right"},
        hovermode=False,
        height=LEAST,
        uniformtext={"mode": "show", "minsize": SMALL},
    )
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(zeroline=False, fixedrange=True, nticks=5)
    figure.add_annotation(
        text=f"{unit}　{span}".rstrip(),
        **{"x": 0, "xref": "paper", "xanchor": "left", "y": 1.02, "yref": "paper", "yanchor": "bottom"},
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
