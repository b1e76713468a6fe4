"""What a page promises to show and how far each tile has come, in the DOM (docs/decisions/0008).

The server declares; static/ready.js turns "drawn" into "ready" once it is painted.
"""

import logging
from html import escape
from types import TracebackType
from urllib.parse import urlencode

import streamlit as st

from cockpit import ui
from cockpit.shell import health
from cockpit.site import Page
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot

LOG = logging.getLogger("cockpit")


def promise(page: Page, run: str, snapshot: Snapshot | None, slice: Slice | None) -> None:
    """The element #cockpit-state of this run; what was painted by an earlier run does not count for it."""
    info = snapshot.info if snapshot else None
    told = {
        "page": page.path,
        "version": info.version if info else "",
        "status": info.status if info else "",
        "judged": str(snapshot.clock_date) if snapshot else "",
        "slice": urlencode(slice.query()) if slice else "",
        "wanted": " ".join(page.wanted),
        "run": run,
        "tiles": "{}",
        "state": "wait",
    }
    attributes = " ".join(f'data-{name}="{escape(word)}"' for name, word in told.items())
    st.html(f'<div id="cockpit-state" {attributes}></div>')


class Tile:
    """A tile being drawn: a context that ends with its state in the DOM, and never takes the page down.

    The one place where any error is caught: a tile is the unit that may fail alone. Streamlit's own control
    flow (rerun, stop) is no Exception and passes.
    """

    def __init__(self, page: Page, run: str, tile_id: str) -> None:
        self._page, self._run, self._id = page, run, tile_id

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None and not isinstance(error, Exception):
            return False
        if error is None:
            health.rendered(self._page.path, self._id)
        else:
            health.failed(self._page.path, self._id)
            LOG.error("tile %s of %s failed", self._id, self._page.path, exc_info=error)
            ui.failed()
        state = "failed" if error else "drawn"
        st.html(f'<i class="ck-told" data-of="{self._id}" data-run="{self._run}" data-told="{state}"></i>')
        return True
