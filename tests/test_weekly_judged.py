"""A pack is judged by a day of its own: the same week and version say the same whenever they are made."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cockpit import slices
from cockpit.shell import data
from cockpit.site import PAGES
from cockpit.warehouse import Info, Snapshot, Warehouse
from commands import weekly
from report import Refused, manifest, story
from report.capture import verdict
from report.week import chosen

DAY = date(2023, 6, 30)


def test_the_snapshot_of_a_run_takes_the_pack_s_day_for_today(
    warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path))
    monkeypatch.setattr(weekly, "_packs", lambda *given: asked.extend(given) or ([], {}))
    version = (warehouse_root / "published" / "current").read_text().strip()
    (tmp_path / "published").symlink_to(warehouse_root / "published")
    with weekly.pinned(version) as frozen:
        weekly._make(weekly.Order("2023-W25", [], [], None, None), frozen)
    snapshot = asked[2]
    snapshot.info = replace(snapshot.info, status="reported")
    assert snapshot.clock_date == DAY


def test_the_server_of_a_run_is_told_the_same_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Mapping[str, str]] = []
    monkeypatch.setattr(weekly.subprocess, "Popen", lambda *_, **given: started.append(given["env"]))
    monkeypatch.setattr(weekly.serve, "wait_until_healthy", lambda *_: "")
    monkeypatch.setattr(weekly.serve, "stop", lambda _: None)
    with weekly.server(tmp_path, DAY):
        monkeypatch.setenv("COCKPIT_TODAY", started[0]["COCKPIT_TODAY"])
        assert data.today() == DAY


def test_a_server_without_such_a_day_takes_the_clock_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COCKPIT_TODAY", raising=False)
    monkeypatch.setattr("cockpit.warehouse.today", lambda: date(2031, 2, 3))
    assert data.today() == date(2031, 2, 3)


def test_a_page_that_is_judged_by_another_day_is_not_pictured() -> None:
    page, info = PAGES["overview"], Info("v", datetime(2023, 7, 1), "reported", DAY, DAY, date(2021, 1, 1))
    slice = slices.parse({"period": "2023-W25"}, DAY)
    state = {"slice": "district=330500&period=2023-W25", "version": "v", "judged": "2023-09-01"}
    with pytest.raises(Refused, match="以2023-09-01为今天判断是否过期，这份周报以2023-06-30为准"):
        verdict.declared(page, {"state": state}, slice, info, DAY)


def test_the_manifest_tells_the_day(warehouse_root: Path) -> None:
    snapshot = Warehouse(warehouse_root).snapshot()
    told = story.read(snapshot, chosen("2023-W25", "330521102", snapshot.info))
    assert json.loads(manifest.build(told, {}, {}))["judged_on"] == "2023-06-30"


def test_lamps_of_reported_data_do_not_go_dark_when_a_pack_is_made_again_later(warehouse_root: Path) -> None:
    version = (warehouse_root / "published" / "current").read_text().strip()
    path = warehouse_root / "published" / f"cockpit-{version}.duckdb"

    def lamp(today: date) -> str:
        snapshot = Snapshot(path, lambda: today)
        snapshot.info = replace(snapshot.info, status="reported")
        found = story.read(snapshot, chosen("2023-W25", "330521", snapshot.info))
        return found.figures["skill_promotions"].week.lamp

    assert (lamp(DAY), lamp(date(2024, 1, 1))) == ("yellow", "grey")  # hence a day that does not move
