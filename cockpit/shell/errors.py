"""When something fails: one sentence on the screen, the traceback in the log only."""

import logging
from typing import NoReturn
from urllib.parse import urlsplit

import streamlit as st

from cockpit import ui
from cockpit.shell import health
from cockpit.ui.markup import HOME

LOG = logging.getLogger("cockpit")


def path_here() -> str:
    """The page this run is for, in a fragment too; the first page lives at /."""
    return urlsplit(st.context.url or "").path.strip("/") or HOME


def on_script_error(error: Exception) -> bool:
    """Streamlit's hook for uncaught exceptions; True = do not show it yourself."""
    path = path_here()
    health.failed(path)
    LOG.error("page %s failed: %s", path, type(error).__name__)  # Streamlit itself logs the traceback
    ui.problem("这一页没有显示出来。", "系统已记录原因，请稍后刷新；如仍出现，请联系管理员查看服务日志。")
    return True


def stop_with(sentence: str, advice: str, link: str = "/", link_text: str = "回到总览") -> NoReturn:
    """An error page in place of the rest of this page."""
    ui.problem(sentence, advice, link, link_text)
    st.stop()
