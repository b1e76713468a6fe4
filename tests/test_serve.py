"""`run`: what stands before the server, and a real server that comes, answers and goes."""

import http.client
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from commands import ROOT, Stop, serve

SHELL = "import streamlit as st\nst.title('x')\n"
PURE = ("cockpit/personal.py", "cockpit/refusals.py")  # what the command line has of the cockpit
APP = """
import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.routing import Route

async def healthz(request):
    return PlainTextResponse("ok")

app = st.App("cockpit/shell.py", routes=[Route("/healthz", healthz)])
"""


BUILD = """
class BuildRefused(Exception): ...

build = None

def needs_build(root):
    return False
"""


class Refused(Exception):
    pass


@pytest.fixture
def etl_build(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A warehouse builder that always refuses."""

    def refuse(root: Path) -> None:
        raise Refused("德清县的工会数加不起来。")

    module = ModuleType("etl.build")
    module.__dict__.update(BuildRefused=Refused, build=refuse, needs_build=lambda root: True)
    monkeypatch.setitem(sys.modules, "etl.build", module)
    return module


def test_a_refused_build_keeps_the_old_version_on_screen(etl_build: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "current").write_text("20230630-0a\n")
    assert serve.publish(tmp_path) == "未成功：德清县的工会数加不起来。 继续提供旧版本 20230630-0a"


def test_a_refused_build_without_an_old_version_ends(etl_build: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(Stop, match="德清县的工会数加不起来") as stop:
        serve.publish(tmp_path)
    assert stop.value.code == 1


def test_nothing_is_built_when_nothing_is_new(etl_build: ModuleType, tmp_path: Path) -> None:
    etl_build.__dict__["needs_build"] = lambda root: False
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "current").write_text("v7")
    assert serve.publish(tmp_path) == "没有新数据，版本 v7"


def test_demonstration_files_come_only_where_there_is_no_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = ModuleType("etl.demo")
    demo.__dict__["write_inbox"] = lambda folder, seed, scale: [folder / f"{seed}-{scale}.csv"]
    monkeypatch.setitem(sys.modules, "etl.demo", demo)
    assert serve.fill_inbox(tmp_path) == "生成 1 个演示文件"
    (tmp_path / "store" / "union").mkdir(parents=True)
    (tmp_path / "store" / "union" / "000001-ab.parquet").write_text("")
    assert serve.fill_inbox(tmp_path) == "收件箱为空而库中已有数据，不生成"
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.xls").write_text("")
    assert serve.fill_inbox(tmp_path) == "已有 1 个文件，不另生成"


@pytest.fixture
def product(tmp_path: Path) -> Path:
    """A copy of the command line with a small server, one input file and a published version."""
    (tmp_path / "cockpit").mkdir()
    for name in ("manage.py", "requirements.txt", "commands", ".streamlit", *PURE):
        whole = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        whole(ROOT / name, tmp_path / name)
    files = {
        "app.py": APP,
        "cockpit/shell.py": SHELL,
        "etl/build.py": BUILD,
        "data/inbox/a.csv": "x",
        "data/published/current": "v1",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def start(product: Path, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "run", "--wall", "--port", str(port)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=product, stdout=pipe, stderr=pipe, text=True, env={**os.environ})


@pytest.fixture
def server(product: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    process = start(product, port)
    yield process, port
    process.terminate()
    process.communicate(timeout=20)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_run_prints_its_steps_answers_and_takes_the_server_along_when_it_ends(
    server: tuple[subprocess.Popen[str], int], number: signal.Signals
) -> None:
    process, port = server
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(6)]
    assert [line.split("：")[0] for line in lines[:4]] == ["环境", "演示收件箱", "建库", "启动"]
    assert all(line.endswith(" 秒）") for line in lines[:4])
    assert lines[4] == f"http://127.0.0.1:{port}"
    assert lines[5] == f"大屏：http://127.0.0.1:{port}/wall?seconds=30&name=大屏1"
    link = http.client.HTTPConnection("127.0.0.1", port)
    link.request("GET", "/healthz")
    assert link.getresponse().status == 200
    process.send_signal(number)
    assert process.wait(20) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_killed_run_takes_the_server_along(server: tuple[subprocess.Popen[str], int]) -> None:
    process, port = server
    assert process.stdout is not None and process.stderr is not None
    if not any(line.startswith("大屏") for line in process.stdout):
        pytest.fail(process.stderr.read())
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    handles = [os.pidfd_open(int(child)) for child in children]
    assert handles
    process.kill()
    for handle in handles:
        ended, _, _ = select.select([handle], [], [], 20)
        assert ended, "the server goes on"
        os.close(handle)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_server_that_dies_at_once_ends_with_one(product: Path) -> None:
    (product / "app.py").write_text(APP.replace("PlainTextResponse\n", "NoSuchResponse\n"))
    process = start(product, free_port())
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "服务启动后即退出" in told
