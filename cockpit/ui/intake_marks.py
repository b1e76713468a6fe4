"""Small pieces of the intake pages: the way between them, states as shape and word, tables of links."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from cockpit.intake import Pending, Run
from cockpit.site import PAGES

STATES = {
    "waiting": "○ 等待检查",
    "running": "◎ 处理中",
    "ready": "● 待确认",
    "failed": "■ 未通过",
    "broken": "▲ 中断",
    "confirmed": "▲ 已确认，等待建库",
    "spoilt": "■ 已损坏",
    "accepted": "● 已发布",
    "discarded": "□ 已放弃",
}
WAYS = {"intake": "上报与确认", "returns": "填报情况", "batches": "来文与版本"}


def ways(here: str, unit: str = "") -> None:
    """Links between the pages of intake; the unit goes along."""
    links = "".join(
        f'<a href="{address(path, unit=unit)}"{" aria-current=page" if path == here else ""}>{words}</a>'
        for path, words in WAYS.items()
    )
    st.html(f'<nav class="ck-nav ways">{links}</nav>')


def address(path: str, **query: str) -> str:
    """The address of an intake page, escaped for an attribute; empty parameters are left out."""
    assert path in PAGES
    return escape(f"/{path}?{urlencode({name: value for name, value in query.items() if value})}")


def state(pending: Pending) -> str:
    return f'<span class="state {pending.state}">{STATES[pending.state]}</span>'


def said(run: Run) -> None:
    """What a finished process said: its sentences, as good news or as a problem."""
    lines = "<br>".join(escape(line) for line in run.words.splitlines()[-4:])
    st.html(f'<p class="ck-said {"good" if run.ok else "bad"}" role="status">{lines or "没有说明。"}</p>')


def sentence(text: str) -> None:
    """Why something was not done."""
    st.html(f'<p class="ck-said bad" role="status">{escape(text)}</p>')


def rows(
    heads: Sequence[str], lines: Sequence[Sequence[str]], numbers: Collection[str] = (), kind: str = ""
) -> None:
    """A table whose cells are HTML already; columns named in `numbers` stand right."""
    right = [head in numbers for head in heads]
    head = "".join(_cell("th", escape(text), number) for text, number in zip(heads, right, strict=True))
    cells = ((_cell("td", *pair) for pair in zip(line, right, strict=True)) for line in lines)
    body = "".join(f"<tr>{''.join(line)}</tr>" for line in cells)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    st.html(f'<div class="ck-table {kind}">{table}</div>')


def _cell(tag: str, html: str, number: bool) -> str:
    mark = ' class="number"' if number else ""
    return f"<{tag}{mark}>{html}</{tag}>"


def link(words: str, path: str, query: Mapping[str, str], chosen: bool = False) -> str:
    """A link of a table; the chosen one is marked."""
    mark = ' class="chosen"' if chosen else ""
    return f'<a href="{address(path, **query)}"{mark} title="{escape(words)}">{escape(words)}</a>'
