"""Blocks of HTML that charts make."""

import streamlit as st

from cockpit.reading import Reading
from cockpit.ui.panels import empty


def block(html: str, reading: Reading, untold: str | None = None) -> None:
    """The block, or the reason why its figure cannot be told; `untold`: why its parts cannot."""
    if html:
        st.html(html)
    else:
        empty(reading.reason or untold or "这一时段没有记录。")
