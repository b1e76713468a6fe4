"""`etl history|withdraw|reinstate|versions|rollback|log`: what came in, what was published, undoing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from commands import DONE, REFUSED, data_root
from commands.environment import RUNTIME, ensure
from commands.signed import logged, signed, with_reason


def declare(verbs: Any, add_verb: Callable[..., Any]) -> None:
    verb = partial(signed, verbs, add_verb)
    says = "列出收到的每一批：谁何时报了什么，收退多少行，进了哪个版本"
    add_verb(verbs, "history", says, lambda args: history())
    _decision(verb("withdraw", "撤回一批数据（不删除，可恢复）并发布", partial(_decide, "withdraw")))
    _decision(verb("reinstate", "恢复撤回的一批并发布", partial(_decide, "reinstate")))
    add_verb(verbs, "versions", "列出发布过的版本：何时、由谁、因何发布", lambda args: versions())
    says = "重新发布一个以前的版本，并固定在此，直到有人再次发布"
    back = verb("rollback", says, lambda args: rollback(args.version, args.reason, args.by))
    back.add_argument("version", metavar="VERSION", help="版本，见 etl versions")
    with_reason(back)
    add_verb(verbs, "log", "显示操作日志：谁在何时做了什么，结果如何", lambda args: log())


def _decision(verb: Any) -> None:
    verb.add_argument("batch", metavar="SEQ|SHA", help="批次编号或校验值的前8位以上，见 etl history")
    with_reason(verb)


def _decide(act: Literal["withdraw", "reinstate"], args: Any) -> int:
    return decide(act, args.batch, args.reason, args.by)


def history() -> int:
    ensure(RUNTIME)
    from etl import acts, ledger, versions

    out = acts.withdrawn(data_root())
    first = versions.first_with(versions.recorded(data_root()))
    for batch in ledger.batches(data_root()):
        state = "已撤回" if batch.sha256 in out else "整份未收" if batch.refused else ""
        print(
            f"{batch.seq:>6}  {batch.received_at[:16]}  {batch.sender or batch.district or '—':<6}  "
            f"{batch.source or '未识别'}  读{batch.read}收{batch.accepted}拒{batch.rejected}  "
            f"{batch.sha256[:12]}  {first.get(batch.name, '—')}  {batch.file}  {state}".rstrip()
        )
    return DONE


def decide(act: Literal["withdraw", "reinstate"], which: str, reason: str, by: str | None) -> int:
    ensure(RUNTIME)
    from etl import withdrawal

    with logged(by, act, which) as name:
        version = withdrawal.decide(data_root(), act, which, name, reason)
    print(f"已{withdrawal.WORDS[act]}，发布版本 {version}。")
    return DONE


def versions() -> int:
    ensure(RUNTIME)
    from etl import snapshot, versions

    current = snapshot.current(data_root())
    pin = versions.pinned(data_root())
    for entry in reversed(versions.recorded(data_root())):
        version = entry["version"]
        marks = ["现行"] * (version == current) + ["固定"] * (pin is not None and pin.version == version)
        marks += [] if snapshot.path_of(data_root(), version).exists() else ["文件已清理，可重建"]
        print(
            f"{version}  {entry['at']}  {entry['why']}  {entry['by']}  {len(entry['batches'])}批"
            f"  {'、'.join(marks)}".rstrip()
        )
    return DONE


def rollback(version: str, reason: str, by: str | None) -> int:
    ensure(RUNTIME)
    from etl.rollback import rollback

    with logged(by, "rollback", version) as name:
        print("\n".join(rollback(data_root(), version, name, reason)))
    return DONE


def log() -> int:
    ensure(RUNTIME)
    from etl import audit

    if flaws := audit.flaws(data_root()):
        print("\n".join(["操作日志不完整，请与备份中的 log 核对：", *flaws, ""]))
    for entry in audit.entries(data_root()):
        print(f"{entry['at']}  {entry['by']}  {entry['act']}  {entry['what']}  {entry['outcome']}")
    return REFUSED if flaws else DONE
