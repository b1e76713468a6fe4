"""A screen follows a new version, and a new day, by itself: a small fragment looks now and then."""

import streamlit as st

from cockpit.shell import data
from cockpit.warehouse import NoData, Snapshot

SECONDS = 20


def _current() -> str | None:
    """Version, day and troubles: at midnight data may become stale without a new version."""
    try:
        return stamp(data.warehouse().snapshot())
    except NoData:
        return None


def stamp(snapshot: Snapshot) -> str:
    return " ".join([snapshot.version, str(snapshot.clock_date), *data.warehouse().troubles()])


@st.fragment(run_every=SECONDS)
def follow(shown: str | None) -> None:
    """Run the whole page again once the stamp is another than the one `shown`."""
    if _current() != shown:
        st.rerun(scope="app")
