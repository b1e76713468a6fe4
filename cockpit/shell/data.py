"""Where the numbers come from: the data folder and its one open warehouse."""

import os
from datetime import date
from functools import cache
from pathlib import Path

from cockpit import warehouse as served
from cockpit.warehouse import Warehouse

REPOSITORY = Path(__file__).resolve().parents[2]


class BadDay(ValueError):
    """The day given for today cannot be read; args[0] is a sentence."""


def root() -> Path:
    """The data folder: COCKPIT_DATA, else data/ of the repository."""
    return Path(os.environ.get("COCKPIT_DATA") or REPOSITORY / "data")


def fixed_today() -> date | None:
    """COCKPIT_TODAY: a weekly pack's own server judges by the pack's day, whenever it runs; None without it.

    Raises:
        BadDay: it is no date.
    """
    told = os.environ.get("COCKPIT_TODAY")
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as error:
        raise BadDay(f"环境变量 COCKPIT_TODAY 是“{told}”，不是日期。请写成 2023-06-30，或删去它。") from error


def today() -> date:
    """The day by which this server judges what is stale."""
    return fixed_today() or served.today()


@cache
def _opened(folder: Path) -> Warehouse:
    return Warehouse(folder, today)


def warehouse() -> Warehouse:
    """The warehouse of this process; every session shares it."""
    return _opened(root())
