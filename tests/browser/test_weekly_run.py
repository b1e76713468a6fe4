"""The whole command on demonstration data, with a server and a Chromium of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pptx import Presentation

from commands import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "weekly", "--pages", "overview", "stations", *arguments]
    settings = {**os.environ, "COCKPIT_DATA": str(root)}
    return subprocess.Popen(
        command, cwd=ROOT, env=settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def finished(run: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = run.communicate(timeout=180)
    return run.returncode, out, err


def contents(root: Path) -> dict[str, bytes]:
    folder = root / "reports" / "2023-W25" / "330500"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_week_made_twice_gives_the_same_files_pictures_included(own_root: Path) -> None:
    code, out, err = finished(start(own_root))
    assert code == 0, err
    first = contents(own_root)
    assert out.strip().endswith("2023-W25/330500")
    told = json.loads(first["manifest.json"])
    assert set(told["files"]) == {"周报.pptx", "周报.pdf", "数据.xlsx", "01-总览.png", "02-户外站点.png"}
    assert set(told["tiles"]["stations"].values()) <= {"ready", "empty"}
    code, _, err = finished(start(own_root, "--version", told["version"]))
    assert code == 0, err
    assert [name for name, content in contents(own_root).items() if content != first[name]] == []
    maps = Presentation(str(own_root / "reports/2023-W25/330500/周报.pptx")).slides[6]
    assert len([shape for shape in maps.shapes if shape.shape_type == 13]) == 2


def progress(root: Path) -> str:
    path = root / "reports" / ".progress.json"
    return json.loads(path.read_text("utf-8"))["words"] if path.exists() else ""


def children(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").iterdir():
        yield from map(int, (task / "children").read_text().split())


def test_a_server_killed_half_way_is_refused_and_leaves_nothing_half(own_root: Path) -> None:
    run = start(own_root)
    while "拍摄" not in progress(own_root):
        assert run.poll() is None
        time.sleep(0.05)
    commands = {child: Path(f"/proc/{child}/cmdline").read_text() for child in children(run.pid)}
    [server] = [child for child, command in commands.items() if "streamlit" in command]
    os.kill(server, signal.SIGKILL)
    code, _, err = finished(run)
    assert code == 1
    assert "时服务没有应答，或浏览器已退出" in err and "原有的周报没有变动。" in err
    assert {path.name for path in (own_root / "reports").iterdir()} == {".lock", ".progress.json"}
