"""Small pieces of HTML. Every text that comes from data goes through escape."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from cockpit import theme
from cockpit.pace import Lamp
from cockpit.site import PAGES
from cockpit.slices import Slice

HOME = next(iter(PAGES))


def href(path: str, query: Mapping[str, str], anchor: str = "") -> str:
    """The address of a page with parameters, escaped for an attribute. The first page lives at /."""
    place = "" if path == HOME else path
    return escape(f"/{place}?{urlencode(query)}{'#' + anchor if anchor else ''}")


def kept(slice: Slice, path: str) -> dict[str, str]:
    """The slice as it is taken along to another page: only the filters that page offers."""
    return {
        name: code
        for name, code in slice.query().items()
        if name in ("district", "period") or name in PAGES[path].filters
    }


def lamp(name: Lamp, title: str = "") -> str:
    """A lamp as shape and word; its colour comes with the class."""
    look = theme.LAMPS[name]
    return f'<span class="lamp {name}" title="{escape(title)}">{look.shape} {look.word}</span>'
