"""The wall's address: what it may say, and a sentence for everything else."""

import asyncio
import json
import re
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import app
from cockpit.districts import REFERENCE, SITE
from cockpit.screens import SCREENS
from cockpit.shell import rotation
from cockpit.shell.rotation import BadWall, settings
from commands import ROOT

SOURCES = {".py", ".js", ".css", ".html"}


@pytest.fixture(autouse=True)
def data(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(warehouse_root))


def test_without_parameters_all_screens_follow_each_other_for_half_a_minute() -> None:
    told = settings({})
    assert told == {
        "screens": ["overview", "skills", "bargaining", "unions", "stations", "map"],
        "seconds": 30,
        "slice": {},
        "theme": "dark",
        "name": "",
    }
    assert [f"wall-{name}" for name in told["screens"]] == list(SCREENS)


def test_screens_seconds_scope_theme_and_name_are_taken_from_the_address() -> None:
    asked = {
        "screens": "map,skills",
        "seconds": "5",
        "district": "330521",
        "period": "2023-Q2",
        "theme": "light",
        "name": "大厅",
    }
    assert settings(asked) == {
        "screens": ["map", "skills"],
        "seconds": 5,
        "slice": {"district": "330521", "period": "2023-Q2"},
        "theme": "light",
        "name": "大厅",
    }


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"screens": "skills,dance"}, "没有名为“dance”的大屏。可用的大屏：overview（综合）"),
        ({"screens": "skills,"}, "没有名为“”的大屏"),
        ({"seconds": "0"}, "每屏秒数“0”应为1至3600的整数"),
        ({"seconds": "3601"}, "每屏秒数"),
        ({"seconds": "³"}, "每屏秒数"),
        ({"district": "999999"}, "没有代码为“999999”的区划"),
        ({"district": "330521102"}, "不能是镇街"),
        ({"period": "2023-13"}, "无法识别"),
        ({"theme": "pink"}, "外观“pink”应为 dark（深色）或 light（浅色）"),
        ({"nef": "yes"}, "参数“nef”不认识"),
        ({"name": "长" * 65}, "最多64个字"),
    ],
)
def test_what_it_does_not_know_is_a_sentence(params: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadWall, match=re.escape(sentence)):
        settings(params)
    status, text = rotation.page(params)
    assert status == 400 and sentence in text
    assert '<meta http-equiv="refresh" content="30">' in text  # nobody is there to load it again


def test_the_page_carries_its_settings_and_nothing_breaks_out_of_them() -> None:
    status, text = rotation.page({"name": "</script><b>"})
    assert status == 200 and "</script><b>" not in text
    told = json.loads(re.search(r'id="settings">(.*?)</script>', text)[1])
    assert told["name"] == "</script><b>" and told["stamp"]


@pytest.mark.parametrize("title", ["群团先锋模范应用驾驶舱", "群团模范先锋应用驾驶舱"])
def test_the_title_is_what_the_site_file_says(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sources write the model's name in both ways: which one is for the union to say."""
    monkeypatch.setitem(SITE, "title", title)
    assert f"<title>{title} · 大屏</title>" in rotation.page({})[1]
    at = AppTest.from_file(str(ROOT / "wall" / "skills.py"), default_timeout=30).run()
    assert not at.exception
    html = "".join(element.proto.body for element in at.get("html"))
    assert f"<h1>{title}<span>技能提升</span></h1>" in html


@pytest.mark.parametrize(("turn", "whose"), [("0", "湖州市"), ("3", "德清县")])
def test_the_cards_of_the_map_say_whose_they_are(turn: str, whose: str) -> None:
    at = AppTest.from_file(str(ROOT / "wall" / "map.py"), default_timeout=30)
    at.query_params["turn"] = turn
    at.run()
    assert not at.exception
    html = "".join(element.proto.body for element in at.get("html"))
    assert f'<section class="wl-cards n6"><h2>{whose} · 2023年上半年</h2>' in html
    assert f"<span>{whose}：站点分布</span>" in html and f"<span>{whose}：在用站点按类型</span>" in html


def test_the_title_stands_in_the_site_file_alone() -> None:
    assert tomllib.loads((REFERENCE / "site.toml").read_text("utf-8"))["title"] == SITE["title"]
    texts = (path.read_text("utf-8") for path in (ROOT / "cockpit").rglob("*.*") if path.suffix in SOURCES)
    assert not [text for text in texts if SITE["title"] in text]


def test_a_wall_whose_script_did_not_come_loads_itself_again() -> None:
    assert 'onerror="setTimeout(() => location.reload(), 10000)"></script>' in rotation.page({})[1]


def test_an_answer_that_failed_is_a_page_that_loads_itself_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt() -> None:
        raise OSError("disk")

    monkeypatch.setattr("cockpit.shell.data.warehouse", spoilt)
    told: list[dict] = []

    async def send(message: dict) -> None:
        told.append(message)

    async def receive() -> dict:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/wall", "headers": [], "query_string": b""}
    with pytest.raises(OSError, match="disk"):  # goes on to the log
        asyncio.run(app(scope, receive, send))
    assert told[0]["status"] == 500
    text = b"".join(message.get("body", b"") for message in told).decode()
    assert "这一页暂时打不开" in text and 'http-equiv="refresh" content="30"' in text


def test_a_bad_name_is_escaped_in_the_error_page() -> None:
    assert "<b>x" not in rotation.page({"screens": "<b>x"})[1]


def test_before_the_first_version_a_wall_can_already_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path))
    assert rotation.page({"district": "330521"})[0] == 200
