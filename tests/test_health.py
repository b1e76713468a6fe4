"""/healthz says whether a viewer can be served, and why not."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from starlette.requests import Request

from cockpit.shell import health


@pytest.fixture(autouse=True)
def forget_renders() -> Iterator[None]:
    health._failed.clear()
    yield
    health._failed.clear()


def answer() -> tuple[int, dict]:
    reply = asyncio.run(health.endpoint(Request({"type": "http"})))
    assert reply.headers["cache-control"] == "no-store"
    return reply.status_code, json.loads(bytes(reply.body))


def copied(warehouse_root: Path, tmp_path: Path) -> Path:
    shutil.copytree(warehouse_root / "published", tmp_path / "published")
    return tmp_path


def test_it_is_well_when_a_version_answers(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(warehouse_root))
    version = (warehouse_root / "published" / "current").read_text().strip()
    assert answer() == (
        200,
        {"ok": True, "version": version, "status": "demo", "data_date": "2023-06-30"},
    )


def test_without_data_it_says_how_to_get_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path))
    code, told = answer()
    assert code == 503
    assert told["ok"] is False
    assert told["reason"].startswith("还没有发布过数据。")


def test_a_pointer_to_nothing_is_told(
    warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copied(warehouse_root, tmp_path)
    (root / "published" / "current").write_text("20230630-ffffffffff")
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    code, told = answer()
    assert (code, told["ok"]) == (200, True)  # the version kept is served
    assert told["troubles"][0].startswith("数据版本 20230630-ffffffffff 文件不在了，现在显示的是完好的版本")


def test_a_file_that_is_no_warehouse_is_told(
    warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copied(warehouse_root, tmp_path)
    version = (root / "published" / "current").read_text().strip()
    (root / "published" / f"cockpit-{version}.duckdb").write_bytes(b"torn" * 4096)
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    assert answer()[0] == 503


def test_a_warehouse_without_districts_is_told(
    warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copied(warehouse_root, tmp_path)
    version = (root / "published" / "current").read_text().strip()
    (root / "published" / f"cockpit-{version}.json").unlink()
    with duckdb.connect(str(root / "published" / f"cockpit-{version}.duckdb")) as con:
        con.execute("DELETE FROM dim_division")
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    assert answer() == (503, {"ok": False, "reason": "数据仓库中没有区划，请重新建库。"})


def test_a_page_that_failed_is_told_until_it_comes_through(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(warehouse_root))
    health.failed("skills")
    health.failed("unions")
    assert answer() == (
        503,
        {"ok": False, "reason": "最近一次打开“技能提升、工会组建”页面时出错，原因见服务日志。"},
    )
    health.rendered("skills")
    assert "技能提升" not in answer()[1]["reason"]
    health.rendered("unions")
    assert answer()[0] == 200


def test_a_failed_page_that_nobody_opens_again_is_forgotten(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(warehouse_root))
    now = 1000.0
    monkeypatch.setattr(health.time, "monotonic", lambda: now)
    health.failed("skills", "cards")
    now += health.FORGET - 1
    assert answer()[0] == 503
    now += 1
    assert answer()[0] == 200
