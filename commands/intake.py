"""`etl preview|hand-in|accept|discard`: uploads, for the page and for the shell."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from commands import DONE, REFUSED, USAGE, Stop, data_root
from commands.environment import RUNTIME, ensure
from commands.signed import logged, signed


def declare(verbs: Any, add_verb: Callable[..., Any]) -> None:
    """The verbs, each with --by: who acts, for the records."""
    verb = partial(signed, verbs, add_verb)
    says = "试建一份待办上报：逐行核对，算出变化和对主要指标的影响，不发布"
    verb("preview", says, lambda args: preview(args.id, args.by)).add_argument("id", metavar="ID")
    says = "从命令行交一份上报并预览；确认用 etl accept"
    hand = verb("hand-in", says, lambda args: hand_in(args.files, args.sender, args.by))
    hand.add_argument("files", metavar="FILE", type=Path, nargs="+", help="xlsx、xls 或 csv 文件")
    hand.add_argument("--from", dest="sender", metavar="CODE", required=True, help="报送单位的区划代码")
    says = "确认发布预览过的上报：文件进收件箱，建库，发布"
    verb("accept", says, lambda args: accept(args.id, args.by)).add_argument("id", metavar="ID")
    verb("discard", "放弃一份待办上报", lambda args: discard(args.id, args.by)).add_argument(
        "id", metavar="ID"
    )


def preview(id: str, by: str | None) -> int:
    ensure(RUNTIME)
    from etl import audit
    from etl.intake.preview import preview

    with logged(by, "preview", id) as name:
        told = preview(data_root(), id)
        audit.record(data_root(), name, "preview", id, told["words"])
    return _show(told)


def hand_in(files: list[Path], sender: str, by: str | None) -> int:
    if missing := [str(file) for file in files if not file.is_file()]:
        raise Stop(USAGE, f"找不到文件：{'、'.join(missing)}")
    ensure(RUNTIME)
    from etl import audit
    from etl.intake.pending import receive

    with logged(by, "hand-in", "、".join(file.name for file in files)) as name:
        id = receive(data_root(), files, sender)
        audit.record(data_root(), name, "hand-in", id, f"收下{len(files)}份文件")
    print(f"上报编号 {id}")
    return preview(id, by)


def accept(id: str, by: str | None) -> int:
    ensure(RUNTIME)
    from etl.intake.accept import accept

    with logged(by, "accept", id) as name:
        report = accept(data_root(), id, name)
    print(f"已发布版本 {report.version}（{report.seconds:.1f} 秒）")
    return DONE


def discard(id: str, by: str | None) -> int:
    ensure(RUNTIME)
    from etl.intake.accept import discard

    with logged(by, "discard", id) as name:
        discard(data_root(), id, name)
    print("已放弃，没有发布任何内容。")
    return DONE


def _show(told: dict[str, Any]) -> int:
    """A preview as lines for people; 1 when it cannot be published."""
    print("\n".join([told["words"], *(f"注意：{warning}" for warning in told["warnings"])]))
    for file in told["files"]:
        result = "整份退回" if file["refused"] else f"收 {file['accepted']}，拒 {file['rejected']}"
        print(f"{file['file']}（{file['label'] or '未识别'}）：读 {file['read']} 行，{result}")
        for sentence in file["sentences"]:
            print(f"  {sentence['message']}")
    for entry in told["effects"]:
        before, after = (entry["before_reason"] or entry["before"], entry["after_reason"] or entry["after"])
        print(f"  {entry['district_name']} {entry['name']}（{entry['unit']}）：{before} → {after}")
    if told["state"] != "ready":
        return REFUSED
    print(f"确认发布：python3 manage.py etl accept {told['id']}")
    return DONE
