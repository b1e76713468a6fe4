"""Colours, fonts and the Plotly template: the only place where figures and maps take them from.

The same tokens stand in static/cockpit.css and .streamlit/config.toml for what the browser styles;
a test holds the three together.
"""

from dataclasses import dataclass

import plotly.graph_objects as go
import plotly.io as pio

from cockpit.pace import LAMP_WORDS, Lamp

GROUND = "#071427"
GROUND_END = "#0b1e3a"
PANEL = "#0d2240"
PANEL_RAISED = "#12305a"
BORDER = "#1e4370"
GRID = "#1b3a63"

TEXT = "#e6f1ff"
MUTED = "#a9c1de"
MISSING = "#94a3b8"

ACCENT = "#22d3ee"
AMBER = "#fbbf24"
TEAL = "#2dd4bf"
VIOLET = "#a78bfa"
BLUE = "#60a5fa"
ORANGE = "#fb923c"
BRAND = "#d7282f"

SERIES = (ACCENT, AMBER, TEAL, VIOLET, BLUE, ORANGE, "#f472b6", "#a3e635", "#34d399", "#cbd5e1")
SEQUENTIAL = (
    "#0b2a4a",
    "#0d3a61",
    "#0f4b78",
    "#115d8f",
    "#1371a5",
    "#1586b8",
    "#189dc9",
    "#1eb5da",
    "#4dcfe9",
    "#9be8f5",
)
FONT = "'Noto Sans SC', sans-serif"
DIGITS = "'Barlow Condensed', 'Noto Sans SC', sans-serif"
FONT_SIZE = 17  # px at 1920x1080; static/cockpit.css scales the text of figures with the screen


@dataclass(frozen=True)
class LampLook:
    """A lamp is told three ways, so that it is understood without its colour."""

    colour: str
    shape: str
    word: str


LAMPS: dict[Lamp, LampLook] = {
    "green": LampLook("#34d399", "●", LAMP_WORDS["green"]),
    "yellow": LampLook("#fbbf24", "▲", LAMP_WORDS["yellow"]),
    "red": LampLook("#f87171", "■", LAMP_WORDS["red"]),
    "grey": LampLook(MISSING, "○", LAMP_WORDS["grey"]),
}

_AXIS = {
    "gridcolor": GRID,
    "linecolor": BORDER,
    "zerolinecolor": BORDER,
    "tickfont": {"color": MUTED},
    "title": {"font": {"color": MUTED}},
    "automargin": True,
}
TEMPLATE = go.layout.Template(
    layout={
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": FONT_SIZE, "color": TEXT},
        "colorway": list(SERIES),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 4},
        "xaxis": {**_AXIS, "showgrid": False, "zeroline": False},
        "yaxis": {**_AXIS, "rangemode": "tozero"},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "xanchor": "left",
            "yanchor": "bottom",
            "font": {"color": MUTED},
            "bgcolor": "rgba(0,0,0,0)",
        },
        "hoverlabel": {
            "bgcolor": PANEL_RAISED,
            "bordercolor": ACCENT,
            "font": {"family": FONT, "color": TEXT},
        },
        "bargap": 0.35,
        "dragmode": False,
        "separators": ".,",
    }
)
pio.templates["cockpit"] = TEMPLATE
pio.templates.default = "cockpit"
