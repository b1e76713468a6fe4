"""The demonstration data, made and built once per test run. Read only: it is shared."""

from pathlib import Path

import pytest

from etl.build import build
from etl.demo import write_inbox


def demo_root(factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration inbox, its store and one published version."""
    root = factory.getbasetemp() / "demonstration"
    if not (root / "published" / "current").exists():
        write_inbox(root / "inbox")
        build(root)
    return root
