"""The frame of every screen: header, filter bar, slice, snapshot, and sentences where something is wrong."""

from collections.abc import Collection

import streamlit as st

from cockpit import slices
from cockpit.shell import data, errors, filters, follow, header
from cockpit.shell.context import PageContext
from cockpit.site import PAGES
from cockpit.warehouse import NoData

__all__ = ["PageContext", "page"]


def page(path: str, also: Collection[str] = ()) -> PageContext:
    """Begin a page: frame on the screen, figures for its slice in hand; stops where URL or data are bad.

    `also` names the page's own URL parameters (PageContext.choice).
    """
    site = PAGES[path]
    try:
        snapshot = data.warehouse().snapshot()
    except NoData as missing:
        header.show(site, None, None)
        follow.follow(None)
        errors.stop_with(missing.sentence, "数据发布后，本页会自动显示。")
        raise
    try:
        slice = slices.parse(st.query_params.to_dict(), snapshot.info.data_date, also)
    except slices.BadSlice as bad:
        header.show(site, snapshot.info, None)
        follow.follow(snapshot.version)
        errors.stop_with(bad.sentence, "请检查地址，或回到总览重新选择。")
        raise
    header.show(site, snapshot.info, slice)
    if site.indicators:
        filters.show(site, snapshot.info, slice)
    follow.follow(snapshot.version)
    return PageContext(site, snapshot, slice)
