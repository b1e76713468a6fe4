"""An earlier version published again, and held there until somebody publishes on purpose."""

from pathlib import Path

import duckdb

from cockpit import seals
from etl import audit, build, integrity, snapshot, trouble, versions
from etl.inputs import Inputs, chosen
from etl.integrity import Examined
from etl.ledger import Batch
from etl.snapshot import BuildRefused
from etl.trouble import Unfinished
from etl.versions import Pin


class Unknown(LookupError):
    """No such version, or it is the published one already; args[0] is a Chinese sentence."""


def rollback(root: Path, version: str, by: str, reason: str) -> list[str]:
    """Publish an earlier version and pin it; returns what to tell.

    A version whose file was pruned is built again from the batches it counted; when the rules have changed
    since, the outcome is another version, and that is told.

    Raises:
        Unknown: no such version on record, or it is the published one. Busy: another build is running.
        BuildRefused: what it counted cannot be counted any more. Unfinished: the pin is on record, but the
        publication was stopped; the message says what holds.
    """
    with snapshot.lock(root):
        if version == snapshot.current(root):
            raise Unknown(f"现在发布的就是版本 {version}。")
        before = versions.pinned(root)
        try:
            with trouble.disk(root):
                return _published(root, version, by, reason)
        except BuildRefused as failed:
            pin = versions.pinned(root)
            raise failed if pin is None or pin == before else _as_it_stands(root, pin, failed) from failed


def _published(root: Path, version: str, by: str, reason: str) -> list[str]:
    told, known = [], True
    if _is_kept(root, version):
        entry = versions.latest(root, version)
        names, out = _counted(root, version), entry["withdrawn"] if entry else []
        _pin(root, version, by, reason)
        snapshot.point(root, version)
    else:
        inputs = _inputs(root, version)
        if inputs.version != version:
            told.append(_why_another(root, version, inputs))
        names, out, version = _names(inputs), sorted(inputs.withdrawn), inputs.version
        known = versions.latest(root, version) is not None
        _rebuilt(root, inputs, by, reason)
    if known:
        versions.note(root, version, names, out, by, "rollback")
    audit.record(root, by, "rollback", version, f"{reason}；已发布")
    return [*told, f"已回退到版本 {version}，并固定在此；etl build 或确认新的上报会解除固定。"]


def hold(root: Path) -> Pin:
    """Finish what a stopped rollback left: the pinned version is the published one. Returns the pin.

    Raises:
        Unknown, Busy, BuildRefused: as `rollback`.
    """
    pin = versions.pinned(root)
    assert pin is not None
    if not snapshot.is_published(root, pin.version):
        with snapshot.lock(root), trouble.disk(root):
            _published(root, pin.version, pin.by, pin.reason)
    return versions.pinned(root) or pin


def _pin(root: Path, version: str, by: str, reason: str) -> None:
    """On record; the audit log has it before."""
    audit.record(root, by, "rollback", version, f"{reason}；固定在此，接着发布")
    versions.pin(root, version, by, reason)


def _as_it_stands(root: Path, pin: Pin, failed: BuildRefused) -> Unfinished:
    if snapshot.current(root) == pin.version:
        return Unfinished(f"回退已经生效，固定在版本 {pin.version}。{failed}")
    return Unfinished(
        f"回退已记录在案（固定在版本 {pin.version}），但还没有发布。{failed}"
        "再执行一次同样的命令或重新启动（manage.py run）就会完成；要放弃，请运行 etl build。"
    )


def _is_kept(root: Path, version: str) -> bool:
    return version in seals.kept(snapshot.folder(root)) and not seals.flaw(snapshot.folder(root), version)


def _counted(root: Path, version: str) -> list[str]:
    """Names of the batches that a kept version counted, by its own table of inputs."""
    with duckdb.connect(str(snapshot.path_of(root, version)), read_only=True) as con:
        return [f"{n:06d}-{sha[:12]}" for n, sha in con.execute("SELECT seq, sha256 FROM input").fetchall()]


def _inputs(root: Path, version: str) -> Inputs:
    entry = versions.latest(root, version)
    if entry is None:
        known = "、".join(dict.fromkeys(e["version"] for e in reversed(versions.recorded(root))))
        raise Unknown(f"没有版本 {version[:80]} 的记录。现有：{known or '无'}。")
    examined = integrity.examine(root)
    integrity.hold_all(examined)
    counted = {batch.seq: batch for batch in (_standing(examined, version, n) for n in entry["batches"])}
    return chosen(root, [counted[seq] for seq in sorted(counted)], frozenset(entry["withdrawn"]))


def _standing(examined: Examined, version: str, name: str) -> Batch:
    """The batch of this name; where it was spoilt, the one as which its content was taken in again."""
    for batch in examined.sound:
        if batch.sha256[:12] == name[7:] and batch.seq >= int(name[:6]):
            return batch
    raise BuildRefused(
        f"版本 {version} 计入的第{int(name[:6])}批（内容校验值以 {name[7:]} 开头）在存储中找不到，"
        "不能重建这个版本：请用 manage.py restore 从备份恢复。已发布的版本保持不变。"
    )


def _why_another(root: Path, version: str, inputs: Inputs) -> str:
    entry = versions.latest(root, version)
    again = {batch.name for batch in inputs.batches} - set(entry["batches"] if entry else ())
    if again:
        return (
            f"版本 {version} 计入的文件中有{len(again)}份的存储后来损坏、已重新入库，按重新入库的重建，"
            f"得到版本 {inputs.version}。"
        )
    return f"版本 {version} 之后规则已有变化，按原来的批次重建，得到版本 {inputs.version}。"


def _names(inputs: Inputs) -> list[str]:
    return [batch.name for batch in inputs.batches]


def _rebuilt(root: Path, inputs: Inputs, by: str, reason: str) -> None:
    """Publish these inputs with a pin on them. A version of a new name is noted before it is pinned.

    Should this stop there, the pin names something that can be built: whoever goes on finds its inputs.
    """

    def proven() -> None:
        if versions.latest(root, inputs.version) is None:
            versions.note(root, inputs.version, _names(inputs), sorted(inputs.withdrawn), by, "rollback")
        _pin(root, inputs.version, by, reason)

    build.write_out(root, inputs, proven)
