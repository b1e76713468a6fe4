"""Uploads that were confirmed and are not published yet: any build takes them along, and settles them."""

from collections.abc import Callable
from pathlib import Path

from etl.intake import pending
from etl.intake.pending import INTENT, Refused


def by(folder: Path) -> str:
    """Who confirmed this upload. Raises Refused: the intent is spoilt."""
    with pending.readable(folder, INTENT) as told:
        return str(told["by"])


def folders(root: Path, spoilt: Callable[[str], object] = bool) -> list[Path]:
    """Of each its folder. `spoilt` is told of those that nobody can go on with, in a sentence."""
    found = []
    for path in sorted((root / "pending").glob(f"*/{INTENT}")):
        try:
            pending.request(path.parent)
            by(path.parent)
        except FileNotFoundError:  # published meanwhile; or without its request, and so no upload
            continue
        except Refused as refused:
            spoilt(str(refused))
        else:
            found.append(path.parent)
    return found
