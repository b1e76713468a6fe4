"""The same figures on a plain page: the product's own HTML and styles, plotly.js and deck.gl, nothing else.

The page is taken out of the product as it stands in the browser for two slices, and switches between them in
one task: no server, no React, no protocol. What it takes is the limit that plotly.js and deck.gl set. Left
out: the canvas grid of long tables, which only Streamlit draws.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plotly
import pydeck
from playwright.sync_api import BrowserContext, Page, Route
from streamlit.testing.v1 import AppTest

from bench.served import ROOT

HERE = Path(__file__).parent
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
DECK = Path(pydeck.__file__).parent / "nbextension" / "static" / "index.js"
NAME = "plain.html"


@dataclass(frozen=True)
class Shown:
    """A page for one slice: `page` as plain.js takes it, `decks` the maps' JSON texts."""

    page: dict[str, Any]
    decks: list[str]


def decks(path: str, query: dict[str, str]) -> list[str]:
    at = AppTest.from_file(str(ROOT / "pages" / f"{path}.py"), default_timeout=300)
    for name, code in query.items():
        at.query_params[name] = code
    return [element.proto.json for element in at.run().get("deck_gl_json_chart")]


def taken(page: Page, path: str, query: dict[str, str]) -> Shown:
    """What the product shows in this tab now."""
    page.add_script_tag(path=HERE / "plain.js")
    return Shown(json.loads(page.evaluate("taken()")), decks(path, query))


def plain(context: BrowserContext, url: str, first: Shown, second: Shown) -> Page:
    """A tab with the plain page, showing `first`; `turn(n, anew)` shows one or the other."""
    tab = context.new_page()
    tab.route(f"**/{NAME}", _answer)
    tab.goto(f"{url}/{NAME}")
    for script in (PLOTLY, DECK, HERE / "plain.js"):
        tab.add_script_tag(path=script)
    given = [[shown.page, shown.decks] for shown in (first, second)]
    tab.evaluate("given => { window.given = given; build(given[0][0], given[0][1]); }", given)
    tab.evaluate("() => { window.turn = (n, anew) => show(given[n][0], given[n][1], anew); }")
    return tab


def _answer(route: Route) -> None:
    """An empty page at the server's own address, so that fonts and pictures are found."""
    head = '<meta charset="utf-8"><link rel="stylesheet" href="/app/static/cockpit.css">'
    route.fulfill(body=f'<!DOCTYPE html><html lang="zh-CN"><head>{head}</head><body></body></html>')
