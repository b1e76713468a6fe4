"""Charts and maps in their panels."""

from typing import Any, Protocol

import streamlit as st

from cockpit.ui.panels import empty

# Streamlit's own button bar speaks English; what it offers is not needed.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "showTips": False, "doubleClick": False}


class Picture(Protocol):
    """A deck with the HTML that lies over it, both drawn at `width` x `height` design pixels."""

    @property
    def deck(self) -> Any: ...
    @property
    def labels(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


def chart(figure: Any, key: str, reason: str = "这一时段没有可画的数据。") -> None:
    """A Plotly figure (or None) that fills its panel; without data, the reason."""
    if figure is None or not figure.data:
        empty(reason)
        return
    with st.container(key=f"chart-{key}", height="stretch"):
        st.plotly_chart(figure, height="stretch", theme=None, key=f"plotly-{key}", config=CONFIG)


def deck(picture: Picture, key: str) -> None:
    """A map at its design size, scaled with the screen by the style sheet (--scale)."""
    size = f"--width:{picture.width}px;--height:{picture.height}px"
    with st.container(key=f"map-{key}"):
        st.html(f"<style>.st-key-map-{key}{{{size}}}</style>")
        st.pydeck_chart(picture.deck, width=picture.width, height=picture.height, key=f"deck-{key}")
        st.html(picture.labels)
