"""A real server on demonstration data and a real Chromium, once per run."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.screen import FLAGS, Screen
from tests.browser.server import Server, running
from tests.demo_root import demo_root


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: quick ones tell first, and Playwright keeps an event loop running."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serves the demonstration data. Read only: it is shared."""
    with running(demo_root(tmp_path_factory), tmp_path_factory.mktemp("server") / "server.log") as started:
        started.wait_until_healthy()
        yield started


@pytest.fixture
def own_root(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration data that a test may change."""
    return shutil.copytree(demo_root(tmp_path_factory), tmp_path / "data")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("COCKPIT_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.fail(
            f"没有找到 Chromium（{path}）：请用 python3 manage.py test 运行，或设置 COCKPIT_CHROMIUM。"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Browser, server: Server) -> Iterator[Screen]:
    """An empty tab of its own at 1920×1080."""
    with Screen.opened(chromium, server.url) as opened:
        yield opened
