"""Every wall screen at every size in every state, as pictures and a list of faults.

python -m tests.browser.matrix FOLDER [SIZE ...]
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from cockpit.screens import SCREENS
from etl.build import build
from etl.demo import write_inbox
from tests.browser.looks import Wall
from tests.browser.screen import FLAGS, Screen
from tests.browser.server import Server, running
from tests.changed_version import changed

SIZES = ("1920x1080", "3840x2160", "5760x2160", "3840x1080", "1366x768")
STALE = "UPDATE source_state SET as_of = DATE '2023-01-31'"
FAILED = "DROP TABLE fact_station; DROP TABLE mart_contract"
# Name -> what is changed in the version, query of the wall
STATES = {
    "normal": ("", ""),
    "county": ("", "district=330521"),
    "empty": ("", "period=2020"),
    "stale": (STALE, ""),
    "failed": (FAILED, ""),
}


@contextmanager
def served(folder: Path, name: str, sql: str) -> Iterator[Server]:
    root = folder / "demo"
    if not (root / "published" / "current").exists():
        write_inbox(root / "inbox")
        build(root)
    if sql:
        shutil.rmtree(folder / name, ignore_errors=True)
        root = changed(root, folder / name, f"20230630-{name}", sql)
    with running(root, folder / f"{name}.log") as server:
        server.wait_until_healthy()
        yield server


def look(chromium: Browser, server: Server, case: str, screen: str, size: str, query: str, out: Path) -> int:
    """One picture; the number of faults, which are printed."""
    width, _, height = size.partition("x")
    with Screen.opened(chromium, server.url, (int(width), int(height))) as tab:
        wall = Wall(tab.page)
        state = wall.open(server.url, screen, query)
        found = [*wall.faults(), *tab.faults]
        print(f"{case} {screen} {size}: {state['state']} {found or ''}", flush=True)
        wall.picture(1600).save(out / f"{case}-{screen}-{size}.png")
        return len(found)


def gone(chromium: Browser, server: Server, size: str, screens: list[str], out: Path) -> None:
    """What is on the wall when the server has ended under it."""
    width, _, height = size.partition("x")
    tabs = []
    for screen in screens:
        context = chromium.new_context(viewport={"width": int(width), "height": int(height)}, locale="zh-CN")
        tabs.append((screen, Wall(context.new_page())))
        tabs[-1][1].open(server.url, screen)
    server.process.kill()
    for screen, wall in tabs:
        wall.page.wait_for_function("() => document.body.classList.contains('cut')")
        wall.page.wait_for_timeout(1000)
        wall.picture(1600).save(out / f"gone-{screen}-{size}.png")
        print(f"gone {screen} {size}: {wall.page.locator('#cut').inner_text()!r}", flush=True)
        wall.page.context.close()


def main(folder: Path, sizes: list[str]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    screens, faults = [path.removeprefix("wall-") for path in SCREENS], 0
    path = os.environ.get("COCKPIT_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, (sql, query) in STATES.items():
            with served(folder, name, sql) as server:
                cases = [(screen, size) for size in sizes for screen in screens]
                faults += sum(look(chromium, server, name, *case, query, folder) for case in cases)
        for size in sizes:
            with served(folder, "gone", "") as server:
                gone(chromium, server, size, screens, folder)
        chromium.close()
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:] or list(SIZES)))
