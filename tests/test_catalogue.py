"""The catalogue against the snapshot it is counted from and the sources it names."""

from collections import Counter
from pathlib import Path

import pytest

from cockpit import indicators
from cockpit.indicators import BREAKDOWNS, CATALOGUE, THEMES, Indicator, UnknownIndicator
from cockpit.labels import IN_MART, LABELS, WORDS
from cockpit.warehouse import Snapshot, Warehouse, terms
from etl.sources import SOURCES

ALL = list(CATALOGUE.values())
ISSUED = {
    "skills": "skill_promotions skill_promoted_persons new_skill_certs high_skill_share training_sessions "
    "training_attendances contest_events contest_entries contest_promotion_rate",
    "bargaining": "wage_contracts_in_force enterprises_covered wage_bargain_rate wage_bargain_worker_rate "
    "nengji_contracts nengji_enterprises nengji_workers nengji_above_scale_rate contracts_expiring_90d "
    "contract_renewal_rate bargain_step_on_time",
    "unions": "unions unions_new units_covered union_rate_100 union_rate_25 union_rate_above_scale members "
    "members_new members_net nef_members_new clearance_rate",
    "stations": "stations_open stations_new benchmark_share h24_share benchmark_per_town eight_have_rate "
    "mapped_rate station_visits stations_per_10k_workers",
}


@pytest.fixture(scope="module")
def snapshot(warehouse_root: Path) -> Snapshot:
    return Warehouse(warehouse_root).snapshot()


@pytest.mark.parametrize(("theme", "keys"), ISSUED.items())
def test_the_promised_indicators_are_there(theme: str, keys: str) -> None:
    assert set(keys.split()) <= {i.key for i in ALL if i.theme == theme}


def test_keys_and_names_are_unique() -> None:
    assert [key for key, indicator in CATALOGUE.items() if key != indicator.key] == []
    assert [name for name, count in Counter(i.name for i in ALL).items() if count > 1] == []
    assert len({i.key for i in ALL}) == len(ALL)


@pytest.mark.parametrize("indicator", ALL, ids=lambda i: i.key)
def test_every_term_and_breakdown_is_a_column_of_its_marts(indicator: Indicator, snapshot: Snapshot) -> None:
    for term in terms(indicator):
        assert {"day", "town", term.column, *indicator.breakdowns} <= set(
            snapshot.columns[f"mart_{term.mart}"]
        )
        assert {"town", term.column, *indicator.breakdowns} <= set(snapshot.columns[f"fact_{term.mart}"])


@pytest.mark.parametrize("indicator", ALL, ids=lambda i: i.key)
def test_every_indicator_tells_what_it_is(indicator: Indicator) -> None:
    assert indicator.theme in THEMES
    assert indicator.definition.endswith("。") and indicator.formula and indicator.unit
    assert set(indicator.breakdowns) <= set(BREAKDOWNS)
    assert indicator.sources and set(indicator.sources) <= set(SOURCES)
    assert indicator.only_by in ("", *indicator.breakdowns)
    assert (indicator.unit == "%") == (indicator.is_ratio and indicator.scale == 100)


def test_an_interval_is_never_summed_over_days(snapshot: Snapshot) -> None:
    flows = [term for i in ALL if i.rule != "stock" for term in terms(i)]
    assert [term for term in flows if "from_on" in snapshot.columns[f"fact_{term.mart}"]] == []


def test_what_is_neither_good_nor_bad_is_not_ranked() -> None:
    neutral = {i.key for i in ALL if i.direction != "up"}
    assert neutral == {i.key for i in ALL if not i.ranked}
    assert neutral == {
        *("contest_promotion_rate", "contracts_expiring_90d", "bargain_stages"),
        *("clearance_baseline", "clearance_closed", "clearance_added"),
    }


def test_an_unknown_key_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownIndicator, match="没有名为“unoins”的指标。可用的指标：skill_promotions、"):
        indicators.get("unoins")


def test_every_column_of_a_fact_is_a_measure_or_has_a_chinese_name(snapshot: Snapshot) -> None:
    unnamed = {
        (table, column)
        for table, columns in snapshot.columns.items()
        if table.startswith("fact_")
        for column in columns
        if column not in LABELS and column not in snapshot.columns[table.replace("fact_", "mart_")]
    }
    assert unnamed == set()
    assert [column for columns in snapshot.columns.values() for column in columns if "person" in column] == [
        "promoted_persons",
        "promoted_persons",
    ]


def test_columns_are_named_as_staff_know_them() -> None:
    known: dict[str, set[str]] = {}
    for source in SOURCES.values():
        for column in source.columns:
            known.setdefault(column.key, set()).add(column.label)
    named = [(key, name) for key, name in LABELS.items() if key not in BREAKDOWNS]
    named += [(key, name) for (mart, key), name in IN_MART.items() if mart != "division"]
    assert [(key, name) for key, name in named if key in known and name not in known[key]] == []


def test_every_code_in_the_facts_has_a_word(snapshot: Snapshot) -> None:
    silent = {"close_reason": {"none"}}
    for table in (name for name in snapshot.columns if name.startswith("fact_")):
        for column in set(snapshot.columns[table]) & set(WORDS):
            found = snapshot.rows(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
            codes = {code for (cell,) in found for code in cell.split(";")}
            assert codes - set(WORDS[column]) <= silent.get(column, set()), (table, column)
