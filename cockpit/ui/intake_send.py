"""Choosing files and sending them to be judged; templates to fill in."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cockpit import intake
from cockpit.ui.intake_marks import sentence
from cockpit.ui.panels import note

ROUND = "intake-round"  # an uploader cannot be emptied, only replaced by the next
REFUSED = "intake-refused"  # why the last choice of files was not kept


def sender(root: Path, unit: str) -> None:
    """Drag and drop, and the button that has the files judged; the new upload becomes the one shown."""
    turn = st.session_state.setdefault(ROUND, 0)
    with st.container(key="uploader"):
        files = st.file_uploader(
            "上报的文件，可拖到这里，一次可选多个",
            type=list(intake.KINDS),
            accept_multiple_files=True,
            key=f"upload-{turn}",
            max_upload_size=intake.LARGEST_MB,
            label_visibility="collapsed",
        )
    if files:
        _weigh(files)
    elif told := st.session_state.get(REFUSED):
        sentence(told)
    if files and not unit:
        sentence("请先在右上方选择报送单位。")
    ready = bool(files and unit)
    if st.button("送去检查", disabled=not ready, key="intake-send", type="primary", width="stretch"):
        _send(root, unit, files)
    note("送去检查不等于发布：看过检查结果、点“确认发布”之后，数字才会变。也可以把文件放进 data/inbox。")


def _weigh(files: Sequence[UploadedFile]) -> None:
    """Let go at once of what will not be taken: the server holds chosen files in memory."""
    st.session_state.pop(REFUSED, None)
    try:
        intake.check_amount([file.size for file in files])
    except intake.BadUpload as bad:
        st.session_state[REFUSED] = str(bad)
        st.session_state[ROUND] += 1
        st.rerun()


def _send(root: Path, unit: str, files: Sequence[UploadedFile]) -> None:
    try:
        id = intake.receive(root, unit, [(file.name, file) for file in files])
    except intake.BadUpload as bad:
        sentence(str(bad))
        return
    intake.work(root, "preview", id, unit)
    st.session_state[ROUND] += 1
    st.query_params.pop("file", None)
    st.query_params["pending"] = id
    st.rerun()


def templates(root: Path, unit: str, version: str, labels: Mapping[str, str]) -> None:
    """The workbook of a source with the unit's own code lists, made when it is asked for."""
    chosen, button = st.columns([3, 2], vertical_alignment="bottom")
    source = chosen.selectbox(
        "空白模板",
        list(labels),
        format_func=lambda name: labels[name],
        key="intake-template",
        filter_mode=None,
        placeholder="请选择",
    )
    button.download_button(
        "下载模板",
        partial(_template, root, source, unit, version),
        file_name=f"{labels[source]}_{intake.name(unit)}.xlsx",
        disabled=not unit,
        help=None if unit else "先选择报送单位，模板中填好本单位的代码",
        key="intake-template-get",
        on_click="ignore",
        width="stretch",
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _template(_root: Path, source: str, unit: str, version: str) -> bytes:
    """Lists of codes may change with a version, and with nothing else."""
    return intake.template(_root, source, unit)
