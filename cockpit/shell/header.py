"""The top of every screen: date and version, title, clock; below it the pages."""

from html import escape

import streamlit as st

from cockpit import intake
from cockpit.codes import STATUS
from cockpit.districts import SITE
from cockpit.shell import data
from cockpit.site import PAGES, Page
from cockpit.slices import Slice
from cockpit.ui.markup import href, kept
from cockpit.warehouse import Info, Snapshot, today


def show(snapshot: Snapshot | None) -> None:
    """Date and version, title, clock; the clock is filled in by static/cockpit.js."""
    st.html(
        f'<header class="ck-header"><div class="left">{_data(snapshot, link=True)}</div>'
        f"<h1>{escape(SITE['title'])}</h1>"
        f'<div class="right"><span class="ck-clock"></span></div></header>{_troubles()}'
    )


def wall(page: Page, snapshot: Snapshot | None, slice: Slice | None) -> None:
    """The header of a wall screen: date, status and version; title and screen; scope and clock."""
    scope = f"<span>{escape(slice.label())}</span>" if slice else ""
    st.html(
        f'<header class="ck-header wl-header"><div class="left">{_data(snapshot)}</div>'
        f"<h1>{escape(SITE['title'])}<span>{escape(page.title)}</span></h1>"
        f'<div class="right">{scope}<span class="ck-clock"></span></div></header>{_troubles()}'
    )


def navigation(page: Page, slice: Slice | None) -> None:
    """Links to all pages that take the slice along; static/cockpit.js follows them without a reload."""
    links = "".join(_link(path, target, page, slice) for path, target in PAGES.items() if target.menu)
    st.html(f'<nav class="ck-nav">{links}</nav>', width="content")


def _data(snapshot: Snapshot | None, link: bool = False) -> str:
    if snapshot is None:
        return "<span>没有数据</span>"
    info, pinned = snapshot.info, _pinned(snapshot.version, link)
    status = f'<span class="chip {info.status}">{STATUS[info.status]}数据</span>'
    today = "" if pinned and info.status == "demo" else _today(snapshot)  # no room for both
    return f"<span>数据截至<b>{info.data_date}</b></span>{status}{today}{_version(info)}{pinned}"


def _today(snapshot: Snapshot) -> str:
    """The day what is stale is judged by, where it is not today's; of a weekly pack, whenever it is made."""
    if snapshot.clock_date == today() and data.fixed_today() is None:
        return ""
    words = f"以{snapshot.clock_date}为今天"
    return (
        f"<em>{words}</em>" if snapshot.info.status == "demo" else f'<span class="chip late">{words}</span>'
    )


def _version(info: Info) -> str:
    built = f"建库于{info.built_at:%Y-%m-%d %H:%M}"
    return f'<small title="{built}">版本{escape(info.version)}</small>'


def _pinned(shown: str, link: bool) -> str:
    """A version that automatic builds do not move on from must not pass for the newest; empty without one.

    Where another than the one shown is pinned, that is said.
    """
    if (pin := intake.pin(data.root())) is None:
        return ""
    words = "已固定" if pin.version == shown else "固定版本尚未生效"
    if not link:
        return f'<span class="chip late pinned">{words}</span>'
    told = escape(f"固定在版本{pin.version}：{pin.at[:16].replace('T', ' ')} {pin.by}，理由：{pin.reason}")
    return f'<a class="chip late pinned" href="{href("batches", {})}" title="{told}">{words}</a>'


def _troubles() -> str:
    """A strip below the header while something is spoilt; empty when all is well."""
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in data.warehouse().troubles()[:2])
    return f'<div class="ck-trouble" role="alert">{told}</div>' if told else ""


def _link(path: str, target: Page, page: Page, slice: Slice | None) -> str:
    icon = target.icon.removeprefix(":material/").removesuffix(":")
    here = ' aria-current="page"' if target is page else ""
    query = kept(slice, path) if slice else {}
    return f'<a href="{href(path, query)}"{here}><i class="icon">{icon}</i>{escape(target.title)}</a>'
