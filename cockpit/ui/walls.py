"""The list of walls and what is wrong with each; it looks again by itself."""

import time

import pandas as pd
import streamlit as st

from cockpit.screens import SCREENS
from cockpit.ui.tables import table
from cockpit.walls import SILENT, State, Wall, Walls, moment

EVERY = 5  # seconds
WORDS: dict[State, str] = {
    "ok": "● 正常",
    "behind": "▲ 数据或程序不是最新",
    "frozen": "■ 画面不动",
    "silent": f"■ 失联（超过{SILENT}秒没有报告）",
}


def rows(walls: list[Wall], now: float, version: str, stamp: str) -> pd.DataFrame:
    """One row per wall, with Chinese headers. `version` and `stamp`: the current data and release."""
    return pd.DataFrame(
        {
            "大屏": wall.name or f"未起名 {wall.id}",
            "状态": WORDS[wall.state(now, version, stamp)],
            "正在显示": SCREENS[key].title if (key := f"wall-{wall.screen}") in SCREENS else "—",
            "显示的数据版本": wall.version or "—",
            "当前数据版本": version,
            "程序": "最新" if wall.stamp == stamp else "旧",
            "最近一次画面": moment(wall.painted),
            "最近一次报告": moment(wall.heard),
        }
        for wall in walls
    )


@st.fragment(run_every=EVERY)
def listing(walls: Walls, version: str, stamp: str) -> None:
    """All walls as they are now."""
    table(rows(walls.all(), time.time(), version, stamp), "还没有大屏报告。打开 /wall 的大屏会出现在这里。")
