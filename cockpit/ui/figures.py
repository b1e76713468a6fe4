"""Charts and maps in their panels."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any, Protocol

import streamlit as st

from cockpit.ui.bar import write
from cockpit.ui.panels import empty

# Streamlit's own button bar speaks English; what it offers is not needed.
CLICKS = "map-clicks"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "showTips": False, "doubleClick": False}
NOTHING = "这一时段没有可画的数据。"


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


def chart(figure: Any, key: str, reason: str = NOTHING) -> None:
    """A Plotly figure (or None) that fills its panel; without data, the reason."""
    if figure is None or not figure.data:
        empty(reason)
        return
    with st.container(key=f"chart-{key}", height="stretch"):
        st.plotly_chart(figure, height="stretch", theme=None, key=f"plotly-{key}", config=CONFIG)


def deck(picture: Picture, key: str) -> None:
    """A map at its design size, scaled with the screen by the style sheet (--scale).

    A district that is clicked becomes the URL's district. The map stays the same element, with its drawing
    context, until it is clicked: a second click on a district would only take its selection back.
    """
    widget = f"deck-{key}-{st.session_state.get(CLICKS, 0)}"
    with _sized(picture, key):
        st.pydeck_chart(
            picture.deck,
            width=picture.width,
            height=picture.height,
            key=widget,
            on_select=partial(_drill, widget),
        )
        st.html(picture.labels)


@contextmanager
def _sized(picture: Picture, key: str) -> Iterator[None]:
    size = f"--width:{picture.width}px;--height:{picture.height}px"
    with st.container(key=f"map-{key}"):
        st.html(f"<style>.st-key-map-{key}{{{size}}}</style>")
        yield


def picture(picture: Picture | None, key: str, reason: str = NOTHING) -> None:
    """A map that only shows: nothing happens when it is touched; without one, the reason."""
    if picture is None:
        empty(reason)
        return
    with _sized(picture, key):
        st.pydeck_chart(picture.deck, width=picture.width, height=picture.height, key=f"deck-{key}")
        st.html(picture.labels)


def _drill(widget: str) -> None:
    """Write the code of the clicked area or bubble to the URL; what has none (a station) leads nowhere."""
    st.session_state[CLICKS] = st.session_state.get(CLICKS, 0) + 1
    objects = st.session_state[widget].selection.get("objects", {})
    for clicked in chain.from_iterable(objects.values()):
        code = clicked.get("code") or clicked.get("properties", {}).get("code")
        if code:
            write("district", code)
