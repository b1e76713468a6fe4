"""A table as a file."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from cockpit import export

if TYPE_CHECKING:
    from cockpit.shell.context import PageContext

KINDS = {"XLSX": export.to_xlsx, "CSV": export.to_csv}


def downloads(page: "PageContext", frame: pd.DataFrame, title: str) -> None:
    """One button per kind of file; a file is made when it is asked for."""
    info = page.snapshot.info
    for place, (kind, make) in zip(st.columns(len(KINDS) + 2), KINDS.items(), strict=False):
        place.download_button(
            f"导出{kind}",
            lambda make=make: make(  # type: ignore[misc]
                frame, page.slice.label(), info.data_date, info.version, info.status, title=title
            ),
            file_name=f"{title}_{info.version}.{kind.lower()}",
            key=f"download-{title}-{kind}",
            on_click="ignore",
            width="stretch",
        )
