"""The list of weekly packs with their files, and a button that has one made."""

from pathlib import Path

import streamlit as st

from cockpit import packs
from cockpit.codes import STATUS
from cockpit.packs import DOCUMENTS, Asked, Pack, Run
from cockpit.ui.panels import empty, note

EVERY = 2  # seconds
ASKED = "packs-asked"
ENDINGS = {"failed": "上次没有做成：", "broken": "上次制作中断了，没有留下半份；停在：", "done": "上次："}


def maker(root: Path, district: str) -> None:
    """The button, and while a run goes on its progress; the page is run again when one begins or ends."""
    going = _going(packs.run(root))
    st.fragment(_maker, run_every=EVERY if going else None)(root, district, going)


def _going(run: Run) -> bool:
    """A run holds the lock, or the one asked for in this session has not come so far yet."""
    asked: Asked | None = st.session_state.get(ASKED)
    return run.state == "running" or (asked is not None and asked.going)


def _maker(root: Path, district: str, shown_going: bool) -> None:
    run = packs.run(root)
    going = _going(run)
    if st.button("现在做一份", disabled=going, key="packs-start"):
        st.session_state[ASKED] = packs.start(root, district)
        going = True
    if going != shown_going:
        st.rerun(scope="app")
    if run.state == "running":
        st.progress(min(run.done / run.total, 1.0), text=f"{run.done}/{run.total} {run.words}")
    elif going:
        st.progress(0.0, text="正在启动")
    elif (asked := st.session_state.get(ASKED)) and asked.refusal():
        note(asked.refusal())
    elif run.state in ENDINGS:
        note(f"{ENDINGS[run.state]}{run.words}")


def listing(root: Path, most: int = 30) -> None:
    """One line per pack, newest week first, with its files to download."""
    found = packs.packs(root)
    if not found:
        empty("还没有周报。可以在上面现在做一份，或由定时任务每周一做。")
    for pack in found[:most]:
        _line(pack)
    if len(found) > most:
        note(f"共{len(found)}份，显示最新{most}份；其余在数据文件夹的 reports 中。")


def _line(pack: Pack) -> None:
    told = pack.told
    words, *places = st.columns([10, 2, 2, 2, 2], vertical_alignment="center")
    status = f"{STATUS[told['status']]}数据"
    with words:
        note(
            f"{told['label']} ｜ 数据截至{told['data_date']} ｜ 版本{told['version']} ｜ {status}"
            f" ｜ 做于{pack.made_at:%Y-%m-%d %H:%M}"
        )
    for place, name in zip(places, DOCUMENTS, strict=False):
        with place:
            _download(pack, name)
    with places[-1]:
        _download(pack, "图片.zip")


def _download(pack: Pack, name: str) -> None:
    path = pack.folder / name
    stem, kind = name.split(".")
    st.download_button(
        name,
        path.read_bytes if name in DOCUMENTS else pack.pictures,
        file_name=f"{stem}_{pack.told['district']}_{pack.told['week']}.{kind}",
        key=f"packs-{pack.told['week']}-{pack.told['district']}-{name}",
        on_click="ignore",
        width="stretch",
    )
