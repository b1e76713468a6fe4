"""The handbook's definitions: every indicator in a block that links can reach by its key."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from cockpit import pace
from cockpit.handbook import DEFINITION, by_theme, facts
from cockpit.indicators import Indicator


def definitions(sources: Mapping[str, str]) -> None:
    """All themes, one after the other; `sources`: source name -> its Chinese label."""
    rule = f'<p class="ck-note">亮灯规则：{escape(pace.RULE)}{escape(pace.PROVENANCE)}</p>'
    rule += f'<p class="ck-note" id="on_time_rate">{escape(DEFINITION)}</p>'
    words = dict(sources)
    themes = "".join(_theme(name, indicators, words) for name, indicators in by_theme())
    st.html(rule + themes)


def _theme(name: str, indicators: list[Indicator], sources: dict[str, str]) -> str:
    blocks = "".join(_block(indicator, sources) for indicator in indicators)
    return f'<h3>{escape(name)}</h3><div class="defined">{blocks}</div>'


def _block(indicator: Indicator, sources: dict[str, str]) -> str:
    lines = "".join(
        f"<dt>{escape(heading)}</dt><dd>{escape(text)}</dd>" for heading, text in facts(indicator, sources)
    )
    return f'<section id="{indicator.key}"><h4>{escape(indicator.name)}</h4><dl>{lines}</dl></section>'
