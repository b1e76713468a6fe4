"""技能提升 on the wall."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.ui.blocks import block

KEY = "skill_promotions"
PROMOTIONS, CONTESTS = CATALOGUE[KEY], CATALOGUE["contest_events"]

page = shell.screen("wall-skills")
with st.container(key="wall-theme"):
    with page.headlines():
        ui.wall.cards(page.readings(), page.marks())
    with page.tile("plan"):
        series = page.series(KEY, 24)
        target = page.target(KEY)
        ui.chart(drawn(page, "plan", lambda: charts.plan_curve(series, PROMOTIONS, target)), "plan")
    with page.tile("levels"):
        levels = page.breakdown(KEY, "to_level")
        block(charts.bars(levels[levels["numerator"] > 0], PROMOTIONS, ordered=True), page.reading(KEY))
    with page.tile("ranking"):
        ui.wall.ranking(page.children(KEY), 8)
    with page.tile("trend"):
        ui.chart(drawn(page, "trend", lambda: charts.trend(page.series(KEY, 24), PROMOTIONS)), "trend")
    with page.tile("channels"):
        block(charts.bars(page.breakdown(KEY, "channel"), PROMOTIONS), page.reading(KEY))
    with page.tile("contests"):
        by_level = page.breakdown(CONTESTS.key, "contest_level")
        block(charts.bars(by_level, CONTESTS, ordered=True), page.reading(CONTESTS.key))
