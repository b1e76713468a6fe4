"""Sending files in, in a real browser: judged, answered, published after a second look, withdrawn again."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from tests import intake_made as made
from tests.browser.screen import SMALL, Screen
from tests.browser.server import Server, running
from tests.uploading import J9, TITLE, contests

pytestmark = pytest.mark.browser
BUILT = 120_000  # milliseconds: a process starts, builds and publishes
ENGLISH = r"Drag|Browse|Upload|per file|Limit|Remove|Error|File must"


@pytest.fixture
def root(warehouse_root: Path, tmp_path: Path) -> Path:
    return shutil.copytree(warehouse_root, tmp_path / "data")


@pytest.fixture
def served(root: Path, tmp_path: Path) -> Iterator[Server]:
    with running(root, tmp_path / "server.log") as server:
        server.wait_until_healthy()
        yield server


def entries(screen: Screen) -> str:
    """德清县's 竞赛参赛人次 on the skills page."""
    screen.go("skills?district=330521&period=2023-Q2")
    return screen.cards()["竞赛参赛人次"]


def test_a_file_with_a_fault_is_answered_published_and_withdrawn(
    served: Server, chromium: Browser, tmp_path: Path
) -> None:
    bad = J9 | {"contest_id": "J10", "level": "镇级"}
    file = contests(tmp_path, J9 | {"entries": "40", "winners": "3"}, bad, name="六月竞赛.csv", title=TITLE)
    with Screen.opened(chromium, served.url) as screen:
        page = screen.page
        before = entries(screen)
        screen.go("intake?unit=330521")
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
        page.get_by_role("button", name="送去检查").click()
        verdict = screen.tile("verdict")
        expect(verdict).to_contain_text("确认发布", timeout=BUILT)
        expect(verdict.locator(".files tbody tr").first).to_contain_text("▲ 退回1行")
        expect(verdict.locator(".ck-table").last).to_contain_text("镇级")
        expect(verdict.locator(".effects .moves").first).to_contain_text("+40")
        with page.expect_download() as download:
            page.get_by_role("button", name="下载这份的退回表").click()
        assert "退回说明" in openpyxl.load_workbook(BytesIO(download.value.path().read_bytes())).sheetnames
        page.reload()
        expect(screen.tile("pendings")).to_contain_text("六月竞赛.csv")
        page.get_by_role("button", name="确认发布").click()
        page.get_by_role("button", name="确定，发布").click()
        expect(verdict).to_contain_text("已发布，版本", timeout=BUILT)
        expect(screen.tile("pendings")).to_contain_text("● 已发布")
        assert (before, entries(screen)) == ("20 人次", "60 人次")
        screen.go("batches?unit=330521&of=330521")
        page.get_by_role("link", name="六月竞赛.csv").click()
        page.get_by_role("button", name="撤回这一份").click()
        page.get_by_label("理由").fill("报早了，等县里盖章")
        page.get_by_role("button", name="确定，撤回这一份").click()
        expect(screen.tile("batch")).to_contain_text("已撤回，发布版本", timeout=BUILT)
        expect(screen.tile("batch")).to_contain_text("理由：报早了，等县里盖章")
        expect(screen.tile("log")).to_contain_text("撤回")
        assert entries(screen) == before
        assert screen.faults == []


def test_the_uploader_speaks_chinese_and_refuses_what_is_too_large(
    served: Server, chromium: Browser, tmp_path: Path
) -> None:
    """Its own words are out of sight: Streamlit has no others than English."""
    large = tmp_path / "很大的表.csv"
    with large.open("wb") as file:
        file.truncate(65 << 20)
    with Screen.opened(chromium, served.url) as screen:
        screen.go("intake?unit=330521")
        box = screen.page.get_by_test_id("stFileUploader")
        assert screen.page.evaluate(SEEN, ENGLISH) == []
        box.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(large)
        chip = box.get_by_test_id("stFileChip")
        expect(chip).to_have_attribute("aria-invalid", "true")
        told = "(one) => getComputedStyle(one, '::after').content"
        assert "每个不超过64MB" in chip.evaluate(told)
        chip.hover()
        assert screen.page.evaluate(SEEN, ENGLISH) == []
        expect(screen.page.get_by_role("button", name="送去检查")).to_be_disabled()


# Texts that match and can be seen: neither hidden nor without size.
SEEN = """(words) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const style = getComputedStyle(node.parentElement);
    const box = node.parentElement.getBoundingClientRect();
    const sized = parseFloat(style.fontSize) > 0 && box.width > 1 && box.height > 1;
    const seen = sized && style.visibility !== "hidden" && !node.parentElement.closest("script, style");
    if (seen && new RegExp(words).test(node.data)) found.push(node.data);
  }
  return found;
}"""


def test_thirty_files_with_long_names_stay_inside_the_screen(
    root: Path, served: Server, chromium: Browser
) -> None:
    long = "莫干山镇2023年第{:02d}周职业技能等级认定情况汇总表（第三次修改稿）（最终版）（盖章）.xlsx"
    files = [made.faulty(long.format(n), n) if n % 3 else made.refused(f"附件{n}.csv") for n in range(1, 31)]
    folder = made.pending(root, 1, files)
    with Screen.opened(chromium, served.url, SMALL) as screen:
        screen.go(f"intake?unit=330521&pending={folder.name}&file=29")
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert screen.page.evaluate(wide) == 0
        table = screen.tile("verdict").locator(".files")
        assert table.evaluate("(one) => one.scrollWidth - one.clientWidth") == 0
        expect(table.locator("tr").last).to_contain_text("30个文件")
        assert screen.faults == []
