"""The examples under deploy/ call the command line as it is, and the kiosk does not call home."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

import manage

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
CALL = re.compile(r"manage\.py (.+?)(?: 2>.*)?$")
CALLS = [
    (path.name, call.strip())
    for path in sorted(DEPLOY.iterdir())
    if path.suffix in {".service", ".cron"}
    for line in path.read_text("utf-8").splitlines()
    if not line.startswith("#")
    for call in CALL.findall(line)
]


def test_there_are_calls_to_look_at() -> None:
    assert {name for name, _ in CALLS} == {
        *("cockpit.service", "cockpit-weekly.service", "cockpit-backup.service", "cockpit.cron"),
    }


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_every_call_is_one_the_command_line_knows(name: str, call: str) -> None:
    _, rest = manage.command_line().parse_known_args(call.split())
    assert rest == []


def test_the_timer_rings_on_monday_half_past_seven_in_china() -> None:
    timer = (DEPLOY / "cockpit-weekly.timer").read_text("utf-8")
    assert "OnCalendar=Mon *-*-* 07:30:00 Asia/Shanghai\n" in timer
    cron = (DEPLOY / "cockpit.cron").read_text("utf-8")
    assert "CRON_TZ=Asia/Shanghai\n" in cron and "\n30 7 * * 1 " in cron


def test_a_wall_s_browser_begins_anew_every_night() -> None:
    timer = (DEPLOY / "cockpit-kiosk-restart.timer").read_text("utf-8")
    assert "OnCalendar=*-*-* 04:30:00 Asia/Shanghai\n" in timer
    assert "try-restart cockpit-kiosk.service" in (DEPLOY / "cockpit-kiosk-restart.service").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    "flag",
    [
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--disable-quic", "--no-first-run", "--disable-default-apps", "--kiosk"),
    ],
)
def test_the_kiosk_browser_does_not_call_home(flag: str) -> None:
    assert f"{flag} " in (DEPLOY / "cockpit-kiosk.service").read_text("utf-8")


def kiosk(word: str) -> str:
    """The first setting of this name in the kiosk's unit."""
    lines = (DEPLOY / "cockpit-kiosk.service").read_text("utf-8").splitlines()
    return next(line.removeprefix(f"{word}=") for line in lines if line.startswith(f"{word}="))


def test_the_kiosk_browser_finds_no_name_outside_and_the_server() -> None:
    unit = (DEPLOY / "cockpit-kiosk.service").read_text("utf-8")
    assert '"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"' in unit
    assert "--host-rules" not in unit


def test_every_kiosk_has_a_name_of_its_own() -> None:
    assert kiosk("Environment=COCKPIT_WALL").endswith("/wall?name=%H")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[int]]]:
    """The address of a server, and the status of each of its answers to come."""
    told: list[int] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(told.pop(0))
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield f"http://127.0.0.1:{server.server_port}/wall?name=a&seconds=5", told
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(shutil.which("curl") is None, reason="没有 curl")
@pytest.mark.parametrize("last", [200, 400])
def test_the_kiosk_waits_until_the_server_answers(
    answers: tuple[str, list[int]], last: int, tmp_path: Path
) -> None:
    """A wall address that is refused is shown: the page says why and loads itself again."""
    address, told = answers
    told += [502, 500, last, 200]
    (tmp_path / "sleep").symlink_to("/bin/true")
    waits = kiosk("ExecStartPre").removeprefix("/bin/sh -c '").removesuffix("'")
    script = waits.replace("%%", "%").replace("$$", "$")
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "COCKPIT_WALL": address}
    done = subprocess.run(["/bin/sh", "-c", script], env=env, timeout=30)
    assert (done.returncode, told) == (0, [200])
    assert kiosk("TimeoutStartSec") == "infinity"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="没有 systemd-analyze")
@pytest.mark.parametrize(
    "unit",
    [
        *("cockpit.service", "cockpit-weekly.service", "cockpit-backup.service"),
        *("cockpit-kiosk.service", "cockpit-kiosk-restart.service"),
    ],
)
def test_systemd_reads_the_units(unit: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / unit)], capture_output=True, text=True, env={"LANG": "C"}
    )
    faults = [line for line in done.stderr.splitlines() if unit in line and "is not executable" not in line]
    assert [line for line in faults if "Failed to" not in line] == []


@pytest.mark.skipif(shutil.which("nginx") is None, reason="没有 nginx")
def test_nginx_reads_its_example(tmp_path: Path) -> None:
    example = (DEPLOY / "nginx.conf").read_text("utf-8").replace("listen 80;", "listen 127.0.0.1:18080;")
    whole = tmp_path / "nginx.conf"
    frame = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off;"
    whole.write_text(frame + example + "}", "utf-8")
    done = subprocess.run(
        ["nginx", "-t", "-p", str(tmp_path), "-c", str(whole)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
