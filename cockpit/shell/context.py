"""What a page is given: its slice, and every figure of it, from one snapshot and asked only once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

import pandas as pd
import streamlit as st

from cockpit import disclosure, districts, indicators, reading, records, ui
from cockpit.indicators import Indicator
from cockpit.pace import Target
from cockpit.reading import Reading
from cockpit.reading.vouch import ages, overdue
from cockpit.records import Side
from cockpit.shell import errors, kept
from cockpit.shell.kept import Key
from cockpit.shell.ready import Tile
from cockpit.site import Page
from cockpit.slices import Slice, parse_period
from cockpit.warehouse import Snapshot

Thing = TypeVar("Thing")


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
        found = kept.readings(self.key, tuple(keys or self.site.indicators), self.snapshot, self.slice)
        return [self._open(reading) for reading in found] if self.public else found

    def _open(self, found: Reading) -> Reading:
        """On a wall a district's own card tells what the ranking of its siblings does, and no more."""
        here = self.slice.district
        if here.parent is None:
            return disclosure.one(found)
        above = replace(self, slice=self.slice.at(districts.get(here.parent)))
        return next(r for r in above.children(found.indicator.key) if r.slice.district == here)

    def _withheld(self, key: str) -> bool:
        """Whether the district's own figure is hidden: then nothing that adds up to it is told either."""
        return self.slice.district.parent is not None and self.reading(key).reason == disclosure.HIDDEN

    def reading(self, key: str) -> Reading:
        return self.readings((key,))[0]

    def children(self, key: str) -> list[Reading]:
        """One reading per district right below the slice's, best first; empty for a town."""
        found = kept.children(self.key, key, self.snapshot, self.slice)
        return disclosure.siblings(found, self._withheld(key)) if self.public else found

    def breakdown(self, key: str, by: str) -> pd.DataFrame:
        """Columns code, label, numerator, denominator, value."""
        found = kept.breakdown(self.key, key, by, self.snapshot, self.slice)
        if self.public and self._withheld(key):
            return found.iloc[:0]
        return disclosure.parts(found, indicators.get(key)) if self.public else found

    def untold(self, key: str, by: str) -> str | None:
        """Why a breakdown is empty, or None."""
        return reading.untold(self.snapshot, key, self.slice, by)

    def series(self, key: str, months: int = 18) -> pd.DataFrame:
        """Columns month, value, numerator, denominator, reason; oldest first."""
        found = kept.series(self.key, key, months, self.snapshot, self.slice)
        if not self.public:
            return found
        indicator = indicators.get(key)
        found = disclosure.months(found, indicator, self._whole_years(key, found))
        since = self.slice.period.counted(indicator.rule)[0]
        return disclosure.closed(found, since) if self._withheld(key) else found

    def _whole_years(self, key: str, found: pd.DataFrame) -> pd.DataFrame:
        """The series of all calendar years that another reaches into, up to the data date."""
        first, last = found["month"].iloc[0], found["month"].iloc[-1]
        period = parse_period(f"{last.year}").until(self.snapshot.info.data_date)
        whole = replace(self, slice=replace(self.slice, period=period))
        months = 12 * (last.year - first.year) + period.end.month
        return kept.series(whole.key, key, months, self.snapshot, whole.slice)

    def target(self, key: str) -> Target | None:
        """The target that a card is measured by: of the period's own year; none for a filtered figure."""
        found = self.snapshot.targets.get((key, self.slice.district.code, self.slice.period.year))
        return found if found and found.annual > 0 and not self.slice.filters else None

    def records(self, key: str, side: Side = "numerator", most: int | None = None) -> pd.DataFrame:
        """The records behind a figure, the first `most` of them; never on a wall."""
        assert not self.public
        return kept.records(self.key, key, side, most, self.snapshot, self.slice)

    def tally(self, key: str, side: Side = "numerator") -> tuple[int, int]:
        """How many records there are behind a figure, and their sum; never on a wall."""
        assert not self.public
        return kept.tally(self.key, key, side, self.snapshot, self.slice)

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
