"""The list of pages is complete and names only what the catalogue has."""

from pathlib import Path

import pytest

from cockpit.indicators import BREAKDOWNS, CATALOGUE
from cockpit.site import PAGES, Page

ROOT = Path(__file__).parents[1]


def test_every_indicator_of_the_catalogue_is_on_some_page():
    shown = {key for page in PAGES.values() for key in page.shown()}
    assert shown == set(CATALOGUE)


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda p: p.path)
def test_page_names_only_known_breakdowns_and_eight_headlines_at_most(page: Page):
    assert set(page.filters) <= set(BREAKDOWNS)
    assert len(page.indicators) <= 8


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda p: p.path)
def test_tile_names_are_unique_on_their_page(page: Page):
    ids = [tile.id for tile in page.tiles]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda p: p.path)
def test_every_filter_splits_an_indicator_of_its_page(page: Page):
    offered = {b for key in page.shown() for b in CATALOGUE[key].breakdowns}
    assert set(page.filters) <= offered


def test_every_page_has_its_file_and_every_file_its_page():
    files = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert files == set(PAGES)


def test_theme_pages_headline_their_own_theme():
    for theme in ("skills", "bargaining", "unions", "stations"):
        assert {CATALOGUE[key].theme for key in PAGES[theme].indicators} == {theme}
