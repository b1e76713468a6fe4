"""Choices that live in the URL: it alone says what is chosen, the widget only shows and changes it."""

from collections.abc import Callable, Mapping

import streamlit as st

Write = Callable[[str], None]


def write(name: str, code: str) -> None:
    """Set a parameter of the URL, or remove it when the code is empty."""
    if code:
        st.query_params[name] = code
    else:
        st.query_params.pop(name, None)


def _changed(key: str, name: str) -> None:
    write(name, st.session_state[key])


def select(key: str, name: str, label: str, words: Mapping[str, str], current: str) -> None:
    """A list of codes shown as words. A choice is written to the URL as `name`; the next run reads it there.

    The widget is set to the URL's value first, so that links and the back button move it too.
    """
    widget = f"bar-{key}"
    if st.session_state.get(widget) != current:
        st.session_state[widget] = current
    st.selectbox(
        label,
        list(words),
        format_func=lambda code: words.get(code, code),
        key=widget,
        on_change=_changed,
        args=(widget, name),
        filter_mode=None,
        placeholder="请选择",
    )


def choice(name: str, label: str, words: Mapping[str, str]) -> str:
    """A choice of one page, kept in the URL under `name`; the first of `words` where the URL has none."""
    current = st.query_params.get(name, next(iter(words)))
    with st.container(key=f"choice-{name}"):
        select(name, name, label, words, current)
    return current
