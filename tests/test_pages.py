"""Every page for a city, a county, a town, an empty slice, a junk address: figures, reasons or a sentence."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.indicators import CATALOGUE
from cockpit.site import PAGES

MAIN = Path(__file__).resolve().parents[1] / "cockpit" / "shell" / "main.py"
ROOT = MAIN.parents[2]
SLICES = {
    "city": {"district": "330500", "period": "2023-Q2"},
    "county": {"district": "330521", "period": "2023-Q2"},
    "town": {"district": "330521102", "period": "2023-Q2"},
    "empty": {"district": "330503", "period": "2021-02"},
}
JUNK = (
    {"district": "999999"},
    {"district": "330521", "period": "2023-99"},
    {"district": "330521", "nonsense": "1"},
)
THEMES = ("skills", "bargaining", "unions", "stations")


def opened(root: Path, monkeypatch: pytest.MonkeyPatch, path: str, query: dict[str, str]) -> AppTest:
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    at = AppTest.from_file(str(ROOT / "pages" / f"{path}.py"), default_timeout=60)
    for name, code in query.items():
        at.query_params[name] = code
    return at.run()


def html(at: AppTest) -> str:
    return "".join(element.proto.body for element in at.get("html"))


def words(at: AppTest) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html(at)))


def card(at: AppTest, name: str) -> str:
    """The figure on the card of this name."""
    found = re.search(rf'>{name}</span>.*?<div class="value"[^>]*><b>(.*?)</b>', html(at), re.S)
    assert found, name
    return found[1]


@pytest.mark.parametrize("name", SLICES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_all_its_tiles_and_cards(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch, path: str, name: str
) -> None:
    at = opened(warehouse_root, monkeypatch, path, SLICES[name])
    assert not at.exception and 'role="alert"' not in html(at)
    for tile in PAGES[path].tiles:
        assert f"<span>{tile.title}</span>" in html(at), tile.id
    assert html(at).count('class="ck-card ') == len(PAGES[path].indicators)
    for key in PAGES[path].indicators:
        assert f"<span>{CATALOGUE[key].name}</span>" in html(at)


@pytest.mark.parametrize("query", JUNK, ids=str)
@pytest.mark.parametrize("path", PAGES)
def test_a_junk_address_is_one_sentence_with_a_way_back_and_no_figures(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch, path: str, query: dict[str, str]
) -> None:
    at = opened(warehouse_root, monkeypatch, path, query)
    assert not at.exception
    assert html(at).count('role="alert"') == 1 and "回到总览" in words(at)
    assert "ck-card" not in html(at)


@pytest.mark.parametrize("path", PAGES)
def test_demonstration_data_is_marked_on_every_page(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    assert "演示数据" in words(opened(warehouse_root, monkeypatch, path, SLICES["city"]))


def test_the_city_s_figures_are_those_counted_by_hand(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch, "skills", SLICES["city"])
    assert [card(at, name) for name in ("技能晋级人次", "新增技能等级证书", "竞赛参赛人次")] == [
        "6",
        "11",
        "102",
    ]


def test_what_a_county_never_reported_has_its_reason_and_no_zero(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch, "skills", {"district": "330523", "period": "2023-Q2"})
    assert "未收到安吉县的培训数据" in words(at)
    assert card(at, "培训人次") == "—"


def test_another_indicator_in_the_address_moves_the_ranking_and_the_map(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = opened(warehouse_root, monkeypatch, "overview", SLICES["city"])
    other = opened(warehouse_root, monkeypatch, "overview", {**SLICES["city"], "focus": "members_new"})
    assert "德清县 3 人次" in words(one) and "德清县 200 人" in words(other)
    assert "200人" in html(other) and "200人" not in html(one).split("map-labels")[1]


def test_an_unknown_indicator_in_the_address_is_refused(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch, "overview", {**SLICES["city"], "focus": "salary"})
    assert html(at).count('role="alert"') == 1 and "salary" in words(at)


def test_a_town_is_ranked_and_mapped_among_its_neighbours(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch, "overview", SLICES["town"])
    assert 'class="marked"' in html(at) and "武康街道" in words(at)


@pytest.mark.parametrize("path", THEMES)
def test_at_most_three_drawn_charts_a_page(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    at = opened(warehouse_root, monkeypatch, path, SLICES["city"])
    assert len(at.get("plotly_chart")) <= 3


def test_searching_stations_narrows_the_list_and_the_map(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch, "stations", SLICES["city"])
    listed = at.dataframe[0].value
    name = listed["站点名称"].iloc[0]
    at.text_input("find").set_value(name).run()
    assert set(at.dataframe[0].value["站点名称"]) == {name} and len(listed) > 1
    assert "1家" in html(at).split("map-labels")[1]


def test_the_stations_listed_are_those_counted(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(warehouse_root, monkeypatch, "stations", SLICES["county"])
    assert int(card(at, "在用站点")) == len(at.dataframe[0].value) > 0


def test_published_figures_of_one_place_are_all_its_own(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch, "published", {"place": "330500"})
    body = words(at).split("公开数字全表")[1]
    assert body.count("湖州市总工会2023年上半年工作") == 31 and "建德市" not in body


def test_every_refusal_is_on_the_handbook_page_with_its_reason(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(warehouse_root, monkeypatch, "handbook", {})
    assert "表头与任何一种数据都对不上，整份未收" in words(at)
    assert "○ 未报送" in words(at) and all(f'id="{key}"' in html(at) for key in CATALOGUE)
