"""技能提升: promotions against plan, who is behind, by which way and to which level."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn

KEY = "skill_promotions"
PROMOTIONS, CONTESTS = CATALOGUE[KEY], CATALOGUE["contest_events"]

page = shell.page("skills")
with page.headlines():
    ui.cards(page.readings(), page.sparks())
with st.container(key="body"):
    left, centre, right = ui.columns(1, 1, 1)
with left:
    series = page.series(KEY, 24)
    target = page.snapshot.targets.get((KEY, page.slice.district.code, page.slice.period.end.year))
    with page.tile("plan"):
        ui.chart(drawn(page, "plan", lambda: charts.plan_curve(series, PROMOTIONS, target)), "plan")
    with page.tile("trend"):
        ui.chart(drawn(page, "trend", lambda: charts.trend(series, PROMOTIONS)), "trend")
with centre:
    with page.tile("levels"):
        levels = page.breakdown(KEY, "to_level")
        st.html(charts.bars(levels[levels["numerator"] > 0], PROMOTIONS, ordered=True))
    with page.tile("channels"):
        st.html(charts.bars(page.breakdown(KEY, "channel"), PROMOTIONS))
with right:
    with page.tile("ranking"):
        ui.ranking(page.children(KEY))
    with page.tile("training"):
        st.html(charts.facts(page.readings(("training_sessions",))))
        st.html(charts.bars(page.breakdown("contest_events", "contest_level"), CONTESTS, ordered=True))
ui.records(page, KEY)
