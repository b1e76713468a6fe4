"""Blocks of HTML that charts make."""

import streamlit as st

from cockpit.reading import Reading
from cockpit.ui.panels import empty


def block(html: str, reading: Reading) -> None:
    """The block, or the reason why its figure cannot be told."""
    if html:
        st.html(html)
    else:
        empty(reading.reason or "这一时段没有记录。")
