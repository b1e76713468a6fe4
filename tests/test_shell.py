"""The frame: what the URL says is what is shown and what the filter bar shows; bad input is a sentence."""

import asyncio
import os
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from cockpit.shell import filters, follow, front, health
from cockpit.slices import parse_period
from cockpit.warehouse import Warehouse


def skills() -> None:
    from cockpit import shell, ui

    page = shell.page("skills")
    ui.cards(page.readings())


def opened(root: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    """The skills page's frame and cards, as the URL parameters ask for them."""
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    at = AppTest.from_function(skills, default_timeout=20)
    for name, code in query.items():
        at.query_params[name] = code
    at.run()
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return "".join(element.proto.body for element in at.get("html"))


def test_the_url_sets_the_filter_bar(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(warehouse_root, monkeypatch, district="330521102", period="2023-06", channel="contest")
    shown = {box.key: box.value for box in at.selectbox}
    assert shown == {
        "bar-county": "330521",
        "bar-town": "330521102",
        "bar-period": "2023-06",
        "bar-channel": "contest",
        "bar-industry": "",
        "bar-nef": "",
    }


def test_without_a_url_it_is_the_city_in_the_data_s_own_half_year(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch)
    assert (at.selectbox("bar-county").value, at.selectbox("bar-period").value) == ("330500", "2023-H1")
    assert "bar-town" not in {box.key for box in at.selectbox}


def test_choosing_writes_codes_into_the_url(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(warehouse_root, monkeypatch)
    at.selectbox("bar-county").set_value("330521").run()
    at.selectbox("bar-town").set_value("330521102").run()
    at.selectbox("bar-period").set_value("2023-Q2").run()
    at.selectbox("bar-channel").set_value("contest").run()
    expected = {"district": "330521102", "period": "2023-Q2", "channel": "contest"}
    assert dict(at.query_params) == expected


@pytest.mark.parametrize("changed", ["cockpit/screens.py", "cockpit/static/wall.css", "wall/skills.py"])
def test_a_release_is_known_by_what_it_holds_not_by_its_times(changed: str, tmp_path: Path) -> None:
    for name in ("cockpit/screens.py", "cockpit/static/wall.css", "wall/skills.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("old", "utf-8")
    old = front.release(tmp_path)
    os.utime(tmp_path / changed, (1, 1))
    (tmp_path / "wall" / "__pycache__").mkdir()
    (tmp_path / "wall" / "__pycache__" / "skills.cpython-312.pyc").write_bytes(b"x")
    assert front.release(tmp_path) == old
    (tmp_path / changed).write_text("new", "utf-8")
    os.utime(tmp_path / changed, (1, 1))
    assert front.release(tmp_path) != old


def test_choosing_changes_the_numbers(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(warehouse_root, monkeypatch)
    values = [re.findall(r'class="value"[^>]*><b>([^<]*)', html(at))]
    at.selectbox("bar-county").set_value("330521").run()
    values.append(re.findall(r'class="value"[^>]*><b>([^<]*)', html(at)))
    assert len(values[0]) == len(values[1]) == 8
    assert values[0] != values[1]


def test_all_takes_a_filter_out_of_the_url(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(warehouse_root, monkeypatch, channel="contest", district="330521102")
    at.selectbox("bar-channel").set_value("").run()
    at.selectbox("bar-town").set_value("330521").run()
    assert dict(at.query_params) == {"district": "330521"}


def test_the_url_moves_the_widgets_back(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the back button does: the address changes, the widgets must not hold on to the last choice."""
    at = opened(warehouse_root, monkeypatch)
    at.selectbox("bar-county").set_value("330521").run()
    at.query_params["district"] = "330502"
    at.run()
    assert at.selectbox("bar-county").value == "330502"
    assert dict(at.query_params)["district"] == "330502"


def test_a_filter_of_another_page_can_be_lifted(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch, method="area")
    assert at.selectbox("bar-method").value == "area"


def test_pages_are_linked_with_the_slice_and_the_filters_they_know(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(
        warehouse_root, monkeypatch, district="330521", period="2023-06", nef="yes", channel="contest"
    )
    assert 'href="/?district=330521&amp;period=2023-06"' in html(at)
    assert 'href="/unions?district=330521&amp;period=2023-06&amp;nef=yes"' in html(at)
    assert 'aria-current="page"' in html(at)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"district": "999999"}, "没有代码为“999999”的区划。"),
        ({"district": "<b>x"}, "没有代码为“&lt;b&gt;x”的区划。"),
        ({"period": "2023-13"}, "周期“2023-13”无法识别。"),
        ({"period": "2030"}, "2030年还没有数据"),
        ({"channel": "dance"}, "筛选项“取得渠道”没有“dance”这个值。"),
        ({"distrct": "330521"}, "地址中的参数“distrct”不认识。"),
    ],
)
def test_a_bad_url_is_a_sentence_with_a_way_back(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str], sentence: str
) -> None:
    at = opened(warehouse_root, monkeypatch, **query)
    assert sentence in html(at)
    assert 'href="/"' in html(at) and "回到总览" in html(at)
    assert "ck-card" not in html(at)
    assert not at.selectbox


def test_without_data_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(tmp_path, monkeypatch)
    assert "还没有发布过数据。" in html(at)
    assert "ck-card" not in html(at)


def test_the_header_tells_demonstration_date_and_version(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch)
    version = Warehouse(warehouse_root).snapshot().version
    for words in ("演示数据", "以2023-06-30为今天", "数据截至<b>2023-06-30</b>", f"版本{version}"):
        assert words in html(at)


def test_a_screen_sees_a_new_version(
    warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "published"
    shutil.copytree(warehouse_root / "published", folder)
    old, new = (folder / "current").read_text().strip(), "20230630-abcdefabcd"
    at = opened(tmp_path, monkeypatch)
    assert f"版本{old}" in html(at) and follow._current() == f"{old} 2023-06-30"
    shutil.copy(folder / f"cockpit-{old}.duckdb", folder / f"cockpit-{new}.duckdb")
    with duckdb.connect(str(folder / f"cockpit-{new}.duckdb")) as con:
        con.execute("UPDATE info SET version = ?", [new])
    (folder / "next").write_text(new)
    (folder / "next").replace(folder / "current")
    assert follow._current() == f"{new} 2023-06-30"
    assert f"版本{new}" in html(at.run())


def test_the_period_list_begins_with_what_is_asked_for_most(warehouse_root: Path) -> None:
    info = Warehouse(warehouse_root).snapshot().info
    typed = parse_period("2023-04-03..2023-05-02")
    words = filters.periods(info, typed)
    assert list(words.items())[:5] == [
        ("2023-H1", "本半年·2023年上半年"),
        ("2023-YTD", "2023年年初至今（截至2023-06-30）"),
        ("2023-Q2", "本季度·2023年第2季度"),
        ("2023-06", "本月·2023年6月"),
        ("2022-H1", "上年同期·2022年上半年"),
    ]
    assert list(words.items())[-1] == (typed.code, "2023-04-03至2023-05-02")
    assert {"2021", "2022", "2021-H1", "2021-Q1", "2021-01"} <= set(words)
    assert "2020" not in words and "2023-07" not in words


def broken() -> None:
    from cockpit.shell import errors

    assert errors.on_script_error(ValueError("secret <detail>"))  # True: Streamlit shows nothing of its own


def test_a_failure_is_one_sentence_and_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    health._failed.clear()
    at = AppTest.from_function(broken).run()
    assert "这一页没有显示出来。" in html(at)
    assert "secret" not in html(at)
    assert "page overview failed: ValueError" in caplog.text
    assert set(health._failed) == {("overview", "")}
    health._failed.clear()


def page(path: str) -> bytes:
    scope = {"type": "http", "path_params": {"name": path}, "query_string": b"district=330521", "headers": []}
    scope |= {"path": f"/{path}", "method": "GET", "server": ("localhost", 80), "scheme": "http"}
    reply = asyncio.run(front.endpoint(Request(scope)))
    return (
        str(reply.status_code).encode()
        + b" "
        + bytes(reply.headers.get("location", ""), "ascii")
        + reply.body
    )


def test_a_page_begins_in_chinese_with_our_own_style() -> None:
    text = page("skills").decode()
    assert text.startswith("200 ")
    for words in (
        '<html lang="zh-CN">',
        "<title>工会驾驶舱</title>",
        "/app/static/cockpit.css?",
        'id="root"',
    ):
        assert words in text
    for words in ("Streamlit</title>", "You need to enable JavaScript", "SourceSans"):
        assert words not in text


def test_the_first_page_has_one_address() -> None:
    assert page("overview").startswith(b"307 /?district=330521")


def test_an_unknown_page_is_a_sentence() -> None:
    text = page("nowhere").decode()
    assert text.startswith("404 ") and "没有这个页面。" in text
