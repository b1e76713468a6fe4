"""The Streamlit script: sets the page up, finds out which one is asked for, runs it."""

import streamlit as st

from cockpit.districts import SITE
from cockpit.shell import health
from cockpit.shell.data import REPOSITORY
from cockpit.site import PAGES
from cockpit.ui.markup import HOME

st.set_page_config(page_title=SITE["title"], page_icon="app/static/icon.svg", layout="wide")
pages = [
    st.Page(
        REPOSITORY / "pages" / f"{page.path}.py",
        title=page.title,
        icon=page.icon,
        url_path=page.path,
        default=page.path == HOME,
    )
    for page in PAGES.values()
]
asked = st.navigation(pages, position="hidden")
asked.run()
health.rendered(asked.url_path or HOME)
