"""The server: `streamlit run app.py`. The screens are cockpit/shell/main.py; own routes stand beside them."""

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from cockpit.shell import data, errors, front, health, heartbeat, rotation

try:
    data.fixed_today()
except data.BadDay as bad:  # one sentence now, not an exception on every page later
    sys.exit(str(bad))

COCKPIT = Path(__file__).resolve().parent / "cockpit"

# The script lies in a folder without pages/ beside it: Streamlit would run a deep link's page without it.
app = st.App(
    COCKPIT / "shell" / "main.py",
    routes=[
        Route("/healthz", health.endpoint),
        Route("/wall", rotation.endpoint),
        Route("/heartbeat", heartbeat.endpoint, methods=["POST"]),
        Mount("/app/static", StaticFiles(directory=COCKPIT / "static")),
        Route("/", front.endpoint),
        Route("/{name}", front.endpoint),
    ],
    # Streamlit leaves its 12 MB of scripts uncompressed.
    middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)],
    on_script_error=errors.on_script_error,
    exception_handlers={500: front.fault},
)
