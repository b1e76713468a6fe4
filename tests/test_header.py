"""The header names the version and the day that are shown, and which version was pinned."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.shell import header
from cockpit.warehouse import Snapshot, Warehouse, today
from commands import ROOT


def html(at: AppTest) -> str:
    return "".join(element.proto.body for element in at.get("html"))


def wall() -> None:
    from cockpit import shell

    shell.screen("wall-skills")


def test_a_wall_marks_a_version_that_was_pinned_without_a_link(
    warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(warehouse_root / "published", tmp_path / "published")
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path))
    assert "已固定" not in html(AppTest.from_function(wall, default_timeout=20).run())
    pin = {"version": "20230630-older", "at": "2023-07-01T08:00:00", "by": "某工会", "reason": "有误"}
    (tmp_path / "published" / "pinned.json").write_text(json.dumps(pin), "utf-8")
    told = html(AppTest.from_function(wall, default_timeout=20).run())
    assert '<span class="chip late pinned">固定版本尚未生效</span>' in told
    assert "<a " not in told and "有误" not in told


@pytest.mark.parametrize(("pinned", "words"), [("", "已固定"), ("20230630-older", "固定版本尚未生效")])
def test_the_header_names_the_version_that_is_shown_whatever_is_pinned(
    warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pinned: str, words: str
) -> None:
    snapshot = Warehouse(warehouse_root).snapshot()
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path))
    (tmp_path / "published").mkdir()
    pin = {
        "version": pinned or snapshot.version,
        "at": "2023-07-01T08:00:00",
        "by": "某工会",
        "reason": "有误",
    }
    (tmp_path / "published" / "pinned.json").write_text(json.dumps(pin), "utf-8")
    told = header._data(snapshot, link=True)
    assert f">版本{snapshot.version}</small>" in told and f">{words}</a>" in told
    assert f'title="固定在版本{pin["version"]}：' in told


def reported(root: Path, today: date) -> Snapshot:
    version = (root / "published" / "current").read_text().strip()
    snapshot = Snapshot(root / "published" / f"cockpit-{version}.duckdb", lambda: today)
    snapshot.info = replace(snapshot.info, status="reported")
    return snapshot


def test_reported_data_is_marked_as_such_and_has_no_day_of_its_own(warehouse_root: Path) -> None:
    told = header._data(reported(warehouse_root, today()))
    assert '<span class="chip reported">上报数据</span>' in told
    assert "为今天" not in told and "演示" not in told


def test_a_server_that_takes_another_day_for_today_says_so_of_reported_data_too(warehouse_root: Path) -> None:
    told = header._data(reported(warehouse_root, date(2023, 7, 3)))
    assert '<span class="chip late">以2023-07-03为今天</span>' in told


def test_a_pack_s_pictures_tell_their_day_on_that_day_too(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the same pack made a day later would have other pictures."""
    monkeypatch.setenv("COCKPIT_TODAY", str(today()))
    assert f"以{today()}为今天" in header._data(reported(warehouse_root, today()))


def test_a_day_that_cannot_be_read_is_one_sentence_at_start() -> None:
    command, settings = [sys.executable, "-c", "import app"], {**os.environ, "COCKPIT_TODAY": "30.06.2023"}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)
    sentence = "环境变量 COCKPIT_TODAY 是“30.06.2023”，不是日期。请写成 2023-06-30，或删去它。"
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, sentence)
    assert "Traceback" not in done.stderr
