"""Taking a batch out of the count, or putting it back: tried by a build, on record only if that stands.

What is on record takes effect: if the machine or the disk stops the publication after that, the next build or
the same command again brings it about. The audit log has a line before the act is on record.
"""

from pathlib import Path
from typing import Literal

from etl import acts, audit, build, integrity, ledger, snapshot, trouble, versions
from etl.inputs import Inputs, gather
from etl.ledger import Batch
from etl.snapshot import BuildRefused
from etl.trouble import Unfinished

Kind = Literal["withdraw", "reinstate"]
WORDS = {"withdraw": "撤回", "reinstate": "恢复"}


class Unknown(LookupError):
    """No such batch, or none to which this can be done; args[0] is a Chinese sentence."""


def decide(root: Path, act: Kind, which: str, by: str, reason: str) -> str:
    """Withdraw or reinstate a batch and publish what counts then; returns the version.

    `which`: number of a batch or the beginning (8 digits or more) of its content's sha256.

    Raises:
        Unknown: no such batch, or it is withdrawn (or not) already.
        Busy: another build is running. BuildRefused: the rest does not stand without it, or with it again.
        Unfinished: it is on record, but the publication was stopped; the message says what holds.
    """
    with snapshot.lock(root):
        batch = find(root, which)
        inputs = _asked(root, act, batch)
        integrity.hold_all(integrity.examine(root))
        try:
            with trouble.disk(root):
                build.publish(root, inputs, by, act, lambda: _put(root, act, batch, by, reason))
                audit.record(root, by, act, batch.name, f"{reason}；已发布版本 {inputs.version}")
        except BuildRefused as failed:
            raise _as_it_stands(root, act, batch, inputs, failed) from failed
        return inputs.version


def _asked(root: Path, act: Kind, batch: Batch) -> Inputs:
    """What is to count then. Raises Unknown: there is nothing to do."""
    out, on_record = acts.withdrawn(root), _is_on_record(root, act, batch)
    if not on_record and not batch.accepted:
        raise Unknown(f"第{batch.seq}批“{batch.file}”没有一行被接受，没有可以{WORDS[act]}的内容。")
    inputs = gather(root, out if on_record else out ^ {batch.sha256})
    if on_record and not _was_stopped(root, act, batch, inputs):
        state = "已经撤回" if batch.sha256 in out else "没有撤回过"
        raise Unknown(f"第{batch.seq}批“{batch.file}”{state}，不用{WORDS[act]}。")
    return inputs


def _is_on_record(root: Path, act: Kind, batch: Batch) -> bool:
    return (batch.sha256 in acts.withdrawn(root)) == (act == "withdraw")


def _was_stopped(root: Path, act: Kind, batch: Batch, inputs: Inputs) -> bool:
    """Is this the last act on record, and its publication did not come to its end?"""
    last, pin = acts.acts(root)[-1:], versions.pinned(root)
    ended = snapshot.is_published(root, inputs.version) and (pin is None or pin.version == inputs.version)
    return [(one.act, one.batch) for one in last] == [(act, batch.sha256)] and not ended


def _put(root: Path, act: Kind, batch: Batch, by: str, reason: str) -> None:
    """On record, unless it is from an earlier try."""
    if not _is_on_record(root, act, batch):
        audit.record(root, by, act, batch.name, f"{reason}；检查已通过，记录在案，接着发布")
        acts.append(root, act, batch.sha256, by, reason)


def _as_it_stands(root: Path, act: Kind, batch: Batch, inputs: Inputs, failed: BuildRefused) -> BuildRefused:
    """The refusal, told with what holds now by the disk itself."""
    if not _is_on_record(root, act, batch):
        return failed
    if snapshot.current(root) == inputs.version:
        return Unfinished(f"{WORDS[act]}已经生效。{failed}")
    return Unfinished(
        f"{WORDS[act]}已记录在案，但还没有发布。{failed}"
        f"下一次建库就按{WORDS[act]}后的数据发布；也可以再执行一次同样的命令。"
    )


def find(root: Path, which: str) -> Batch:
    """The last verdict on the content that `which` names. Raises Unknown."""
    stored = ledger.batches(root)
    if which.isdecimal() and len(which) <= 6:
        shas = {batch.sha256 for batch in stored if batch.seq == int(which)}
    else:
        shas = {
            batch.sha256 for batch in stored if len(which) >= 8 and batch.sha256.startswith(which.lower())
        }
    if len(shas) != 1:
        raise Unknown(f"没有编号或校验值为“{which[:64]}”的批次，请用 etl history 核对。")
    return next(batch for batch in reversed(stored) if batch.sha256 in shas)
