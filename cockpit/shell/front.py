"""The HTML that every page starts with: Streamlit's own, with our language, title, style and script.

Style and script stand in the head, so that they are there before the first paint and travel once,
not with every run. Without the server's address, Streamlit would first look for it below a page's own path
(two 404s at every deep link).
"""

from functools import cache
from html import escape
from pathlib import Path
from string import Template

import streamlit
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from cockpit.districts import SITE
from cockpit.screens import SCREENS
from cockpit.site import PAGES
from cockpit.ui.markup import HOME

STREAMLIT = Path(streamlit.__file__).parent / "static"
STATIC = Path(__file__).resolve().parents[1] / "static"
NO_CACHE = {"Cache-Control": "no-cache"}
HEAD = Template(
    """<title>$title</title>
    <link rel="icon" href="/app/static/icon.svg" type="image/svg+xml" />
    <link rel="preload" href="/app/static/fonts/NotoSansSC-Regular-gb-nl.woff2" as="font" crossorigin />
    <link rel="stylesheet" href="/app/static/cockpit.css?$stamp" />
    <link rel="stylesheet" href="/app/static/figures.css?$stamp" />
    <link rel="stylesheet" href="/app/static/wall.css?$stamp" />
    <link rel="stylesheet" href="/app/static/intake.css?$stamp" />
    <script>window.__streamlit = { BACKEND_BASE_URL: location.origin };</script>
    <script src="/app/static/cockpit.js?$stamp" defer></script>
    <script src="/app/static/ready.js?$stamp" defer></script>"""
)


def between(text: str, begin: str, end: str, instead: str) -> str:
    """`text` with the stretch from `begin` to `end` replaced; ValueError where it has none."""
    first = text.index(begin)
    last = text.index(end, first) + len(end)
    return text[:first] + instead + text[last:]


def stamp() -> str:
    """Changes with every upgrade: what browsers keep is then asked for again."""
    return str(max(int(path.stat().st_mtime) for path in STATIC.iterdir() if path.is_file()))


@cache
def index() -> str:
    """The page; ValueError at the first request if a new Streamlit changed what we replace."""
    head = HEAD.substitute(title=escape(SITE["title"]), stamp=stamp())
    text = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    text = between(text, "<html", ">", '<html lang="zh-CN">')
    text = between(text, '<link rel="shortcut icon"', "/>", "")
    text = between(text, '<link\n      rel="preload"', "/>", "")
    text = between(text, "<title>", "</title>", head)
    return between(text, "<noscript>", "</noscript>", "<noscript>请在浏览器中启用 JavaScript。</noscript>")


async def endpoint(request: Request) -> Response:
    """A page, a file that Streamlit keeps beside its index, or 404 with a sentence."""
    name = request.path_params.get("name", "")
    if name == HOME:  # Streamlit knows its first page as / only
        return RedirectResponse(f"/?{request.url.query}")
    if not name or name in PAGES or name in SCREENS:
        return HTMLResponse(index(), headers=NO_CACHE)
    if name in {"favicon.png", "manifest.json"}:
        return FileResponse(STREAMLIT / name)
    page = (STATIC / "missing.html").read_text(encoding="utf-8")
    return HTMLResponse(page, status_code=404, headers=NO_CACHE)
