"""Where the numbers come from: the data folder and its one open warehouse."""

import os
from datetime import date
from functools import cache
from pathlib import Path

from cockpit import warehouse as served
from cockpit.warehouse import Warehouse

REPOSITORY = Path(__file__).resolve().parents[2]


def root() -> Path:
    """The data folder: COCKPIT_DATA, else data/ of the repository."""
    return Path(os.environ.get("COCKPIT_DATA") or REPOSITORY / "data")


def today() -> date:
    """COCKPIT_TODAY, else today: a weekly pack's own server judges by the pack's day, whenever it runs."""
    fixed = os.environ.get("COCKPIT_TODAY")
    return date.fromisoformat(fixed) if fixed else served.today()


@cache
def _opened(folder: Path) -> Warehouse:
    return Warehouse(folder, today)


def warehouse() -> Warehouse:
    """The warehouse of this process; every session shares it."""
    return _opened(root())
