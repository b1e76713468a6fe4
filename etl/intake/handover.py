"""Files of confirmed uploads into the inbox: all of an upload, also when the machine stops half-way.

The intent (accept.json) is written before the first file moves. Every build finishes what an intent says
before it looks into the inbox, and settles it once the version that counts the files is published.
"""

import errno
import os
import shutil
from pathlib import Path

from etl import audit, clock, durable
from etl.intake import confirmed, pending, scratch
from etl.intake.pending import INTENT


def intend(folder: Path, by: str) -> None:
    pending.write(folder / INTENT, {"by": by, "at": clock.stamp()})


def finish(root: Path) -> None:
    """Move what confirmed uploads still have. Call it under the build's lock."""
    for folder in confirmed.folders(root):
        asked = pending.request(folder)
        for path in pending.stored(folder):
            move(path, root / "inbox" / pending.inbox_name(asked, path))


def move(path: Path, target: Path) -> None:
    """Whole at one place or at the other. Across disks a hidden copy is made first, in bounded memory."""
    durable.make_folder(target.parent)
    try:
        durable.put(path, target)
    except OSError as failed:
        if failed.errno != errno.EXDEV:
            raise
        copy = target.with_name(f".{target.name}")
        shutil.copyfile(path, copy)
        durable.put(copy, target)
        os.unlink(path)


def settle(root: Path, version: str) -> None:
    """The published version counts these uploads: say so in their previews and in the audit log."""
    for folder in confirmed.folders(root):
        audit.record(root, confirmed.by(folder), "accept", folder.name, f"已发布版本 {version}")
        end(folder, "accepted", f"已发布，版本 {version}。", version)
        (folder / INTENT).unlink()


def end(folder: Path, state: str, words: str, version: str | None = None) -> None:
    """Write an upload's last state; its scratch folder goes."""
    asked = pending.request(folder)
    blank: dict[str, object] = {
        "id": asked.id,
        "sender": asked.sender,
        "base_version": None,
        "files": [],
        "effects": [],
    }
    told = blank | (pending.preview_of(folder) or {}) | {"state": state, "words": words, "at": clock.stamp()}
    pending.write(folder / "preview.json", told | {"version": version})
    scratch.clear(folder)
