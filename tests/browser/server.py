"""The product's server as a process of its own, on a port that the system gives."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from commands import ROOT

SECONDS = 60


@dataclass(frozen=True)
class Server:
    url: str
    root: Path
    log: Path
    process: subprocess.Popen[bytes]

    def health(self) -> tuple[int, str]:
        """Status and body of /healthz; (0, reason) while nothing answers."""
        try:
            with _direct.open(f"{self.url}/healthz", timeout=10) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError as error:
            return 0, str(error)

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Ask again until it holds; the log when the process ended or the time is over."""
        deadline = time.monotonic() + SECONDS
        while not holds():
            ended = self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                state = f"ended with {self.process.returncode}" if ended else f"health is {self.health()}"
                raise AssertionError(f"server {state}:\n{self.log.read_text('utf-8')[-3000:]}")
            time.sleep(0.05)

    def wait_until_healthy(self) -> None:
        self.wait_until(lambda: self.health()[0] == 200)

    def wait_until_answering(self) -> None:
        self.wait_until(lambda: self.health()[0] != 0)


_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(root: Path, log: Path, port: int = 0, broken: str = "", home: Path = ROOT) -> Iterator[Server]:
    """`streamlit run app.py` on the data in `root`, stopped at the end; it may not answer yet.

    `broken`: a tile that fails on every page; `home`: the folder of the program.
    """
    port = port or _free_port()
    program = ["tests.browser.failing", broken] if broken else ["streamlit"]
    command = [sys.executable, "-m", *program, "run", "app.py", "--server.port", str(port)]
    settings = {**os.environ, "COCKPIT_DATA": str(root)}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=home, env=settings, stdout=output, stderr=output)
    try:
        yield Server(f"http://127.0.0.1:{port}", root, log, process)
    finally:
        process.terminate()
        try:
            process.wait(8)
        except subprocess.TimeoutExpired:
            process.kill()  # an open tab may hold the server's orderly end
            process.wait()
