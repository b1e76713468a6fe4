"""What went wrong, told to people: what the last build found spoilt, and what the disk refuses."""

import errno
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cockpit.refusals import reason
from etl import snapshot
from etl.durable import write_once
from etl.integrity import Lost
from etl.snapshot import BuildRefused

LOG = logging.getLogger(__name__)
# What to do about it; the reason itself is in cockpit.refusals.
ROOM = "请腾出空间后再试"
OWNER = "请检查数据文件夹的所有者和权限后再试"
ADVICE = {
    errno.ENOSPC: ROOM,
    errno.EDQUOT: ROOM,
    errno.EACCES: OWNER,
    errno.EPERM: OWNER,
    errno.EROFS: "请检查磁盘后再试",
}
UNKNOWN = "请检查磁盘的剩余空间、数据文件夹的权限和磁盘本身后再试"


class Unfinished(BuildRefused):
    """Not done to the end, but on record: it takes effect, and the message says when."""


@contextmanager
def told(root: Path) -> Iterator[None]:
    """Note what is lost when the build refuses for that; clear the note when it comes through.

    It lies beside the published versions, for pages and /healthz to tell.
    """
    note = snapshot.folder(root) / "trouble.json"
    try:
        yield
    except Lost as lost:
        text = json.dumps({"sentences": str(lost).splitlines()}, ensure_ascii=False)
        write_once(note, lambda tmp: tmp.write_text(text, "utf-8"))
        raise
    note.unlink(missing_ok=True)


@contextmanager
def disk(root: Path) -> Iterator[None]:
    """What cannot be read or written ends as a sentence that also tells which version is published then.

    The system's own words go to the log alone.

    Raises:
        BuildRefused: the disk refused, or DuckDB did for that reason.
    """
    before = snapshot.current(root)
    try:
        yield
    except (duckdb.OperationalError, OSError) as failed:
        LOG.warning("%s: %s", type(failed).__name__, failed)
        why = _why(failed)
        now = snapshot.current(root)
        moved = f"版本 {now} 已经发布，只是之后的记录没有写全。"
        state = "已发布的版本保持不变。" if now == before else moved
        raise BuildRefused(f"读不到存储或写不进磁盘：{why}。{state}") from failed


def _why(failed: Exception) -> str:
    if isinstance(failed, OSError) and failed.errno in ADVICE:
        return f"{reason(failed)}，{ADVICE[failed.errno]}"
    return UNKNOWN
