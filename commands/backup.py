"""`backup` and `restore`: the data folder to another disk, and back."""

import time
from pathlib import Path

from commands import DONE, REFUSED, Stop, data_root
from commands.environment import RUNTIME, ensure


def backup(place: Path, keep: int | None, verify: bool) -> int:
    """1 when what is in the backups, or what was backed up, is spoilt."""
    ensure(RUNTIME)
    return _verify(place) if verify else _take(place, keep)


def _take(place: Path, keep: int | None) -> int:
    from etl.backup import Refused, back_up
    from etl.snapshot import Busy

    started = time.perf_counter()
    try:
        taken = back_up(data_root(), place, keep)
    except (Refused, Busy) as refused:
        raise Stop(REFUSED, f"备份未做成：{refused}") from refused
    seconds = time.perf_counter() - started
    print(
        f"备份 {taken.name}：{taken.files} 个文件，{taken.size / 1e6:.1f} MB，其中新写入 {taken.copied} 个"
        f"（{seconds:.1f} 秒）"
    )
    if taken.forgotten:
        print(f"已清除 {taken.forgotten} 份更早的备份。")
    if taken.faults:
        told = "\n".join(taken.faults)
        raise Stop(REFUSED, f"备份已做，但数据中有损坏，原样备份，没有清除更早的备份：\n{told}")
    return DONE


def _verify(place: Path) -> int:
    from etl.backup import Refused, verify

    try:
        checked = verify(place)
    except Refused as refused:
        raise Stop(REFUSED, str(refused)) from refused
    if checked.faults:
        raise Stop(REFUSED, "\n".join(checked.faults))
    print(f"{checked.backups} 份备份、{checked.objects} 个文件内容，全部与写入时一致。")
    return DONE


def restore(place: Path, name: str | None, replace: bool, settings: bool) -> int:
    ensure(RUNTIME)
    from etl.backup import Refused, restore
    from etl.snapshot import Busy

    try:
        done = restore(place, data_root(), name, replace, settings)
    except (Refused, Busy) as refused:
        raise Stop(REFUSED, f"未恢复：{refused}") from refused
    print(f"已恢复备份 {done.name}：{done.files} 个文件，版本 {done.version or '无'}")
    if done.aside:
        print(f"原有数据移到 {done.aside}，确认无误后可自行删除。")
    if done.settings:
        told = "、".join(done.settings)
        print(
            f"设置已恢复：{told}"
            if settings
            else f"这些设置与备份不同，没有改动（--settings 可恢复）：{told}"
        )
    return DONE
