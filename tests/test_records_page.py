"""The section 数字背后的记录: a look at the first records, all of them as a file that says of when it is."""

import csv
import importlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cockpit import export
from cockpit.labels import COUNTED

records = importlib.import_module("cockpit.ui.records")  # the package has a function of this name
Taken = dict[str, tuple[Callable[[], bytes], dict[str, Any]]]


def section(key: str) -> None:
    """A page with nothing but the opened section."""
    import importlib

    from cockpit import shell

    importlib.import_module("cockpit.ui.records")._opened(shell.page("unions"), [key], 0)


def opened(root: Path, monkeypatch: pytest.MonkeyPatch, key: str, **query: str) -> tuple[AppTest, Taken]:
    """The section as drawn, and its download buttons by label: what makes the file, and how it is offered."""
    taken: Taken = {}
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    monkeypatch.setattr(
        records.st, "download_button", lambda label, data, **how: taken.update({label: (data, how)})
    )
    at = AppTest.from_function(section, kwargs={"key": key}, default_timeout=60)
    for name, code in query.items():
        at.query_params[name] = code
    at.run()
    assert not at.exception
    return at, taken


def lines(taken: Taken) -> list[list[str]]:
    return list(csv.reader(io.StringIO(taken["导出CSV"][0]().decode("utf-8-sig"))))


def text(at: AppTest) -> str:
    return "".join(block.value for block in [*at.get("html"), *at.markdown, *at.caption])


@pytest.mark.parametrize(("period", "until"), [("2023-Q2", "2023-06-30"), ("2022", "2022-12-31")])
def test_a_file_says_up_to_which_day_it_counts(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch, period: str, until: str
) -> None:
    _, taken = opened(warehouse_root, monkeypatch, "members", period=period)
    about = dict(line[:2] for line in lines(taken)[:6])
    assert about["数据截至"] == until
    assert about["标题"] == "会员数·明细"


def test_only_the_first_records_are_drawn_and_the_file_has_all(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "LOOK", 2)
    at, taken = opened(warehouse_root, monkeypatch, "members", period="2023-Q2")
    assert len(at.dataframe[0].value) == 2
    table = lines(taken)[7:]
    total = sum(int(row[table[0].index(COUNTED)]) for row in table[1:])
    assert len(table) - 1 > 2
    told = f"共{len(table) - 1}条记录，合计{total:,}人，与卡片一致，此处显示前2条，导出为全部。"
    assert told in text(at)


def test_a_long_list_is_a_text_file_only(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "QUICK_ROWS", 3)
    at, taken = opened(warehouse_root, monkeypatch, "members", period="2023-Q2")
    assert (taken["导出XLSX"][1]["disabled"], taken["导出CSV"][1]["disabled"]) == (True, False)
    assert "超过3条，请导出CSV" in text(at)


def test_records_of_a_guarded_figure_are_not_listed(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, taken = opened(warehouse_root, monkeypatch, "nef_members_new", period="2023-Q2")
    assert taken == {} and not at.dataframe
    assert "涉及个人身份信息，不列出记录" in text(at)
