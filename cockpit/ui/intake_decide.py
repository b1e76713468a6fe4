"""Deciding on an upload: publish or give up, each asked twice; how it goes, and how it ended."""

from html import escape
from pathlib import Path

import streamlit as st

from cockpit import intake
from cockpit.intake import OPEN, Pending, Run
from cockpit.ui.intake_marks import said, sentence
from cockpit.ui.intake_verdict import answers, chosen_file, effects, faults, files, total
from cockpit.ui.panels import columns, empty, note

RUN = "intake-run"  # (id of the pending, the process started in this session)
EVERY = 1  # seconds


def verdict(root: Path, pending: Pending | None, unit: str, version: str) -> None:
    """The tile of one upload in whatever state it is. `version`: the one being shown to everybody now."""
    if pending is None:
        gone = "没有这次上报，可能已经清理。" if "pending" in st.query_params else ""
        empty(gone or "还没有检查结果。选好文件、点“送去检查”，结果就显示在这里。")
        return
    run = _run(pending)
    if pending.state in ("waiting", "running") or (run and run.going):
        st.fragment(_progress, run_every=EVERY)(root, pending.id)
        return
    _head(root, pending, unit, version)
    if run and not run.ok:
        said(run)
    if pending.verdicts:
        _judged(pending, unit)


def _run(pending: Pending) -> Run | None:
    id, run = st.session_state.get(RUN, ("", None))
    return run if id == pending.id else None


def _progress(root: Path, id: str) -> None:
    """How far the process is; when it ends, the page runs again."""
    pending = intake.find(root, id)
    run = _run(pending) if pending else None
    if pending is None or not (pending.state in ("waiting", "running") or (run and run.going)):
        st.rerun(scope="app")
    st.progress(
        min(pending.done / max(pending.total, 1), 1.0),
        text=f"{pending.words or '正在启动'}（{pending.done}/{pending.total}）",
    )
    note(total(pending) + "。可以离开本页，检查会继续进行。")


def _head(root: Path, pending: Pending, unit: str, version: str) -> None:
    words, buttons = st.columns([7, 3], vertical_alignment="center")
    with words:
        note(total(pending))
        told = _state_words(pending)
        (_fine if pending.state in ("ready", "accepted", "discarded") else sentence)(told)
        if pending.state in OPEN and pending.files:
            _warn(root, pending, unit, version)
    if pending.state in OPEN and pending.files and intake.may_decide(unit, pending.sender):
        with buttons, st.container(horizontal=True, horizontal_alignment="right", key="decide"):
            _buttons(root, pending, unit, version)


def _fine(words: str) -> None:
    st.html(f'<p class="ck-said good" role="status">{escape(words)}</p>')


def _state_words(pending: Pending) -> str:
    if pending.state == "broken":
        return f"检查中断了，停在“{pending.words or '开始'}”，没有留下任何改动。可以重新检查，或放弃。"
    if pending.state == "confirmed":
        return (
            "已确认发布，但还没有建成新版本：文件已移交，会在下一次建库时计入，不能再放弃。"
            "请点“继续发布”；还不成的，把上面的原因告诉管理员。"
        )
    if pending.state == "spoilt":
        if pending.files:
            return "检查结果（preview.json）已损坏，别的上报不受影响。可以重新检查，或放弃。"
        return "这次上报的记录（request.json）已损坏，别的上报不受影响。请重新上报，并告诉管理员。"
    return pending.words


def _stale(pending: Pending, version: str) -> bool:
    return bool(pending.base_version) and pending.base_version != version


def _warn(root: Path, pending: Pending, unit: str, version: str) -> None:
    """What to look at twice, who may decide, and what has changed around this upload since it was judged."""
    for warning in pending.warnings:
        sentence(f"注意：{warning}")
    if not intake.may_decide(unit, pending.sender):
        note(f"请在上方选择“{intake.name(pending.sender)}”或市总工会为报送单位，再发布或放弃。")
    if _stale(pending, version):
        sentence(
            f"检查之后又发布了版本{version}，下面的“发布前后”是按{pending.base_version}算的；请先重新检查。"
        )
    if pin := intake.pin(root):
        note(f"目前固定在版本{pin.version}（{pin.reason}）。确认发布会解除固定，并记入操作记录。")


def _buttons(root: Path, pending: Pending, unit: str, version: str) -> None:
    if pending.state == "confirmed":
        _start(root, "accept", "继续发布", pending, unit, "intake-accept-again")
        return
    if pending.state in ("broken", "spoilt", "failed") or (
        pending.state == "ready" and _stale(pending, version)
    ):
        _start(root, "preview", "重新检查", pending, unit, "intake-again")
    if pending.state == "ready":
        with st.popover("确认发布", key="intake-accept", type="primary"):
            new, corrected, withdrawn, _ = pending.changes.all
            note(f"将接收{pending.accepted}行：新增{new}、更正{corrected}、作废{withdrawn}。")
            for warning in pending.warnings:
                sentence(f"注意：{warning}")
            note("发布后所有人看到的数字随之改变；如有不对，可以在“来文与版本”中撤回。")
            _start(root, "accept", "确定，发布", pending, unit, "intake-accept-sure")
    with st.popover("放弃", key="intake-discard"):
        note("放弃后这次上报不会入库，文件要重新选择才能再报。")
        _start(root, "discard", "确定，放弃", pending, unit, "intake-discard-sure")


def _start(root: Path, verb: str, label: str, pending: Pending, unit: str, key: str) -> None:
    if st.button(label, key=key, type="primary" if verb == "accept" else "secondary"):
        st.session_state[RUN] = (pending.id, intake.work(root, verb, pending.id, unit))
        st.rerun(scope="app")


def _judged(pending: Pending, unit: str) -> None:
    chosen = chosen_file(pending)
    files(pending, unit, chosen)
    left, right = columns(1, 1)
    with left:
        st.html('<h3 class="ck-part">发布前后的主要指标</h3>')
        effects(pending.effects)
    with right:
        st.html('<h3 class="ck-part">发现的问题</h3>')
        faults(chosen)
        answers(pending, unit, chosen)
