"""Cold start and first load, beside an empty Streamlit page: until its first paint, until its content stands.

    python -m bench.start [rounds]

"start": from the beginning of the server's process. "load": a browser that has nothing cached, a warm server.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from bench.interaction import chromium
from bench.prepared import prepared
from bench.served import EMPTY, PRODUCT, Served, machine, served

CONTENT = {
    PRODUCT: "() => document.querySelectorAll('.ck-card').length === 8 && document.fonts.status === 'loaded'",
    EMPTY: "() => document.querySelector('[data-testid=stMarkdown]')",
}
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
Times = tuple[float, float]


def load(browser: Browser, url: str, script: str) -> Times:
    """Milliseconds from navigation to first paint and to content, in a context without a cache."""
    with browser.new_context(viewport={"width": 1920, "height": 1080}) as context:
        page = context.new_page()
        begun = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.wait_for_function(CONTENT[script], timeout=60_000)
        content = 1000 * (time.perf_counter() - begun)
        return float(page.wait_for_function(FIRST_PAINT).json_value()), content


def start(browser: Browser, script: str, root: Path) -> Times:
    """The same, counted from the beginning of the server's process."""
    with served(script, root) as running:
        running.wait()
        waited = 1000 * (time.perf_counter() - running.started)
        paint, content = load(browser, running.url, script)
        return waited + paint, waited + content


def told(name: str, product: list[Times], empty: list[Times]) -> None:
    for place, what in enumerate(("first paint", "content")):
        ours, theirs = (statistics.median(each[place] for each in times) for times in (product, empty))
        print(
            f"{name:<6}{what:<12} product {ours:>6.0f} ms   empty {theirs:>6.0f} ms"
            f"   ratio {ours / theirs:.2f}"
        )


def interleaved(times: int, measure: Callable[[str], Times]) -> tuple[list[Times], list[Times]]:
    pairs = [(measure(PRODUCT), measure(EMPTY)) for _ in range(times)]
    return [ours for ours, _ in pairs], [theirs for _, theirs in pairs]


def main(times: int) -> None:
    print(f"{times} rounds, medians; {machine()}")
    root = prepared(1)
    with chromium() as browser:
        told("start", *interleaved(times, lambda script: start(browser, script, root)))
        with served(PRODUCT, root) as product, served(EMPTY, root) as empty:
            servers: dict[str, Served] = {PRODUCT: product, EMPTY: empty}
            for script, running in servers.items():
                running.wait()
                load(browser, running.url, script)
            told("load", *interleaved(times, lambda script: load(browser, servers[script].url, script)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
