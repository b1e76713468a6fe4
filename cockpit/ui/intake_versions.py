"""The versions that were published, going back to one, and the audit log."""

from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from cockpit import intake, numbers
from cockpit.intake import Version
from cockpit.ui.intake_acts import ask, finished
from cockpit.ui.intake_marks import link, rows
from cockpit.ui.panels import empty, note
from cockpit.ui.tables import table

SHOWN, LINES = 60, 100
WHY = {
    "build": "自动建库",
    "accept": "确认发布",
    "withdraw": "撤回",
    "reinstate": "恢复",
    "rollback": "退回旧版本",
}
HEADS = ("版本", "发布", "由谁", "原因", "文件", "撤回", "状态")
# What the audit log writes -> how it is told; anything else is told as written.
ACTS = {
    **WHY,
    "build": "建库",
    "preview": "检查",
    "hand-in": "送来",
    "discard": "放弃",
    "unpin": "解除固定",
    "restore": "恢复备份",
    "clock": "确认时钟",
}


def versions(root: Path, unit: str) -> None:
    """Newest first; a version's name chooses it to go back to."""
    finished("version")
    if pin := intake.pin(root):
        st.html(
            f'<p class="ck-said bad" role="status">已固定在版本{escape(pin.version)}（{escape(pin.by)}，'
            f"理由：{escape(pin.reason)}）。新到的文件不会自动发布，直到有人确认发布或手工建库。</p>"
        )
    found = intake.versions(root)
    if not found:
        empty("还没有版本记录。")
        return
    asked = st.query_params.get("target", "")
    kept = {name: code for name in ("unit", "of", "batch") if (code := st.query_params.get(name))}
    rows(HEADS, [_line(v, kept, v.version == asked) for v in found[:SHOWN]], ("文件", "撤回"), "versions")
    _back(root, found, asked, unit)


def _line(version: Version, kept: dict[str, str], chosen: bool) -> list[str]:
    mark = "● 当前" if version.current else "○ 保留" if version.kept else "□ 可重建"
    return [
        link(version.version, "batches", {**kept, "target": version.version}, chosen),
        escape(version.at[:16].replace("T", " ")),
        escape(version.by),
        escape(WHY.get(version.why, version.why)),
        numbers.number(version.batches),
        numbers.number(version.withdrawn),
        f'<span class="lamp {"green" if version.current else "grey"}">{mark}</span>',
    ]


def _back(root: Path, found: list[Version], asked: str, unit: str) -> None:
    one = next((version for version in found if version.version == asked), None)
    if one is None:
        note("点一个版本，可以退回到它。退回不删除任何东西，之后的版本都留着。")
    elif any(version.current and version.version == asked for version in found):
        note(f"版本{one.version}就是现在显示的版本。")
    else:
        rebuilt = "" if one.kept else "它的文件已清理，将按当时的文件清单重建。"
        says = f"退回后所有人看到版本{one.version}，并固定在它上面，新到的文件不会自动发布。{rebuilt}"
        ask(root, "version", "rollback", one.version, "退回到这个版本", says, unit, None)


def log(root: Path) -> None:
    """Who did what, newest first; units and posts, never persons."""
    found = intake.entries(root, LINES)
    frame = pd.DataFrame(
        {
            "时间": entry.at[:19].replace("T", " "),
            "由谁": entry.by,
            "做了什么": ACTS.get(entry.act, entry.act),
            "对象": entry.what,
            "结果": entry.outcome,
        }
        for entry in found
    )
    table(frame, "还没有操作记录。", LINES)
    if found:
        note("操作记录只增不减，至少保存六个月；不含个人信息和表格内容。")
