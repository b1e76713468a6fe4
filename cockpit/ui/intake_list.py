"""The uploads that wait for a decision, and the latest that were decided; the list looks again by itself."""

from html import escape
from pathlib import Path

import streamlit as st

from cockpit import districts, intake
from cockpit.intake import OPEN, Pending
from cockpit.ui.intake_marks import address, state
from cockpit.ui.panels import empty, note

SOON, LATER = 2, 15  # seconds
CLOSED = 5


def asked(root: Path, unit: str) -> Pending | None:
    """The upload named in the URL, else the unit's newest one that is open."""
    if id := st.query_params.get("pending"):
        return intake.find(root, id)
    return next((one for one in _of(root, unit) if one.state in OPEN), None)


def listing(root: Path, unit: str, chosen: Pending | None) -> None:
    """One line per upload of the unit, all of them for the city or before a unit is chosen.

    The page runs again when a state changes.
    """
    found = _shown(root, unit)
    going = any(one.state in ("waiting", "running") for one in found)
    st.fragment(_listing, run_every=SOON if going else LATER)(root, unit, chosen, _stamp(found))


def _of(root: Path, unit: str) -> list[Pending]:
    everyone = unit in ("", districts.ROOT.code)
    return [one for one in intake.pendings(root) if everyone or one.sender in (unit, "")]


def _shown(root: Path, unit: str) -> list[Pending]:
    """Open ones first, then the newest that are closed."""
    found = _of(root, unit)
    closed = [one for one in found if one.state not in OPEN]
    return [one for one in found if one.state in OPEN] + closed[:CLOSED]


def _stamp(found: list[Pending]) -> list[tuple[str, str]]:
    return [(one.id, one.state) for one in found]


def _listing(root: Path, unit: str, chosen: Pending | None, before: list[tuple[str, str]]) -> None:
    found = _shown(root, unit)
    if _stamp(found) != before:
        st.rerun(scope="app")
    if not found:
        empty("没有待确认的上报。")
        return
    lines = "".join(_line(one, unit, chosen is not None and one.id == chosen.id) for one in found)
    st.html(f'<ul class="ck-pendings">{lines}</ul>')
    if any(one.state in OPEN for one in found):
        note("关掉浏览器也不会丢：待确认的上报一直留在这里，直到发布或放弃。")


def _line(pending: Pending, unit: str, chosen: bool) -> str:
    files = "".join(pending.files[:1]) + (f" 等{len(pending.files)}个文件" if len(pending.files) > 1 else "")
    return (
        f'<li class="{"chosen" if chosen else ""}">'
        f'<a class="cover" href="{address("intake", unit=unit, pending=pending.id)}"></a>{state(pending)}'
        f"<b>{escape(intake.name(pending.sender))}</b><time>{pending.at:%m-%d %H:%M}</time>"
        f'<span class="files" title="{escape("、".join(pending.files))}">{escape(files)}</span>'
        f"<span>{_counts(pending)}</span></li>"
    )


def _counts(pending: Pending) -> str:
    if pending.state in ("waiting", "running", "broken", "spoilt"):
        return escape(pending.words or "—")
    rejected = sum(verdict.rejected for verdict in pending.verdicts)
    refused = sum(verdict.refused for verdict in pending.verdicts)
    whole = f"，整份退回{refused}个" if refused else ""
    return f"接收{pending.accepted}行，退回{rejected}行{whole}"
