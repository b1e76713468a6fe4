"""What a page asked for once is kept for the next, whoever opens it."""

import pandas as pd
import streamlit as st

from cockpit import reading
from cockpit import records as listed
from cockpit.reading import Reading
from cockpit.records import Side
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot

# Caches are global: their keys are the data's version and day, and the slice in its one spelling. The objects
# themselves are left out of the key by their underscore.
Key = tuple[str, ...]


@st.cache_data(max_entries=512, show_spinner=False)
def readings(key: Key, keys: tuple[str, ...], _snapshot: Snapshot, _slice: Slice) -> list[Reading]:
    found = reading.readings(_snapshot, keys, _slice)
    return [found[name] for name in keys]


@st.cache_data(max_entries=512, show_spinner=False)
def children(key: Key, name: str, _snapshot: Snapshot, _slice: Slice) -> list[Reading]:
    return reading.children(_snapshot, name, _slice)


@st.cache_data(max_entries=512, show_spinner=False)
def breakdown(key: Key, name: str, by: str, _snapshot: Snapshot, _slice: Slice) -> pd.DataFrame:
    return reading.breakdown(_snapshot, name, _slice, by)


@st.cache_data(max_entries=1024, show_spinner=False)
def series(key: Key, name: str, months: int, _snapshot: Snapshot, _slice: Slice) -> pd.DataFrame:
    return reading.series(_snapshot, name, _slice, months)


@st.cache_data(max_entries=32, show_spinner=False)
def records(
    key: Key, name: str, side: Side, most: int | None, _snapshot: Snapshot, _slice: Slice
) -> pd.DataFrame:
    return listed.records(_snapshot, name, _slice, side, most)


@st.cache_data(max_entries=512, show_spinner=False)
def tally(key: Key, name: str, side: Side, _snapshot: Snapshot, _slice: Slice) -> tuple[int, int]:
    return listed.tally(_snapshot, name, _slice, side)
