"""A Chromium of its own, asked through its own protocol and nothing more.

Test drivers listen to the network while they are attached, and what they are told is kept in the page's
process: in a soak that looks like a leak of the page.
"""

import itertools
import json
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from bench.served import FLAGS

ALONE = [
    "--headless=new",
    *FLAGS,
    "--disable-sync",
    "--disable-quic",
    "--remote-debugging-port=0",
    "about:blank",
]
SECONDS = 60


class Tab:
    """The first tab of a browser; no domain of the protocol is enabled but those a caller asks for."""

    def __init__(self, socket: ClientConnection, browser: int) -> None:
        self._socket, self.browser = socket, browser
        self._numbers = itertools.count(1)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer to one command; events that come before it are passed over."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv(timeout=SECONDS))
            if told.get("id") == number:
                return told["result"]

    def value(self, expression: str) -> Any:
        """What a JavaScript expression is worth in the page."""
        told = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        return told["result"].get("value")


@contextmanager
def opened(chromium: str, size: tuple[int, int]) -> Iterator[Tab]:
    """A browser with one empty tab; `Tab.browser` is its process."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        place = [f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}"]
        process = subprocess.Popen([chromium, *place, *ALONE], stderr=subprocess.DEVNULL)
        try:
            with connect(_address(Path(profile)), max_size=None) as socket:
                yield Tab(socket, process.pid)
        finally:
            process.kill()
            process.wait()


def _address(profile: Path) -> str:
    """Where the first tab listens."""
    told = profile / "DevToolsActivePort"
    for _ in range(SECONDS * 10):
        if told.exists() and (lines := told.read_text().split()):
            with urllib.request.urlopen(f"http://127.0.0.1:{lines[0]}/json/list", timeout=10) as reply:
                tabs = [one for one in json.load(reply) if one["type"] == "page"]
            return tabs[0]["webSocketDebuggerUrl"]
        time.sleep(0.1)
    raise SystemExit("Chromium did not start")
