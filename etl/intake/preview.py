"""What publishing an upload would do: a real build in a scratch folder, compared with what counts now."""

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cockpit.file_names import safe_name
from etl import acts, answer, build, clock, snapshot, versions
from etl.contract import FileVerdict
from etl.durable import make_folder
from etl.inputs import gather
from etl.intake import changes, elsewhere, pending, scratch, words
from etl.intake.effects import effects
from etl.intake.pending import Refused
from etl.integrity import Lost
from etl.ledger import Batch, batches, file_digest
from etl.receipts import ClockBehind
from etl.store import Watch, ingest

Told = dict[str, Any]


def preview(root: Path, id: str) -> Told:
    """Judge an upload, try it, and write preview.json. Nothing outside data/pending/<id> changes.

    What keeps a build from taking anything in (a loss in the store, the clock) is told there as a refusal.

    Raises:
        Unknown: no such upload. Busy: another process works on it. Refused: it has been decided already.
    """
    folder = pending.folder(root, id)
    with pending.held(folder):
        return make(root, folder)


def make(root: Path, folder: Path) -> Told:
    """`preview` for who holds the upload's lock already."""
    ended = pending.preview_of(folder)
    if ended and ended["state"] in pending.ENDED:
        raise Refused(f"这份上报已经{words.STATES[ended['state']]}，不能再预览。")
    if (folder / pending.INTENT).exists():
        raise Refused("这份上报已确认发布，正等着建库完成，不能再预览。")
    asked = pending.request(folder)
    told: Told = {"id": asked.id, "sender": asked.sender, "at": clock.stamp(), "basis": scratch.basis(root)}
    told |= {
        "base_version": snapshot.current(root),
        "version": None,
        "files": [],
        "effects": [],
        "warnings": [],
    }
    if reason := damaged(folder):
        told |= {"state": "failed", "words": reason}
    else:
        try:
            told |= _tried(root, folder)
        except (ClockBehind, Lost) as refusal:
            told |= {"state": "failed", "words": str(refusal)}
    pending.write(folder / "preview.json", told)
    scratch.clear(folder)
    return told


def damaged(folder: Path) -> str | None:
    """A sentence when the files are not those of the request."""
    found = [file_digest(path) for path in pending.stored(folder)]
    same = found == [upload.sha256 for upload in pending.request(folder).files]
    return None if same else "上传的文件不完整或已被改动，请放弃后重新上传。"


def _tried(root: Path, folder: Path) -> Told:
    asked = pending.request(folder)
    steps = 2 * len(asked.files) + 2
    place = scratch.make(root, folder)
    shutil.rmtree(folder / "answers", ignore_errors=True)
    past = batches(place)
    fresh = ingest(place, watch=_watch(folder, steps))
    base = _counting(root)
    files = _files(folder, place, past, fresh, base)
    other = [b for b in fresh if b.sha256 not in {upload.sha256 for upload in asked.files}]
    if not any(file["worth"] for file in files):
        return {"files": files, "state": "failed", "words": words.nothing(files)}
    pending.progress(folder, "试建新版本", steps - 2, steps)
    try:
        version = build.build(place).version
    except build.BuildRefused as refusal:
        return {"files": files, "state": "failed", "words": f"按这些文件建不成新版本：{refusal}"}
    pending.progress(folder, "比较主要指标", steps - 1, steps)
    now = snapshot.current(root)
    before = snapshot.path_of(root, now) if now else None
    compared = effects(before, snapshot.path_of(place, version))
    pending.progress(folder, "预览已完成", steps, steps)
    said = words.ready(asked, files, other, _driven_out(place, base), versions.pinned(root))
    told = {"files": files, "warnings": words.warnings(asked, files), "effects": compared}
    return told | {"version": version, "state": "ready", "words": said}


def _driven_out(place: Path, base: list[Batch]) -> int:
    """Demonstration files that count now and no longer will, once reported records are there."""
    demo = gather(place).status == "demo"
    return 0 if demo else sum(batch.status == "demo" and not batch.refused for batch in base)


def _watch(folder: Path, steps: int) -> Watch:
    """Progress by files read and files judged; it never goes back, though a large file is read twice."""
    asked = pending.request(folder)
    ours = {pending.inbox_name(asked, path): n for n, path in enumerate(pending.stored(folder))}
    reached = [0]

    def met(name: str, rows: int | None) -> None:
        if name in ours:
            shown = safe_name(asked.files[ours[name]].file)
            step = f"读取“{shown}”" if rows is None else f"核对“{shown}”的{rows:,}行"
            reached.append(max(reached[-1], ours[name] + (0 if rows is None else len(ours))))
            pending.progress(folder, step, reached[-1], steps)

    return met


def _counting(root: Path) -> list[Batch]:
    """What counts now: the batches of the published version; before versions were recorded, of the store."""
    entry = versions.latest(root, snapshot.current(root))
    if entry:
        return [batch for batch in batches(root) if batch.name in set(entry["batches"])]
    return list(gather(root).batches) if snapshot.current(root) else []


def _files(folder: Path, place: Path, past: list[Batch], fresh: list[Batch], base: list[Batch]) -> list[Told]:
    """One entry per uploaded file, in the order of the request."""
    judged = {batch.sha256: batch for batch in fresh}
    earlier = {batch.sha256: batch for batch in past}
    met: set[str] = set()
    told = []
    for upload, path in zip(pending.request(folder).files, pending.stored(folder), strict=True):
        name, again = safe_name(upload.file), upload.sha256 in met
        met.add(upload.sha256)
        batch = judged.get(upload.sha256) or earlier[upload.sha256]
        same = None
        if again or upload.sha256 not in judged:
            same = words.same(name, None if again else batch, batch.sha256 in acts.withdrawn(place))
        counted = changes.Changes(unchanged=batch.accepted) if same else _changes(place, batch, fresh, base)
        answered = None if same else _answer(folder, path, name, batch)
        foreign = {} if same else elsewhere.rows(place, batch, pending.request(folder).sender)
        told.append(
            words.file(name, batch, same)
            | {"changes": asdict(counted), "answer": answered, "elsewhere": foreign}
        )
    return told


def _answer(folder: Path, path: Path, name: str, batch: Batch) -> str | None:
    """Name of the return workbook in answers/, for a file of which anything was said."""
    facts = {fact: getattr(batch, fact) for fact in ("source", "district", "as_of", "status", "refused")}
    counts = {count: getattr(batch, count) for count in ("read", "accepted", "rejected", "waiting")}
    verdict = FileVerdict(name, **facts, **counts, sentences=words.said(name, batch))
    make_folder(folder / "answers")
    made = answer.write(path, verdict, answer.free_place(folder / "answers", name))
    return made.name if made else None


def _changes(place: Path, batch: Batch, fresh: list[Batch], base: list[Batch]) -> changes.Changes:
    """Against what counts now and the other files of this run that were judged before."""
    if not batch.accepted:
        return changes.Changes()
    others = (b for b in fresh if b.seq < batch.seq and b.sha256 != batch.sha256)
    return changes.of_batch(gather(place), batch, [*base, *others])
