"""Demonstration data at a scale, built once and kept in the system's temporary folder between runs."""

import tempfile
from pathlib import Path

from etl.build import build, needs_build
from etl.demo import write_inbox


def folder(scale: int) -> Path:
    return Path(tempfile.gettempdir()) / "gonghui-bench" / f"scale-{scale}"


def prepared(scale: int) -> Path:
    """A data folder with a published warehouse of the demonstration at this scale."""
    root = folder(scale)
    if not (root / "inbox").exists():
        write_inbox(root / "inbox", scale=scale)
    if needs_build(root):
        build(root)
    return root
