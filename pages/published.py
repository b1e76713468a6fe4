"""公开数据: what public documents state, by place, topic and year; compared only where that is fair."""

import streamlit as st

from cockpit import published, shell, ui
from cockpit.ui.compared import comparisons, figures

NAMES = {"place": "地区", "topic": "专题", "year": "年份"}

page = shell.page("published", also=tuple(NAMES))
with st.container(key="choices", horizontal=True):
    wanted = {
        name: page.choice(name, NAMES[name], {"": "全部", **words})
        for name, words in published.choices().items()
    }
chosen = published.select(**wanted)
ui.note(
    "以下均为公开文件中的数字，照原文录入，与本驾驶舱由记录统计出的数字分开。"
    "“以上”“左右”表示原文写的是“余”“近”；性质、时长、单位任何一项不同，就不并排比较。"
)
with page.tile("compare"):
    comparisons(published.comparisons(chosen))
with page.tile("figures"):
    figures(chosen)
