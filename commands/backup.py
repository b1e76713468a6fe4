"""`backup` and `restore`: the data folder to another disk, and back."""

import time
from pathlib import Path

from commands import DONE, REFUSED, Stop, data_root
from commands.environment import RUNTIME, ensure
from commands.signed import refused


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
    except (Refused, Busy) as refusal:
        raise Stop(REFUSED, f"备份未做成：{refusal}") from refusal
    seconds = time.perf_counter() - started
    print(
        f"备份 {taken.name}：{taken.files} 个文件，{taken.size / 1e6:.1f} MB，其中新写入 {taken.copied} 个"
        f"（{seconds:.1f} 秒）"
    )
    if taken.mended:
        print(f"已有备份中 {taken.mended} 个内容已损坏，已用现有数据补好；请检查备份所在的磁盘。")
    if taken.links:
        print(f"{len(taken.links)} 个链接没有备份（不跟随链接）：{'、'.join(taken.links)}")
    if taken.forgotten:
        print(f"已清除 {taken.forgotten} 份更早的备份。")
    if taken.faults:
        told = "\n".join(taken.faults)
        raise Stop(REFUSED, f"备份已做（有损坏的数据原样备份），但发现问题，没有清除更早的备份：\n{told}")
    return DONE


def _verify(place: Path) -> int:
    from etl.backup import Refused, verify

    try:
        checked = verify(place)
    except Refused as refusal:
        raise Stop(REFUSED, str(refusal)) from refusal
    if checked.faults:
        raise Stop(REFUSED, "\n".join(checked.faults))
    print(f"{checked.backups} 份备份、{checked.objects} 个文件内容，全部与写入时一致。")
    return DONE


def restore(place: Path, name: str | None, replace: bool, settings: bool, by: str | None) -> int:
    ensure(RUNTIME)
    from etl import audit
    from etl.backup import Refused, restore
    from etl.snapshot import Busy

    try:
        done = restore(place, data_root(), name, replace, settings, by)
    except (Refused, Busy) as refusal:
        refused(by or audit.account(), "restore", name or "", refusal)
        raise Stop(REFUSED, f"未恢复：{refusal}") from refusal
    print(f"已恢复备份 {done.name}：{done.files} 个文件，版本 {done.version or '无'}")
    if done.aside:
        print(f"原有数据移到 {done.aside}；操作日志没有移走，两边的记录都在现有日志中。")
        print("其中有这份备份之后收到的文件和发布的版本：需要的请重新报送，确认都不需要后可自行删除。")
    if done.settings:
        told = "、".join(done.settings)
        print(
            f"设置已恢复：{told}"
            if settings
            else f"这些设置与备份不同，没有改动（--settings 可恢复）：{told}"
        )
    return DONE
