"""The examples under deploy/ call the command line as it is, and the kiosk does not call home."""

import re
import shutil
import subprocess
from pathlib import Path

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
