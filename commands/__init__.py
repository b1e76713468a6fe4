"""What the verbs of manage.py do. Packages are imported inside functions: they may not be installed yet."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - the command may be typed with any Python
    print("需要 Python 3.11 或更高版本。", file=sys.stderr)
    raise SystemExit(2)

ROOT = Path(__file__).resolve().parent.parent
DONE, REFUSED, USAGE = 0, 1, 2


class Stop(Exception):
    """The exit code and the sentence for the person at the keyboard."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def data_root() -> Path:
    return Path(os.environ.get("COCKPIT_DATA") or ROOT / "data").resolve()


def step(name: str, action: Callable[..., str], *arguments: object) -> None:
    """Do it, then print what it says of itself and the seconds it took."""
    started = time.perf_counter()
    note = action(*arguments)
    print(f"{name}：{note}（{time.perf_counter() - started:.1f} 秒）", flush=True)
