"""Where the numbers come from: the data folder and its one open warehouse."""

import os
from functools import cache
from pathlib import Path

from cockpit.warehouse import Warehouse

REPOSITORY = Path(__file__).resolve().parents[2]


def root() -> Path:
    """The data folder: COCKPIT_DATA, else data/ of the repository."""
    return Path(os.environ.get("COCKPIT_DATA") or REPOSITORY / "data")


@cache
def _opened(folder: Path) -> Warehouse:
    return Warehouse(folder)


def warehouse() -> Warehouse:
    """The warehouse of this process; every session shares it."""
    return _opened(root())
