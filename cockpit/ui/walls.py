"""The list of walls and what is wrong with each; it looks again by itself."""

import time

import pandas as pd
import streamlit as st

from cockpit.screens import SCREENS
from cockpit.ui.tables import table
from cockpit.walls import SILENT, State, Wall, Walls, stamp

EVERY = 5  # seconds
WORDS: dict[State, str] = {
    "ok": "● 正常",
    "behind": "▲ 旧版本",
    "frozen": "■ 画面不动",
    "silent": f"■ 失联（超过{SILENT}秒没有报告）",
}


def rows(walls: list[Wall], now: float, version: str) -> pd.DataFrame:
    """One row per wall, with Chinese headers."""
    return pd.DataFrame(
        {
            "大屏": wall.name or wall.id,
            "状态": WORDS[wall.state(now, version)],
            "正在显示": SCREENS[key].title if (key := f"wall-{wall.screen}") in SCREENS else "—",
            "显示的版本": wall.version or "—",
            "最近一次画面": stamp(wall.painted),
            "最近一次报告": stamp(wall.heard),
        }
        for wall in walls
    )


@st.fragment(run_every=EVERY)
def listing(walls: Walls, version: str) -> None:
    table(rows(walls.all(), time.time(), version), "还没有大屏报告。打开 /wall 的大屏会出现在这里。")
