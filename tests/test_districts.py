"""The tree of districts against the committed list of divisions."""

import pytest

from cockpit import districts
from cockpit.districts import District, UnknownDistrict


def test_the_root_city_has_five_counties_and_seventy_two_towns() -> None:
    counties = districts.children("330500")
    root = districts.ROOT
    assert root == District("330500", "湖州市", "city", None)
    assert [c.name for c in counties] == ["吴兴区", "南浔区", "德清县", "长兴县", "安吉县"]
    assert [len(districts.children(c.code)) for c in counties] == [19, 10, 13, 15, 15]


def test_a_district_knows_its_level_and_parent() -> None:
    assert districts.get("330521") == District("330521", "德清县", "county", "330500")
    assert districts.get("330521102") == District("330521102", "新市镇", "town", "330521")
    assert districts.children("330521102") == []


def test_siblings_share_the_parent_and_the_root_stands_alone() -> None:
    siblings = [d.code for d in districts.siblings("330523")]
    assert siblings == ["330502", "330503", "330521", "330522", "330523"]
    assert len(districts.siblings("330521102")) == 13
    assert districts.siblings("330500") == [districts.ROOT]


def test_counties_of_a_district_are_those_whose_files_it_is_counted_from() -> None:
    assert len(districts.counties("330500")) == 5
    assert [d.code for d in districts.counties("330521")] == ["330521"]
    assert [d.code for d in districts.counties("330521102")] == ["330521"]


@pytest.mark.parametrize(
    ("code", "prefix"), [("330500", "3305"), ("330521", "330521"), ("330521102", "330521102")]
)
def test_the_prefix_is_what_all_towns_inside_begin_with(code: str, prefix: str) -> None:
    assert districts.prefix(code) == prefix


@pytest.mark.parametrize("code", ["", "3305", "330182", "330100", "330521999", "３３０５２１", "330521 "])
def test_a_code_outside_the_tree_is_refused_in_a_sentence(code: str) -> None:
    with pytest.raises(UnknownDistrict) as refused:
        districts.get(code)
    assert (
        str(refused.value) == f"没有代码为“{code}”的区划。请使用湖州市及所属区县（6位）、镇街（9位）的代码。"
    )
