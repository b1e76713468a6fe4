"""技能提升: promotions against plan, who is behind, by which way and to which level."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.shell.neighbours import around
from cockpit.ui.blocks import block

KEY = "skill_promotions"
PROMOTIONS, CONTESTS = CATALOGUE[KEY], CATALOGUE["contest_events"]

page = shell.page("skills")
here = page.slice.district.code
with page.headlines():
    ui.cards(page.readings(), page.sparks())
with st.container(key="body"):
    left, centre, right = ui.columns(1, 1, 1)
promotions = page.reading(KEY)
with left:
    series = page.series(KEY, 24)
    target = page.target(KEY)
    with page.tile("plan"):
        figure = drawn(page, "plan", lambda: charts.plan_curve(series, PROMOTIONS, target))
        ui.chart(figure, "plan", promotions.reason or "")
    with page.tile("trend"):
        figure = drawn(page, "trend", lambda: charts.trend(series, PROMOTIONS))
        ui.chart(figure, "trend", promotions.reason or "")
with centre:
    with page.tile("levels"):
        levels = page.breakdown(KEY, "to_level")
        block(
            charts.bars(levels[levels["numerator"] > 0], PROMOTIONS, ordered=True),
            promotions,
            page.untold(KEY, "to_level"),
        )
    with page.tile("channels"):
        channels = charts.bars(page.breakdown(KEY, "channel"), PROMOTIONS)
        block(channels, promotions, page.untold(KEY, "channel"))
with right:
    with page.tile("ranking"):
        ui.ranking(around(page).children(KEY), here)
    with page.tile("training"):
        st.html(charts.facts(page.readings(("training_sessions",))))
        contests = page.breakdown("contest_events", "contest_level")
        block(charts.bars(contests, CONTESTS, ordered=True), page.reading("contest_events"))
ui.records(page, KEY)
