"""The files in the store, one line each, and withdrawing one or putting it back, with a reason."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from cockpit import districts, intake, numbers
from cockpit.intake import Batch
from cockpit.ui.intake_acts import ask, finished
from cockpit.ui.intake_marks import link, rows, sentence
from cockpit.ui.panels import empty, note

SHOWN = 200
HEADS = ("批次", "文件", "来源", "区县", "收到", "接收", "退回", "校验码", "状态")
COUNTED = ("批次", "接收", "退回")


def batches(found: Sequence[Batch], labels: Mapping[str, str]) -> None:
    """Newest first; a file's name chooses it."""
    if not found:
        empty("还没有收到文件。")
        return
    chosen = _asked()
    kept = {name: code for name in ("unit", "of") if (code := st.query_params.get(name))}
    rows(HEADS, [_line(one, labels, kept, one.seq == chosen) for one in found[:SHOWN]], COUNTED, "batches")
    more = f"共{len(found)}份，显示最新{SHOWN}份；" if len(found) > SHOWN else f"共{len(found)}份；"
    note(f"{more}点文件名可看它进入了哪些版本、撤回或恢复。撤回不删除任何文件。")


def _asked() -> int:
    asked = st.query_params.get("batch", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0


def _line(batch: Batch, labels: Mapping[str, str], kept: Mapping[str, str], chosen: bool) -> list[str]:
    return [
        numbers.number(batch.seq),
        link(batch.name, "batches", {**kept, "batch": str(batch.seq)}, chosen),
        escape(labels.get(batch.source or "", "未识别")),
        escape(_district(batch)),
        escape(_stamp(batch.received_at)),
        numbers.number(batch.accepted),
        numbers.number(batch.rejected),
        f"<code>{escape(batch.sha256[:12])}</code>",
        _state(batch),
    ]


def _district(batch: Batch) -> str:
    return districts.get(batch.district).name if batch.district else "—"


def _stamp(iso: str) -> str:
    return iso[:16].replace("T", " ")


def _state(batch: Batch) -> str:
    if batch.spoilt:
        return '<span class="lamp red">■ 已损坏</span>'
    if batch.withdrawn:
        return '<span class="lamp yellow">▲ 已撤回</span>'
    if batch.refused or not batch.accepted:
        return '<span class="lamp grey">□ 未入库</span>'
    return '<span class="lamp green">● 有效</span>'


def batch(root: Path, found: Sequence[Batch], unit: str, labels: Mapping[str, str]) -> None:
    """The chosen file: what it is, where it went, and the way to withdraw it or to put it back."""
    finished("batch")
    one = next((one for one in found if one.seq == _asked()), None)
    if one is None:
        empty("在左边点一个文件名，这里显示它的去向，并可撤回或恢复。")
        return
    if one.spoilt:
        sentence(
            f"第{one.seq}批的核对结果（store/batches）已损坏，请告诉管理员从备份恢复；别的文件不受影响。"
        )
        return
    facts = _facts(one, labels)
    inner = "".join(f"<dt>{heading}</dt><dd>{escape(text)}</dd>" for heading, text in facts)
    st.html(f'<dl class="ck-facts">{inner}</dl>')
    seq, sender = str(one.seq), one.sender
    if one.withdrawn:
        says = "恢复后，它的记录重新参加统计。"
        ask(root, "batch", "reinstate", seq, "恢复这一份", says, unit, sender)
    elif one.accepted:
        says = "撤回后，它的记录不再参加统计，同一记录以前报的重新生效；文件和记录都留着，可以恢复。"
        ask(root, "batch", "withdraw", seq, "撤回这一份", says, unit, sender)
    else:
        note("这份文件没有记录入库，不需要撤回。")


def _facts(one: Batch, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    went = f"{len(one.versions)}个：{'、'.join(one.versions[-3:])}" if one.versions else "没有"
    facts = [
        ("文件", one.name),
        ("校验码", one.sha256[:12]),
        ("来源", f"{labels.get(one.source or '', '未识别')}，数据截至{one.as_of or '未写明'}"),
        ("区县", _district(one)),
        ("报送", intake.name(one.sender) if one.sender else "由收件箱收到"),
        ("收到", _stamp(one.received_at)),
        ("行数", f"读到{one.read}，接收{one.accepted}，退回{one.rejected}"),
        ("进入的版本", went),
    ]
    if one.last:
        did = "撤回" if one.withdrawn else "恢复"
        facts.append((did, f"{_stamp(one.last.at)}，{one.last.by}，理由：{one.last.reason}"))
    return facts
