"""`run`: environment, inbox, warehouse, server, in this order."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cockpit.refusals import reason
from commands import DONE, REFUSED, ROOT, USAGE, Stop, data_root, environment, step

SEED = 20230630
READY_SECONDS = 90
STOP_SECONDS = 8
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def run(host: str, port: int, wall: bool = False) -> int:
    check_port(host, port)
    step("环境", environment.ensure, environment.RUNTIME)
    step("演示收件箱", fill_inbox, data_root())
    step("建库", publish, data_root())
    return serve(host, port, wall)


def check_port(host: str, port: int) -> None:
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        raise Stop(
            USAGE, f"无法在 {host}:{port} 上启动：{reason(error)}，请用 --port 或 --host 换一个。"
        ) from error


def input_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix.lower() in {".xlsx", ".xls", ".csv"}]


def fill_inbox(root: Path) -> str:
    if count := len(input_files(root / "inbox")):
        return f"已有 {count} 个文件，不另生成"
    if any((root / "store").rglob("*.parquet")):
        return (
            "收件箱为空而库中已有数据，不生成"  # a cleared inbox must not mix demonstration into a real store
        )
    from etl.demo import write_inbox

    return f"生成 {len(write_inbox(root / 'inbox', SEED, 1))} 个演示文件"


def current_version(root: Path) -> str:
    pointer = root / "published" / "current"
    return pointer.read_text(encoding="utf-8", errors="replace").strip() if pointer.is_file() else ""


def publish(root: Path) -> str:
    """Build when inputs are newer. A refusal is fatal only where there is no older version to show."""
    from etl.build import BuildRefused, build, needs_build

    try:
        if (root / "published" / "pinned.json").is_file():
            return _held(root)
        if not needs_build(root):
            return f"没有新数据，版本 {current_version(root)}"
        return f"版本 {build(root).version}"
    except BuildRefused as refusal:
        if not (version := current_version(root)):
            raise Stop(REFUSED, f"建库未成功，也没有可用的旧版本：{refusal}") from refusal
        return f"未成功：{refusal} 继续提供旧版本 {version}"


def _held(root: Path) -> str:
    """Stay with the version that somebody went back to. New files wait until somebody publishes."""
    from etl import rollback
    from etl.snapshot import BuildRefused

    try:
        pin = rollback.hold(root)
    except rollback.Unknown as unknown:
        raise BuildRefused(str(unknown)) from unknown
    return f"按{pin.by}的回退（{pin.reason}）停留在版本 {pin.version}，运行 etl build 解除"


def serve(host: str, port: int, wall: bool) -> int:
    """Stay in the foreground until a signal; the server has its own session, so it is stopped once, by us."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    child = started(host, port)
    try:
        near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        step("启动", wait_until_healthy, child, near, port)
        address = f"http://{f'[{near}]' if ':' in near else near}:{port}"
        print(address, flush=True)
        if wall:
            print(f"大屏：{address}/wall?seconds=30&name=大屏1", flush=True)
        child.wait()
        raise Stop(REFUSED, "服务意外退出，原因见上面的输出。")
    except KeyboardInterrupt:
        return DONE
    finally:
        stop(child)


def started(host: str, port: int) -> subprocess.Popen[bytes]:
    place = ["--server.port", str(port), "--server.address", host]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *place]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "COCKPIT_DATA": str(data_root())},
        stdout=sys.stderr,
        start_new_session=True,
        preexec_fn=ends_with(os.getpid()),
    )


def ends_with(parent: int) -> Callable[[], None]:
    """For a child to run at its start: the kernel ends it with its parent, a killed one too."""

    def ask() -> None:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # died before it was asked
            os.kill(os.getpid(), signal.SIGKILL)

    return ask


def wait_until_healthy(child: subprocess.Popen[bytes], host: str, port: int) -> str:
    deadline = time.monotonic() + READY_SECONDS
    while reason := unhealthy(host, port):
        if child.poll() is not None:
            raise Stop(REFUSED, "服务启动后即退出，原因见上面的输出。")
        if time.monotonic() > deadline:
            raise Stop(REFUSED, f"{READY_SECONDS} 秒内未能就绪：{reason}")
        time.sleep(0.1)
    return "服务已就绪"


def unhealthy(host: str, port: int) -> str:
    """Empty when /healthz answers 200, else why not. http.client, as urllib would ask a proxy."""
    link = http.client.HTTPConnection(host, port, timeout=10)
    try:
        link.request("GET", "/healthz")
        reply = link.getresponse()
        return "" if reply.status == 200 else reply.read(500).decode(errors="replace") or str(reply.status)
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__
    finally:
        link.close()


def stop(child: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()  # an open browser tab may hold the server's orderly end
        child.wait()
