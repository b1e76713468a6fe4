"""The frame of every screen: header, filter bar, slice, snapshot, and sentences where something is wrong."""

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import uuid4

import streamlit as st

from cockpit import slices
from cockpit.screens import SCREENS
from cockpit.shell import data, errors, filters, follow, header, ready
from cockpit.shell.context import PageContext
from cockpit.site import PAGES, Page
from cockpit.ui.tables import CAPTURE
from cockpit.warehouse import NoData, Snapshot

__all__ = ["PageContext", "page", "screen"]
Frame = Callable[[Page, Snapshot | None, slices.Slice | None], None]


def page(path: str, also: Collection[str] = ()) -> PageContext:
    """Begin a page: frame on the screen, figures for its slice in hand; stops where URL or data are bad.

    `also` names the page's own URL parameters (PageContext.choice).
    """
    return _begun(PAGES[path], (*also, CAPTURE), _frame)


def screen(path: str) -> PageContext:
    """Begin a wall screen: a header and nothing to touch; whole city or one county, no filters."""
    begun = _begun(SCREENS[path], (CAPTURE, "turn"), _wall_frame)
    if begun.slice.filters or begun.slice.district.level == "town":
        errors.stop_with("大屏只显示全市或一个区县，不带筛选。", "请检查大屏地址。", link_text="")
    return replace(begun, public=True)


def _begun(site: Page, also: Collection[str], frame: Frame) -> PageContext:
    run = uuid4().hex[:8]
    try:
        snapshot = data.warehouse().snapshot()
        slice = slices.parse(st.query_params.to_dict(), snapshot.info.data_date, also)
    except NoData as missing:
        ready.promise(site, run, None, None)
        frame(site, None, None)
        errors.stop_with(missing.sentence, "数据发布后，本页会自动显示。")
    except slices.BadSlice as bad:
        ready.promise(site, run, snapshot, None)
        frame(site, snapshot, None)
        errors.stop_with(bad.sentence, "请检查地址，或回到总览重新选择。")
    ready.promise(site, run, snapshot, slice)
    frame(site, snapshot, slice)
    return PageContext(site, snapshot, slice, run)


def _frame(site: Page, snapshot: Snapshot | None, slice: slices.Slice | None) -> None:
    info = snapshot.info if snapshot else None
    header.show(snapshot)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        header.navigation(site, slice)
        if info and slice and site.indicators:
            filters.show(site, info, slice)
    follow.follow(follow.stamp(snapshot) if snapshot else None)


def _wall_frame(site: Page, snapshot: Snapshot | None, slice: slices.Slice | None) -> None:
    header.wall(site, snapshot, slice)
    follow.follow(follow.stamp(snapshot) if snapshot else None)
