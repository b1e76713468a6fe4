"""What needs a leader's eye, one line each."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from cockpit.attention import KINDS, Item
from cockpit.ui.markup import href, lamp
from cockpit.ui.panels import empty

SHOWN = 12


def attention(items: Sequence[Item], clear: str) -> None:
    """A list of lamp, kind and sentence, each leading to the page that shows more; `clear` where empty."""
    if not items:
        empty(clear)
        return
    rows = "".join(_row(item) for item in items[:SHOWN])
    more = f'<p class="ck-note">另有{len(items) - SHOWN}项未列出</p>' if len(items) > SHOWN else ""
    st.html(f'<div class="ck-attention"><ul>{rows}</ul>{more}</div>')


def _row(item: Item) -> str:
    return (
        f'<li class="{item.lamp}">{lamp(item.lamp)}<span class="kind">{KINDS[item.kind]}</span>'
        f'<a href="{href(item.page, item.query)}">{escape(item.sentence)}</a></li>'
    )
