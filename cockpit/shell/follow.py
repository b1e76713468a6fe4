"""A screen follows a new version by itself: a small fragment looks at the pointer now and then."""

import streamlit as st

from cockpit.shell import data
from cockpit.warehouse import NoData

SECONDS = 20


def _current() -> str | None:
    try:
        return data.warehouse().snapshot().version
    except NoData:
        return None


@st.fragment(run_every=SECONDS)
def follow(shown: str | None) -> None:
    """Run the whole page again once another version than the one `shown` is published."""
    if _current() != shown:
        st.rerun(scope="app")
