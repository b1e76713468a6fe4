"""A data folder with a published version and files that wait, and what must hold after a fault."""

import shutil
from pathlib import Path

from cockpit import seals
from cockpit.warehouse import Warehouse
from etl import integrity, ledger
from tests.faults import child
from tests.sending import row, send

TITLE = "德清县 · 数据截至2023-06-30"
Figures = dict[str, int]  # contest -> entries


def contest(number: int, entries: int = 0) -> dict[str, str]:
    return row("contest", contest_id=f"J-{number}", entries=str(entries or 100 + number))


def made(root: Path, light: bool = True) -> Path:
    """Published: J-1 and J-2. Waiting in the inbox: a correction of J-2, and J-3 in a file of its own."""
    send(root / "inbox" / "一月.csv", "contest", contest(1), contest(2), title=TITLE)
    assert child.done("build", root, light=light) == 0
    send(root / "inbox" / "更正.csv", "contest", contest(2, 222), title=TITLE)
    send(root / "inbox" / "三月.csv", "contest", contest(3), title=TITLE)
    return root


BEFORE: Figures = {"J-1": 101, "J-2": 102}
AFTER: Figures = {"J-1": 101, "J-2": 222, "J-3": 103}


def copied(source: Path, target: Path) -> Path:
    return Path(shutil.copytree(source, target, symlinks=True))


def served(root: Path) -> Figures:
    """What a reader sees; the version named is whole."""
    warehouse = Warehouse(root)
    found = dict(warehouse.snapshot().rows("SELECT contest_id, entries FROM fact_contest"))
    assert warehouse.troubles() == []
    assert seals.named(root / "published") == warehouse.snapshot().version
    return found


def kept_whole(root: Path) -> None:
    """No accepted row is missing or spoilt, and no content was taken in twice."""
    examined = integrity.examine(root)
    assert examined.damaged == ()
    contents = [batch.sha256 for batch in examined.sound]
    assert len(contents) == len(set(contents))
    assert not list((root / "store").rglob("*.tmp"))
    assert len(ledger.manifests(root)) == len(list((root / "store" / "contest").iterdir()))


def recovers(root: Path, expected: Figures, light: bool = True) -> None:
    """The next build needs no help and ends like an undisturbed one."""
    assert child.done("build", root, light=light) == 0
    assert served(root) == expected
    kept_whole(root)
