"""The Streamlit script: sets the page up, finds out which one is asked for, runs it."""

import streamlit as st

from cockpit.districts import SITE
from cockpit.screens import SCREENS
from cockpit.shell import health
from cockpit.shell.data import REPOSITORY
from cockpit.site import PAGES
from cockpit.ui.markup import HOME

st.set_page_config(page_title=SITE["title"], page_icon="app/static/icon.svg", layout="wide")
pages = [
    st.Page(
        REPOSITORY / folder / f"{page.path.removeprefix('wall-')}.py",
        title=page.title,
        icon=page.icon,
        url_path=page.path,
        default=page.path == HOME,
    )
    for folder, listed in (("pages", PAGES), ("wall", SCREENS))
    for page in listed.values()
]
asked = st.navigation(pages, position="hidden")
asked.run()
health.rendered(asked.url_path or HOME)
