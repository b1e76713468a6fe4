"""A small data folder for what needs no published version, and a place for its backups."""

from pathlib import Path

import pytest

from etl.store import ingest
from tests.sending import row, send


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """One file of a district, taken in; nothing published."""
    root = tmp_path / "data"
    send(root / "inbox" / "德清" / "培训.csv", "training", row("training"))
    ingest(root)
    return root


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "backups"
