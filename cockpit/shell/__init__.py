"""The frame of every screen: header, filter bar, slice, snapshot, and sentences where something is wrong."""

from collections.abc import Collection

import streamlit as st

from cockpit import slices
from cockpit.shell import data, errors, filters, follow, header
from cockpit.shell.context import PageContext
from cockpit.site import PAGES, Page
from cockpit.warehouse import NoData, Snapshot

__all__ = ["PageContext", "page"]


def page(path: str, also: Collection[str] = ()) -> PageContext:
    """Begin a page: frame on the screen, figures for its slice in hand; stops where URL or data are bad.

    `also` names the page's own URL parameters (PageContext.choice).
    """
    site = PAGES[path]
    try:
        snapshot = data.warehouse().snapshot()
        slice = slices.parse(st.query_params.to_dict(), snapshot.info.data_date, also)
    except NoData as missing:
        _frame(site, None, None)
        errors.stop_with(missing.sentence, "数据发布后，本页会自动显示。")
    except slices.BadSlice as bad:
        _frame(site, snapshot, None)
        errors.stop_with(bad.sentence, "请检查地址，或回到总览重新选择。")
    _frame(site, snapshot, slice)
    return PageContext(site, snapshot, slice)


def _frame(site: Page, snapshot: Snapshot | None, slice: slices.Slice | None) -> None:
    info = snapshot.info if snapshot else None
    header.show(info)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        header.navigation(site, slice)
        if info and slice and site.indicators:
            filters.show(site, info, slice)
    follow.follow(snapshot.version if snapshot else None)
