"""What a person does with the filter bar, the links and the address: figures, URL and history follow."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cockpit import districts
from cockpit.site import PAGES
from commands import ROOT
from tests.browser.figures import cards, said
from tests.browser.screen import Screen
from tests.browser.server import Server

pytestmark = pytest.mark.browser

CITY, COUNTY = "330500", "330521"
COUNTY_NAME = "德清县"


def headlines(server: Server, path: str, district: str, period: str = "2023-H1") -> dict[str, str]:
    return cards(server.root, PAGES[path].indicators, district, period)


def command_line(root: Path, *words: str) -> dict[str, object]:
    command = [sys.executable, "manage.py", "value", *words, "--json"]
    settings = {**os.environ, "COCKPIT_DATA": str(root)}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_the_overview_says_what_the_command_line_says(screen: Screen, server: Server) -> None:
    screen.go("")
    assert screen.cards() == headlines(server, "overview", CITY)
    told = command_line(server.root, "skill_promotions")
    exact = screen.page.locator(".ck-card .value").first.get_attribute("title")
    assert exact == f"{told['value']:,}{told['unit']}"
    assert said(server.root, "skill_promotions", CITY).split()[0] == f"{told['value']:,}"


def test_choosing_a_county_changes_figures_and_address_and_back_returns(
    screen: Screen, server: Server
) -> None:
    screen.go("")
    screen.choose("区县", COUNTY_NAME)
    screen.wait_for_cards(headlines(server, "overview", COUNTY))
    assert screen.query["district"] == COUNTY
    screen.page.go_back()
    screen.wait_for_cards(headlines(server, "overview", CITY))
    assert screen.query.get("district", CITY) == CITY
    assert screen.page.get_by_role("combobox", name="区县", exact=True).input_value().startswith("湖州市")
    screen.page.go_forward()
    screen.wait_for_cards(headlines(server, "overview", COUNTY))
    assert screen.faults == []


def test_a_town_and_a_period_are_chosen_step_by_step(screen: Screen, server: Server) -> None:
    screen.go(f"skills?district={COUNTY}")
    town = districts.children(COUNTY)[0]
    screen.choose("镇街", town.name)
    code = town.code
    screen.wait_for_cards(headlines(server, "skills", code))
    screen.choose("时段", "2023年5月")
    screen.wait_for_cards(headlines(server, "skills", code, "2023-05"))
    assert screen.query == {"district": code, "period": "2023-05"}


def test_a_breakdown_filters_the_figures(screen: Screen, server: Server) -> None:
    screen.go(f"unions?district={COUNTY}")
    screen.choose("新业态", "是")
    screen.until("() => new URLSearchParams(location.search).get('nef') === 'yes'")
    rows = command_line(server.root, "unions_new", "--district", COUNTY, "--by", "nef")["rows"]
    assert isinstance(rows, list)
    counted = {row["code"]: row["value"] for row in rows}["yes"]
    screen.until(
        "(text) => [...document.querySelectorAll('.ck-card')].some(card => "
        "card.querySelector('h3 span').textContent === '新建工会' && "
        "card.querySelector('.value b').textContent === text)",
        f"{counted:,}",
    )


def test_links_take_district_and_period_along(screen: Screen, server: Server) -> None:
    screen.go(f"?district={COUNTY}&period=2023-Q2")
    for path in [*[path for path, page in PAGES.items() if page.menu][1:], "overview"]:
        screen.page.get_by_role("link", name=PAGES[path].title).first.click()
        screen.until("(path) => location.pathname === path", "/" if path == "overview" else f"/{path}")
        screen.wait_for_cards(headlines(server, path, COUNTY, "2023-Q2") if PAGES[path].indicators else {})
        screen.painted()
        assert {name: screen.query.get(name) for name in ("district", "period")} == {
            "district": COUNTY,
            "period": "2023-Q2",
        }
    assert screen.faults == []


def test_a_district_in_the_ranking_leads_to_its_figures(screen: Screen, server: Server) -> None:
    screen.go("skills?period=2023-Q2")
    screen.tile("ranking").get_by_role("link", name=COUNTY_NAME).click()
    screen.wait_for_cards(headlines(server, "skills", COUNTY, "2023-Q2"))
    assert (screen.path, screen.query) == ("/skills", {"district": COUNTY, "period": "2023-Q2"})


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("?district=999999", "没有代码为“999999”的区划"),
        ("skills?period=2023-99", "2023-99"),
        ("unions?method=xyz", "“建会方式”没有“xyz”这个值"),
        ("stations?colour=red", "地址中的参数“colour”不认识"),
        ("handbook?district=%3Cscript%3Ealert(1)%3C/script%3E", "没有代码为"),
    ],
)
def test_an_address_that_means_nothing_is_answered_in_a_sentence(
    screen: Screen, server: Server, place: str, told: str
) -> None:
    screen.go(place)
    problem = screen.page.get_by_role("alert")
    assert told in problem.inner_text()
    assert screen.cards() == {}
    assert not any(word in screen.text() for word in ("Traceback", "Error", "Exception", ".py"))
    screen.page.get_by_role("link", name="回到总览").click()
    screen.wait_for_cards(headlines(server, "overview", CITY))
    assert screen.faults == []


def test_a_page_that_does_not_exist_says_so_and_leads_back(screen: Screen, server: Server) -> None:
    screen.page.goto(f"{server.url}/nothing-here?district={COUNTY}")
    assert "没有这个页面" in screen.page.get_by_role("alert").inner_text()
    screen.page.get_by_role("link", name="回到总览").click()
    screen.wait_for_cards(headlines(server, "overview", CITY))
