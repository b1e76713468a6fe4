"""A data folder to try an upload in: the real store and inbox linked file by file, and the uploaded files."""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from etl import arrivals, clock, ledger, snapshot
from etl.inputs import ETL, REPO, RULES
from etl.intake import pending

# What judges and counts. Which rows a file loses, or which day they are ahead of, is decided here too.
COCKPIT = REPO / "cockpit"
CODE = (
    *RULES,
    *(COCKPIT / name for name in ("districts.py", "file_names.py", "personal.py")),
    *sorted((COCKPIT / "indicators").glob("*.py")),
    *sorted(ETL.rglob("*.py")),
)


def basis(root: Path) -> str:
    """A fingerprint of all that a build would start from now: day, store, inbox, published version, rules."""
    what = hashlib.sha256(f"{snapshot.current(root)} {clock.now().date()}".encode())
    for place in ("store/batches", "store/acts"):
        for path in sorted((root / place).glob("*.json")):
            what.update(path.name.encode())
    for path, stat in arrivals.each(root, Path.stat).items():
        what.update(repr((path.relative_to(root), stat.st_size, stat.st_mtime_ns)).encode())
    what.update(repr([path.name for path in pending.confirmed(root)]).encode())
    pin = root / "published" / "pinned.json"
    what.update(pin.read_bytes() if pin.exists() else b"")
    for path in CODE:
        what.update(path.name.encode() + path.read_bytes())
    return what.hexdigest()


def make(root: Path, folder: Path) -> Path:
    """The scratch folder of the upload in `folder`, made anew. Linking copies nothing, however large."""
    scratch = folder / "root"
    clear(folder)
    # Verdicts are listed first: rows are written before their verdict, so a verdict met here has its rows.
    verdicts = ledger.manifests(root)
    acts = sorted((root / "store" / "acts").glob("*.json"))
    rows = [path for batch in ledger.batches(root) for path in _rows(root, batch, {p.stem for p in verdicts})]
    vouched = (root / "store").glob("clock.json")
    for path in (*verdicts, *acts, *rows, *vouched):
        _link(path, scratch / path.relative_to(root))
    for path in arrivals.files(root):
        with suppress(PermissionError, FileNotFoundError):  # the build leaves it aside, too
            _link(path, scratch / path.relative_to(root))
    for upload in {folder, *pending.confirmed(root)}:
        asked = pending.request(upload)
        for path in pending.stored(upload):
            _link(path, scratch / "inbox" / pending.inbox_name(asked, path))
    return scratch


def clear(folder: Path) -> None:
    shutil.rmtree(folder / "root", ignore_errors=True)


def _rows(root: Path, batch: ledger.Batch, names: set[str]) -> list[Path]:
    path = ledger.parquet(root, batch)
    return [path] if batch.name in names and path.is_file() else []


def _link(path: Path, link: Path) -> None:
    """A hard link, as symbolic ones are refused like any that a district sends; else a copy, byte by byte.

    Some systems do not link what belongs to another account, and no disk links what lies on another.
    """
    link.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, link, follow_symlinks=False)
    except OSError:
        shutil.copy2(path, link, follow_symlinks=False)
