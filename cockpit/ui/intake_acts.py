"""Acts on the store: asked twice, with a reason, done by a process, told when it has ended."""

from pathlib import Path

import streamlit as st

from cockpit import districts, intake, personal
from cockpit.intake import Run
from cockpit.ui.intake_marks import said, sentence
from cockpit.ui.panels import note

RUN = "intake-act"  # + place: the process started in this session
EVERY = 1  # seconds
LONGEST = 100


def finished(place: str) -> None:
    """How the act started in this place goes or went."""
    run: Run | None = st.session_state.get(f"{RUN}-{place}")
    if run is None:
        return
    if run.going:
        st.fragment(_waits, run_every=EVERY)(place)
    else:
        said(run)


def _waits(place: str) -> None:
    if not st.session_state[f"{RUN}-{place}"].going:
        st.rerun(scope="app")
    note("正在处理，完成后这里显示结果……")


def ask(
    root: Path, place: str, verb: str, what: str, label: str, says: str, unit: str, sender: str | None
) -> None:
    """A button that opens a question: what will happen, the reason, and the button that does it.

    `sender`: whose matter it is beside the city's; None: the city's alone.
    """
    if not unit:
        note("要撤回、恢复或退回，请先在“选中的文件”一栏选择操作单位。")
        return
    if not intake.may_decide(unit, sender):
        own = f"报送单位{intake.name(sender)}和" if sender else ""
        note(f"只有{own}{intake.name(districts.ROOT.code)}可以{label}。")
        return
    run: Run | None = st.session_state.get(f"{RUN}-{place}")
    with st.popover(label, key=f"ask-{place}-{verb}-{what}", disabled=bool(run and run.going)):
        note(says)
        reason = st.text_input("理由（记入操作记录）", key=f"reason-{place}-{verb}-{what}", max_chars=LONGEST)
        if st.button(f"确定，{label}", key=f"sure-{place}"):
            if not reason.strip() or personal.kinds(reason):
                sentence(personal.NOT_KEPT if reason.strip() else "请写明理由。")
                return
            st.session_state[f"{RUN}-{place}"] = intake.act(root, verb, what, reason.strip(), unit)
            st.rerun(scope="app")
