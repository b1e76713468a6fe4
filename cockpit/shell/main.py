"""The Streamlit script: sets the page up, finds out which one is asked for, runs it."""

import streamlit as st

from cockpit.districts import SITE
from cockpit.shell import errors, health
from cockpit.shell.data import REPOSITORY
from cockpit.site import PAGES

st.set_page_config(page_title=SITE["title"], page_icon="app/static/icon.svg", layout="wide")
pages = [
    st.Page(
        REPOSITORY / "pages" / f"{page.path}.py",
        title=page.title,
        icon=page.icon,
        url_path=page.path,
        default=page.path == "overview",
    )
    for page in PAGES.values()
]
asked = st.navigation(pages, position="hidden")
path = asked.url_path or "overview"
errors.entering(path)
asked.run()
health.rendered(path)
