"""`etl …` and `value`: thin calls; what they print is for people, exit codes and --json are for scripts."""

import json
from pathlib import Path

from commands import DONE, REFUSED, USAGE, Stop, data_root
from commands.environment import RUNTIME, ensure
from commands.serve import input_files
from commands.signed import refused


def build(by: str | None = None, clock_is_right: bool = False) -> int:
    ensure(RUNTIME)
    from etl import audit
    from etl.build import BuildRefused, build

    try:
        if clock_is_right:
            from etl import receipts

            receipts.vouch(data_root(), by or audit.account())
        report = build(data_root(), by)
    except BuildRefused as refusal:
        refused(by or audit.account(), "build", "", refusal)
        raise Stop(REFUSED, f"建库未成功：{refusal}") from refusal
    state = "已发布" if report.changed else "内容没有变化"
    print(f"版本 {report.version}：{state}（{report.seconds:.1f} 秒）")
    for part in report.sources:
        print(f"  {part.source}：读 {part.read} 行，收 {part.accepted}，拒 {part.rejected}")
    for message in report.messages:
        print(message)
    return DONE


def check(files: list[Path], answers: Path | None = None) -> int:
    """Judge files without loading them; return workbooks go to `answers`. 1 when a row or file is refused."""
    if missing := [str(file) for file in files if not file.is_file()]:
        raise Stop(USAGE, f"找不到文件：{'、'.join(missing)}")
    ensure(RUNTIME)
    from etl.answer import free_place, write
    from etl.check import check_each

    verdicts = check_each(data_root(), files)
    for path, verdict in verdicts:
        result = "整份退回" if verdict.refused else f"收 {verdict.accepted}，拒 {verdict.rejected}"
        print(f"{verdict.file}（{verdict.source or '未识别'}）：读 {verdict.read} 行，{result}")
        for sentence in verdict.sentences:
            print(f"  {sentence}")
        if answers and verdict.sentences:
            answers.mkdir(parents=True, exist_ok=True)
            print(f"  退回文件：{write(path, verdict, free_place(answers, verdict.file))}")
    return REFUSED if any(verdict.refused or verdict.rejected for _, verdict in verdicts) else DONE


def template(source: str, district: str | None, out: Path | None) -> int:
    ensure(RUNTIME)
    from etl.contract.values import areas
    from etl.sources import SOURCES
    from etl.template import write_template

    if source not in SOURCES:
        known = "、".join(f"{name}（{known.label}）" for name, known in SOURCES.items())
        raise Stop(USAGE, f"没有来源 {source}。可用：{known}")
    if district and district not in areas():
        known = "、".join(f"{code}（{name}）" for code, name in areas().items())
        raise Stop(USAGE, f"--district 没有区划 {district}。可用：{known}")
    path = out or Path(f"{source}.xlsx")
    if path.is_dir():
        path /= f"{source}.xlsx"
    if path.exists():
        raise Stop(USAGE, f"{path} 已存在，不覆盖；请换一个 --out。")
    try:
        print(f"模板：{write_template(source, path, district)}")
    except OSError as failed:
        raise Stop(USAGE, f"写不了 {path}：--out 须在已有且可写的文件夹中。") from failed
    return DONE


def demo(scale: int, seed: int, out: Path | None) -> int:
    folder = out or data_root() / "inbox"
    if input_files(folder):
        raise Stop(USAGE, f"{folder} 中已有数据文件，不与演示数据混放；请清空或换一个 --out。")
    ensure(RUNTIME)
    from etl.demo import write_inbox

    folder.mkdir(parents=True, exist_ok=True)
    print(f"生成 {len(write_inbox(folder, seed, scale))} 个演示文件：{folder}")
    return DONE


def value(indicator: str, place: str | None, period: str | None, by: str | None, as_json: bool) -> int:
    """What the cards show. `place` is a division code."""
    ensure(RUNTIME)
    from cockpit.indicators import UnknownIndicator
    from cockpit.slices import BadSlice
    from cockpit.value import render, value
    from cockpit.warehouse import NoData

    try:
        result = value(data_root(), indicator, place, period, by)
    except (UnknownIndicator, BadSlice) as wrong:
        raise Stop(USAGE, str(wrong)) from wrong
    except NoData as nothing:
        raise Stop(REFUSED, str(nothing)) from nothing
    print(json.dumps(result, ensure_ascii=False) if as_json else render(result))
    return DONE
