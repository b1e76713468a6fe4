"""技能提升: promotions against plan, who is behind, by which way and to which level."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn

KEY = "skill_promotions"
page = shell.page("skills")
ui.cards(page.readings(), page.sparks())
target = page.snapshot.targets.get((KEY, page.slice.district.code, page.slice.period.end.year))
plan, trend, ranking = ui.columns(1, 1, 1)
with plan, page.tile("plan"):
    ui.chart(drawn(page, "plan", lambda: charts.plan_curve(page.series(KEY, 24), CATALOGUE[KEY], target)), "plan")
with trend, page.tile("trend"):
    ui.chart(drawn(page, "trend", lambda: charts.trend(page.series(KEY, 24), CATALOGUE[KEY])), "trend")
with ranking, page.tile("ranking"):
    ui.ranking(page.children(KEY))
channels, levels, training = ui.columns(1, 1, 1)
with channels, page.tile("channels"):
    st.html(charts.bars(page.breakdown(KEY, "channel"), CATALOGUE[KEY]))
with levels, page.tile("levels"):
    st.html(charts.bars(page.breakdown(KEY, "to_level"), CATALOGUE[KEY], ordered=True))
with training, page.tile("training"):
    st.html(charts.facts(page.readings(("training_sessions", "training_attendances"))))
    st.html(charts.bars(page.breakdown("contest_events", "contest_level"), CATALOGUE["contest_events"], ordered=True))
ui.records(page, KEY)
