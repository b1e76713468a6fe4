"""The page 周报: what lies there can be downloaded as it lies there."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screen import Screen
from tests.browser.server import running

pytestmark = pytest.mark.browser
TOLD = {
    **{"week": "2023-W25", "district": "330521", "label": "德清县 · 2023年第25周"},
    **{"version": "20230630-0123456789", "data_date": "2023-06-30", "status": "demo"},
}


def test_a_pack_is_listed_with_its_marks_and_its_files_come_as_they_are(
    own_root: Path, chromium: Browser, tmp_path: Path
) -> None:
    folder = own_root / "reports" / "2023-W25" / "330521"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(TOLD, ensure_ascii=False), "utf-8")
    for name in ("周报.pptx", "周报.pdf", "数据.xlsx", "01-总览.png"):
        (folder / name).write_bytes(name.encode())
    with running(own_root, tmp_path / "server.log") as server:
        server.wait_until_healthy()
        with Screen.opened(chromium, server.url) as screen:
            screen.page.goto(f"{server.url}/weekly")
            listed = screen.page.get_by_text("德清县 · 2023年第25周 ｜ 数据截至2023-06-30")
            expect(listed).to_contain_text("版本20230630-0123456789 ｜ 演示数据")
            with screen.page.expect_download() as download:
                screen.page.get_by_role("button", name="周报.pptx").click()
            assert download.value.path().read_bytes() == "周报.pptx".encode()
    assert download.value.suggested_filename == "周报_330521_2023-W25.pptx"
