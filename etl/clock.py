"""The one clock of the write side: the wall clock of China."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def now() -> datetime:
    """With its offset; tests put another in its place."""
    return datetime.now(CHINA)


def stamp() -> str:
    """Now as ISO text to the second."""
    return now().isoformat(timespec="seconds")
