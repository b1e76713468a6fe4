"""The HTML that every page starts with: Streamlit's own, with our language, title, style and script.

Style and script stand in the head, so that they are there before the first paint and travel once,
not with every run. Without the server's address, Streamlit would first look for it below a page's own path
(two 404s at every deep link).
"""

import hashlib
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


def release(home: Path) -> str:
    """What the program in this folder shows, as a short hash; times of files say nothing."""
    told = hashlib.sha256()
    for path in sorted(path for folder in ("cockpit", "wall") for path in (home / folder).rglob("*.*")):
        if path.is_file() and "__pycache__" not in path.parts:
            told.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()[:12]


STAMP = release(STATIC.parents[1])  # of what runs, whatever is put into the folder later


def stamp() -> str:
    """Changes with every upgrade: what browsers keep is then asked for again."""
    return STAMP


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


async def fault(_: Request, __: Exception) -> Response:
    """In place of an answer that failed: a wall has nobody to load it again, so the page does."""
    page = (STATIC / "fault.html").read_text(encoding="utf-8")
    return HTMLResponse(page, status_code=500, headers=NO_CACHE)


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
