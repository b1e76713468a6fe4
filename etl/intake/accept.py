"""Deciding on an upload: publish what was shown, or let it go."""

from pathlib import Path

from etl import acts, arrivals, audit, clock, integrity, snapshot, trouble
from etl.build import BuildRefused, BuildReport, Shown, under_lock
from etl.inputs import gather
from etl.intake import confirmed, handover, pending, preview, scratch, words
from etl.intake.pending import Refused
from etl.ledger import file_digest
from etl.store import ingest
from etl.trouble import Unfinished

MOVED_ON = "预览之后数据已有变化（日期、别的文件、版本或规则），已按现在的数据重新预览，请看过后再确认发布。"


def accept(root: Path, id: str, by: str) -> BuildReport:
    """Files into the inbox, build, publish: exactly what the preview showed.

    One that was confirmed already, and not published as the machine stopped or the build refused, goes on.

    Raises:
        Unknown: no such upload. Busy: another process works on it or builds. BuildRefused: a check failed.
        Unfinished: the same once it was on record; the next build goes on with it.
        Refused: there is no preview to publish, or what it started from has changed; then it was made anew.
    """
    folder = pending.folder(root, id)
    with pending.held(folder):
        told = pending.preview_of(folder)
        if (folder / pending.INTENT).exists():
            pending.request(folder)
            confirmed.by(folder)  # no build goes on with a spoilt one
            with snapshot.lock(root):
                return _published(root, folder, by)
        if told is None:
            raise Refused("这份上报还没有预览，请先预览再确认发布。")
        if told["state"] != "ready":
            raise Refused(_why(told["state"], told["words"]))
        with snapshot.lock(root), trouble.disk(root):
            shown = _as_shown(root, folder, told)
            if shown:
                pending.progress(folder, "建库并发布", 2, 3)
                handover.intend(folder, by)
                return _published(root, folder, by, shown)
        again = preview.make(root, folder)
        raise Refused(MOVED_ON if again["state"] == "ready" else _why("failed", again["words"]))


def _published(root: Path, folder: Path, by: str, shown: Shown | None = None) -> BuildReport:
    """What is confirmed goes on until it is published, and a refusal says so."""
    try:
        return under_lock(root, by, "accept", shown)
    except BuildRefused as failed:
        if not (folder / pending.INTENT).exists():
            raise
        raise Unfinished(f"{failed}这份上报的确认已记录在案，下一次建库会接着发布它。") from failed


def _as_shown(root: Path, folder: Path, told: preview.Told) -> Shown | None:
    """What publishing would count now, judged once more aside, if that is what the preview showed.

    No fingerprint knows all that a verdict depends on, a library among it; and once files have moved and
    verdicts are written there is no way back. The same holds for a loss in the store, hence the look at it.
    """
    if scratch.basis(root) != told["basis"] or preview.damaged(folder):
        return None
    pending.progress(folder, "再核对一遍，与预览比对", 1, 3)
    now, place = clock.now(), scratch.make(root, folder)
    files = _hashes(place)
    try:
        acts.acts(root)
        integrity.hold(integrity.examine(root), files.values())
        ingest(place, now, only=files)
        found = Shown(now, files, gather(place).version)
    except BuildRefused:
        return None
    finally:
        scratch.clear(folder)
    return found if found.version == told["version"] else None


def _hashes(root: Path) -> dict[str, str]:
    """Path inside the inbox -> sha256, of every file there that can be read."""
    hashes = arrivals.each(root, file_digest)
    return {arrivals.inside(root, path): sha for path, sha in hashes.items()}


def discard(root: Path, id: str, by: str) -> None:
    """The upload is not wanted; its files stay for a while, nothing of it counts.

    Raises:
        Unknown: no such upload. Busy: another process works on it. Refused: it has been decided already.
    """
    folder = pending.folder(root, id)
    with pending.held(folder):
        state = (pending.preview_of(folder) or {}).get("state")
        if state in pending.ENDED or (folder / pending.INTENT).exists():
            raise Refused(f"这份上报已经{words.STATES.get(state or '', '确认发布')}，不能放弃。")
        handover.end(folder, "discarded", "已放弃，没有发布任何内容。")
        audit.record(root, by, "discard", id, "已放弃")
    pending.sweep(root)


def _why(state: str, said: str) -> str:
    if state == "failed":
        return f"这份上报不能发布：{said}"
    return f"这份上报已经{words.STATES[state]}。"
