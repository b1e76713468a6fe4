"""Taking a batch out of the count, or putting it back: tried by a build, on record only if that stands."""

from pathlib import Path
from typing import Literal

from etl import acts, audit, build, integrity, ledger, snapshot
from etl.inputs import gather
from etl.ledger import Batch

WORDS = {"withdraw": "撤回", "reinstate": "恢复"}


class Unknown(LookupError):
    """No such batch, or none to which this can be done; args[0] is a Chinese sentence."""


def decide(root: Path, act: Literal["withdraw", "reinstate"], which: str, by: str, reason: str) -> str:
    """Withdraw or reinstate a batch and publish what counts then; returns the version.

    `which`: number of a batch or the beginning (8 digits or more) of its content's sha256.

    Raises:
        Unknown: no such batch, or it is withdrawn (or not) already.
        Busy: another build is running. BuildRefused: the rest does not stand without it, or with it again.
    """
    with snapshot.lock(root):
        batch = find(root, which)
        out = acts.withdrawn(root)
        if (act == "withdraw") == (batch.sha256 in out):
            state = "已经撤回" if batch.sha256 in out else "没有撤回过"
            raise Unknown(f"第{batch.seq}批“{batch.file}”{state}，不用{WORDS[act]}。")
        if not batch.accepted:
            raise Unknown(f"第{batch.seq}批“{batch.file}”没有一行被接受，没有可以{WORDS[act]}的内容。")
        integrity.hold_all(integrity.examine(root))
        inputs = gather(root, out ^ {batch.sha256})
        build.publish(root, inputs, by, act, lambda: acts.append(root, act, batch.sha256, by, reason))
        audit.record(root, by, act, batch.name, f"{reason}；已发布版本 {inputs.version}")
        return inputs.version


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
