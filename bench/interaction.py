"""A changed filter until the first new figure, and until the last tile is painted, for each page.

Beside it, in the same browser and the same rounds: a rerun of an empty Streamlit page, and the same figures
on a plain page (bench/plain.py).

    python -m bench.interaction [scale] [rounds] [page ...]
"""

import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.plain import plain, taken
from bench.prepared import prepared
from bench.served import EMPTY, FLAGS, PRODUCT, machine, served
from cockpit.site import PAGES

UNTHROTTLED = [*FLAGS, "--disable-background-timer-throttling", "--disable-renderer-backgrounding"]
WATCH = Path(__file__).with_name("watch.js").read_text("utf-8")
COUNTIES = ("330521", "330523", "330522", "330502", "330503")
MONTHS = [f"{year}-{month:02d}" for year in (2023, 2022) for month in (6, 5, 4, 3, 2, 1)]
QUIET = "() => bench.last && performance.now() - bench.last > 1500"
Pair = tuple[float, float]


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("COCKPIT_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=UNTHROTTLED)
        yield browser
        browser.close()


def tab(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(QUIET, timeout=60_000)
    return page


def turned(page: Page, cards: str, act: str) -> Pair:
    """Milliseconds to the first change within `cards` and to the last paint."""
    page.bring_to_front()
    told = page.evaluate(f"() => bench.after('{cards}', () => {{ {act}; }})")
    return told["first"], told["last"]


def unseen(number: int) -> dict[str, str]:
    """A county and month that no round before has asked for."""
    return {"district": COUNTIES[number % 5], "period": MONTHS[number // 5 % 12]}


def rounds(context: BrowserContext, path: str, product: str, empty: str, times: int) -> dict[str, list[Pair]]:
    """Interleaved: product with a new slice and with one it has had, empty page, plain page twice."""
    told: dict[str, list[Pair]] = {name: [] for name in ("new", "known", "empty", "anew", "updated")}
    a, b = {"district": "330521", "period": "2023-H1"}, {"district": "330523", "period": "2023-H1"}
    ours, nothing = tab(context, f"{product}/{path}?{urlencode(a)}"), tab(context, empty)
    first = taken(ours, path, a)
    turned(ours, ".ck-cards", f"bench.address('?{urlencode(b)}')")
    still = plain(context, product, first, taken(ours, path, b))
    still.wait_for_function(QUIET)
    for number in range(times + 1):
        fresh, known = unseen(number), (a, b)[number % 2]
        this_round = {
            "new": turned(ours, ".ck-cards", f"bench.address('?{urlencode(fresh)}')"),
            "known": turned(ours, ".ck-cards", f"bench.address('?{urlencode(known)}')"),
            "empty": turned(nothing, "[data-testid=stMarkdown]", f"bench.address('?n={number}')"),
            "anew": turned(still, ".ck-cards", "turn(1, true)"),
            "updated": turned(still, ".ck-cards", "turn(0, false)"),
        }
        for name, pair in this_round.items() if number else ():
            told[name].append(pair)
    for page in (ours, nothing, still):
        page.close()
    return told


def medians(pairs: list[Pair]) -> Pair:
    first, last = (statistics.median(column) for column in zip(*pairs, strict=True))
    return first, last


def line(path: str, told: dict[str, list[Pair]]) -> str:
    first = {name: medians(pairs)[0] for name, pairs in told.items()}
    last = {name: medians(pairs)[1] for name, pairs in told.items()}
    cells = [first["new"], first["known"], first["empty"], *(last[name] for name in last if name != "empty")]
    ratios = [first[name] / first["empty"] for name in ("new", "known")]
    ratios += [last[name] / last["anew"] for name in ("new", "known")]
    return f"{path:<12}" + "".join(f"{c:>9.0f}" for c in cells) + "".join(f"{r:>9.2f}" for r in ratios)


def main(scale: int, times: int, paths: list[str]) -> None:
    print(f"scale {scale}, {times} rounds, ms (medians); {machine()}")
    print(f"{'':12}{'---- first new figure ----':>27}{'---- all painted ----':>36}{'-- ratios --':>36}")
    names = [*("new", "known", "empty"), *("new", "known", "anew", "updated")]
    names += ["new/e", "known/e", "new/a", "known/a"]
    print(f"{'page':<12}" + "".join(f"{name:>9}" for name in names), flush=True)
    root = prepared(scale)
    os.environ["COCKPIT_DATA"] = str(root)
    with served(PRODUCT, root) as product, served(EMPTY, root) as empty, chromium() as browser:
        product.wait()
        empty.wait()
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
        context.add_init_script(WATCH)
        for path in paths:
            print(line(path, rounds(context, path, product.url, empty.url, times)), flush=True)


if __name__ == "__main__":
    themes = [path for path, page in PAGES.items() if page.indicators]
    words = sys.argv[1:]
    scale, times = [*map(int, words[:2]), *(1, 12)[len(words) :]]
    main(scale, times, words[2:] or themes)
