"""A data folder to try an upload in: the real store and inbox linked file by file, and the uploaded files."""

import hashlib
import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from etl import arrivals, clock, snapshot
from etl.inputs import ETL, REPO, RULES
from etl.intake import confirmed, pending

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
    what.update(repr([path.name for path in confirmed.folders(root)]).encode())
    pin = root / "published" / "pinned.json"
    what.update(pin.read_bytes() if pin.exists() else b"")
    for path in CODE:
        what.update(path.name.encode() + path.read_bytes())
    return what.hexdigest()


def make(root: Path, folder: Path) -> Path:
    """The scratch folder of the upload in `folder`, made anew. Linking copies nothing, however large.

    With all that tells what there was: seals, the record of publications, rows without a verdict.
    """
    scratch = folder / "root"
    clear(folder)
    # A build may be running. What tells of others is taken before them: seals of acts and verdicts, verdicts
    # of rows; a second look at the rows finds those of verdicts that came in between.
    _link_all(root, scratch, "published/cockpit-*.json")
    _copied(snapshot.record_of(root), scratch)
    for pattern in ("store/*/*.parquet", "store/acts/*.json", "store/clock.json"):
        _link_all(root, scratch, pattern)
    verdicts = {path.stem for path in _link_all(root, scratch, "store/batches/*.json")}
    _link_all(root, scratch, "store/*/*.parquet", verdicts)
    for path in arrivals.files(root):
        with suppress(PermissionError, FileNotFoundError):  # the build leaves it aside, too
            _link(path, scratch / path.relative_to(root))
    for upload in {folder, *confirmed.folders(root)}:
        asked = pending.request(upload)
        for path in pending.stored(upload):
            _link(path, scratch / "inbox" / pending.inbox_name(asked, path))
    return scratch


def clear(folder: Path) -> None:
    shutil.rmtree(folder / "root", ignore_errors=True)


def _link_all(root: Path, scratch: Path, pattern: str, names: Collection[str] | None = None) -> list[Path]:
    """Link what is there now and not linked yet (`names`: of these alone); returns what was found.

    A build may remove some meanwhile: half rows, old seals.
    """
    found = [path for path in sorted(root.glob(pattern)) if names is None or path.stem in names]
    for path in found:
        link = scratch / path.relative_to(root)
        if not link.exists():
            with suppress(FileNotFoundError):
                _link(path, link)
    return found


def _copied(path: Path, scratch: Path) -> None:
    """The record of publications grows in place: through a link the trial would be put on record."""
    with suppress(FileNotFoundError):
        (scratch / "published").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, scratch / "published" / path.name)


def _link(path: Path, link: Path) -> None:
    """A hard link, as symbolic ones are refused like any that a district sends; else a copy, byte by byte.

    Some systems do not link what belongs to another account, and no disk links what lies on another.
    """
    link.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, link, follow_symlinks=False)
    except OSError:
        shutil.copy2(path, link, follow_symlinks=False)
