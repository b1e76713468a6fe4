"""Panels, columns, and what is shown where there is nothing to show."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


@contextmanager
def panel(key: str, title: str, grow: float | None = None, aside: str = "", late: str = "") -> Iterator[None]:
    """A framed area with a title bar. `grow`: least height in rem; `aside`: small text right of the title.

    `late` is the mark of data past its rhythm.
    """
    with st.container(key=f"panel-{key}"):
        small = f"<small>{escape(aside)}</small>" if aside else ""
        small += f'<span class="chip late">{escape(late)}</span>' if late else ""
        least = f' style="--least:{grow:g}rem"' if grow else ""
        st.html(f'<h2 class="ck-title"{least}><span>{escape(title)}</span>{small}</h2>')
        yield


def columns(*weights: float) -> Sequence[DeltaGenerator]:
    """Columns side by side, equally high, in these proportions."""
    return st.columns(weights, gap="small")


def empty(reason: str) -> None:
    """The designed state of a tile that has nothing to show, with the reason."""
    st.html(f'<div class="ck-empty"><b>—</b><p>{escape(reason)}</p></div>')


def failed() -> None:
    """In place of a tile that could not be drawn (static/cockpit.css hides whatever stands beside it)."""
    st.html(
        '<div class="ck-failed"><b>⚠</b><p>这一块没有显示出来，原因已记入日志；其他各块不受影响。</p></div>'
    )


def note(text: str) -> None:
    """A small line of explanation."""
    st.html(f'<p class="ck-note">{escape(text)}</p>')


def link(path: str, words: str) -> None:
    """A way to a page that does not stand in the navigation."""
    st.html(f'<p class="ck-note"><a href="/{escape(path)}">{escape(words)}</a></p>')


def problem(sentence: str, advice: str, link: str = "", link_text: str = "") -> None:
    """A page that could not be shown: what is wrong, what to do, a way back."""
    back = f'<a href="{escape(link)}">{escape(link_text)}</a>' if link else ""
    st.html(
        f'<div class="ck-problem" role="alert"><b>{escape(sentence)}</b><p>{escape(advice)}</p>{back}</div>'
    )
