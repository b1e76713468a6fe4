"""Uploads into a copy of the hand-countable warehouse, at a fixed time."""

import hashlib
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from etl import audit, clock
from etl.intake import pending
from tests.sending import row, send

NOW = datetime(2023, 7, 3, 9, 30, tzinfo=clock.CHINA)
TITLE = "德清县 · 演示数据 · 数据截至2023-06-30"
CITY = "湖州市 · 演示数据 · 数据截至2023-06-30"
J2 = {"contest_id": "J2", "name": "机械厂比武", "town": "330521001", "held_on": "2023-04-30", "level": "企业"}
J9 = {"contest_id": "J9", "name": "叉车竞赛", "town": "330521001", "held_on": "2023-06-01", "level": "县级"}
T3 = {"training_id": "T3", "name": "家具工班", "town": "330521101", "held_on": "2023-06-30", "form": "线下"}


@pytest.fixture
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def copied(source: Path, target: Path) -> Path:
    """A data folder like `source` that a test may change."""
    shutil.copytree(source, target)
    return target


def contests(folder: Path, *rows: dict[str, str], name: str = "竞赛.csv", title: str = TITLE) -> Path:
    """A file of contests; cells that are not given are the example's."""
    return send(folder / name, "contest", *(row("contest") | cells for cells in rows), title=title)


def upload(root: Path, *files: Path, sender: str = "330521") -> str:
    return pending.receive(root, list(files), sender)


def logged(root: Path) -> list[tuple[str, str, str, str]]:
    """What was put on record at the fixed time: by, act, what, outcome."""
    found = [entry for entry in audit.entries(root) if entry["at"] == NOW.isoformat()]
    return [(entry["by"], entry["act"], entry["what"], entry["outcome"]) for entry in found]


def tree(root: Path) -> dict[str, str]:
    """Every file of a data folder but for uploads on their way -> hash of its content."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    inside = ((path.relative_to(root).as_posix(), path) for path in files)
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in inside
        if not name.startswith("pending/")
    }
