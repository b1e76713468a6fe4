"""Figures and maps are drawn once per version and slice: building one costs more than sending it."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from cockpit.shell.context import Key, PageContext

Drawing = TypeVar("Drawing")


@st.cache_resource(max_entries=512, show_spinner=False)
def _drawn(key: Key, _draw: Callable[[], Drawing]) -> Drawing:
    return _draw()


def drawn(page: PageContext, name: str, draw: Callable[[], Drawing]) -> Drawing:
    """What `draw` makes for this page's version and slice; `name` tells its drawings apart."""
    return _drawn((*page.key, page.site.path, name), draw)
