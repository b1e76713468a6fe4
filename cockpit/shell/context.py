"""What a page is given: its slice, and every figure of it, from one snapshot and asked only once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
import streamlit as st

from cockpit import disclosure, indicators, reading, records, ui
from cockpit.indicators import Indicator
from cockpit.pace import Target
from cockpit.reading import Reading
from cockpit.reading.vouch import ages, overdue
from cockpit.records import Side
from cockpit.shell import errors
from cockpit.shell.ready import Tile
from cockpit.site import Page
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot

# Caches are global: their keys are the data's version and day, and the slice in its one spelling. The objects
# themselves are left out of the key by their underscore.
Key = tuple[str, ...]
Thing = TypeVar("Thing")


@st.cache_data(max_entries=512, show_spinner=False)
def _readings(key: Key, keys: tuple[str, ...], _snapshot: Snapshot, _slice: Slice) -> list[Reading]:
    found = reading.readings(_snapshot, keys, _slice)
    return [found[name] for name in keys]


@st.cache_data(max_entries=512, show_spinner=False)
def _children(key: Key, name: str, _snapshot: Snapshot, _slice: Slice) -> list[Reading]:
    return reading.children(_snapshot, name, _slice)


@st.cache_data(max_entries=512, show_spinner=False)
def _breakdown(key: Key, name: str, by: str, _snapshot: Snapshot, _slice: Slice) -> pd.DataFrame:
    return reading.breakdown(_snapshot, name, _slice, by)


@st.cache_data(max_entries=1024, show_spinner=False)
def _series(key: Key, name: str, months: int, _snapshot: Snapshot, _slice: Slice) -> pd.DataFrame:
    return reading.series(_snapshot, name, _slice, months)


@st.cache_data(max_entries=32, show_spinner=False)
def _records(
    key: Key, name: str, side: Side, most: int | None, _snapshot: Snapshot, _slice: Slice
) -> pd.DataFrame:
    return records.records(_snapshot, name, _slice, side, most)


@st.cache_data(max_entries=512, show_spinner=False)
def _tally(key: Key, name: str, side: Side, _snapshot: Snapshot, _slice: Slice) -> tuple[int, int]:
    return records.tally(_snapshot, name, _slice, side)


@dataclass(frozen=True)
class PageContext:
    """One run of one page: all its tiles read the same snapshot and slice."""

    site: Page
    snapshot: Snapshot
    slice: Slice
    run: str
    public: bool = False  # on a wall anyone may look: no records, small groups hidden (cockpit.disclosure)

    @property
    def key(self) -> Key:
        """What the figures depend on: version, the day freshness is judged by, slice."""
        query = (f"{name}={code}" for name, code in self.slice.query().items())
        return (self.snapshot.version, self.snapshot.clock_date.isoformat(), *query)

    def readings(self, keys: Sequence[str] | None = None) -> list[Reading]:
        """Readings in the order of `keys`; the page's headline indicators by default."""
        found = _readings(self.key, tuple(keys or self.site.indicators), self.snapshot, self.slice)
        return [disclosure.one(reading) for reading in found] if self.public else found

    def reading(self, key: str) -> Reading:
        return self.readings((key,))[0]

    def children(self, key: str) -> list[Reading]:
        """One reading per district right below the slice's, best first; empty for a town."""
        found = _children(self.key, key, self.snapshot, self.slice)
        return disclosure.siblings(found) if self.public else found

    def breakdown(self, key: str, by: str) -> pd.DataFrame:
        """Columns code, label, numerator, denominator, value."""
        found = _breakdown(self.key, key, by, self.snapshot, self.slice)
        return disclosure.parts(found, indicators.get(key)) if self.public else found

    def untold(self, key: str, by: str) -> str | None:
        """Why a breakdown is empty, or None."""
        return reading.untold(self.snapshot, key, self.slice, by)

    def series(self, key: str, months: int = 18) -> pd.DataFrame:
        """Columns month, value, numerator, denominator, reason; oldest first."""
        found = _series(self.key, key, months, self.snapshot, self.slice)
        return disclosure.months(found, indicators.get(key)) if self.public else found

    def target(self, key: str) -> Target | None:
        """The target that a card is measured by: of the period's own year; none for a filtered figure."""
        found = self.snapshot.targets.get((key, self.slice.district.code, self.slice.period.year))
        return found if found and found.annual > 0 and not self.slice.filters else None

    def records(self, key: str, side: Side = "numerator", most: int | None = None) -> pd.DataFrame:
        """The records behind a figure, the first `most` of them; never on a wall."""
        assert not self.public
        return _records(self.key, key, side, most, self.snapshot, self.slice)

    def tally(self, key: str, side: Side = "numerator") -> tuple[int, int]:
        """How many records there are behind a figure, and their sum; never on a wall."""
        assert not self.public
        return _tally(self.key, key, side, self.snapshot, self.slice)

    def all_records(self, key: str, side: Side) -> pd.DataFrame:
        """All of them, for a file: not kept."""
        assert not self.public
        return records.records(self.snapshot, key, self.slice, side)

    def sparks(self, keys: Sequence[str] | None = None) -> dict[str, list[float | None]]:
        """The last twelve months of each indicator, for the small curves on cards."""
        names = keys or self.site.indicators
        return {name: [*self.series(name, 12)["value"]] for name in names}

    @contextmanager
    def tile(
        self, tile_id: str, grow: float | None = None, about: str = "", of: Indicator | None = None
    ) -> Iterator[None]:
        """A panel with the tile's title, its own date where that differs, and how far its data is overdue.

        `about`: what the tile shows this time; `of`: the only indicator it shows this time; `grow`: its least
        height in rem.
        """
        tile = self.site.tile(tile_id)
        about, keys = (of.name, (of.key,)) if of else (about, tile.indicators)
        title = f"{about}：{tile.title}" if about else tile.title
        late, own = self.overdue(keys), self._own_date(keys)
        with ui.panel(f"tile-{tile_id}", title, grow, own, late), Tile(self.site, self.run, tile_id):
            yield

    def _own_date(self, keys: Sequence[str]) -> str:
        """The date of a tile's data where it ends before that of the page."""
        ends = (ages(self.snapshot, indicators.get(key), self.slice.district)[0] for key in keys)
        oldest = min((end for end in ends if end), default=self.snapshot.info.data_date)
        return "" if oldest >= self.snapshot.info.data_date else f"数据截至{oldest}"

    @contextmanager
    def headlines(self) -> Iterator[None]:
        """The place of the page's cards: the tile `cards`, without a frame."""
        with st.container(key="headlines"), Tile(self.site, self.run, "cards"):
            yield

    def marks(self) -> list[str]:
        """The 过期 mark of each headline indicator."""
        return [self.overdue((key,)) for key in self.site.indicators]

    def in_turn(self, things: Sequence[Thing]) -> Thing:
        """One of `things`: the one whose turn it is (URL parameter `turn`, counted by the wall)."""
        asked = st.query_params.get("turn", "0")
        if not (asked.isdecimal() and len(asked) < 10):
            errors.stop_with("地址中的 turn 不是整数。", "请检查大屏地址。")
        return things[int(asked) % len(things)]

    def overdue(self, keys: Sequence[str]) -> str:
        """过期 n 天 for the indicator whose data is furthest past its source's rhythm; empty when none is."""
        district = self.slice.district
        days = max((overdue(self.snapshot, indicators.get(key), district) for key in keys), default=0)
        return f"过期{days}天" if days else ""

    def choice(self, name: str, label: str, words: dict[str, str]) -> str:
        """A choice of the page itself, kept in the URL under `name`; the first of `words` is the default."""
        asked = st.query_params.get(name)
        if asked is not None and asked not in words:
            errors.stop_with(
                f"“{label}”没有“{asked[:20]}”这个值。可用的值：{'、'.join(words)}。",
                "请检查地址，或回到总览重新选择。",
            )
        return ui.choice(name, label, words)
