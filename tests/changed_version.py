"""A published version with something changed in it."""

import shutil
from pathlib import Path

import duckdb


def changed(root: Path, target: Path, version: str, sql: str) -> Path:
    """The published version after a change, under another name (figures are kept by version)."""
    old = (root / "published" / "current").read_text().strip()
    (target / "published").mkdir(parents=True)
    new = target / "published" / f"cockpit-{version}.duckdb"
    shutil.copy(root / "published" / f"cockpit-{old}.duckdb", new)
    with duckdb.connect(str(new)) as con:
        con.execute("UPDATE info SET version = ?", [version])
        con.execute(sql)
    (target / "published" / "current").write_text(version)
    return target
