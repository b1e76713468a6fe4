"""The packages and the browser: makes `.venv` from a lock with hashes. Standard library only."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

from commands import REFUSED, ROOT, Stop

VENV = ROOT / ".venv"
RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def ensure(lock: Path) -> str:
    """Return in an interpreter that has the packages of `lock`: this one, or .venv's after a restart.

    The stamp beside the packages holds the lock's hash: while both agree, nothing is installed again.
    """
    inside = Path(sys.prefix).resolve() == VENV
    stamp = VENV / f"{lock.stem}.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    current = stamp.is_file() and stamp.read_text(encoding="utf-8") == digest
    if (inside and current) or (not inside and installed(lock)):
        return "已就绪"
    if not current:
        install(lock)
        stamp.write_text(digest, encoding="utf-8")
    python = str(VENV / "bin" / "python")
    os.execv(python, [python, str(ROOT / "manage.py"), *sys.argv[1:]])


def installed(lock: Path) -> bool:
    """Whether the running interpreter has every unconditional pin of `lock`, at that version."""
    pins = re.findall(r"^([\w.-]+)==([\w.]+) \\$", lock.read_text(encoding="utf-8"), re.MULTILINE)
    try:
        return all(metadata.version(name) == version for name, version in pins)
    except metadata.PackageNotFoundError:
        return False


def install(lock: Path) -> None:
    started = time.perf_counter()
    print(f"正在按 {lock.name} 准备 .venv，首次约需一分钟……", flush=True, file=sys.stderr)
    python = VENV / "bin" / "python"
    if not python.exists():
        make_venv()
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run([*pip, "-r", str(lock)], capture_output=True, text=True)
    if done.returncode:
        raise Stop(REFUSED, f"安装依赖未成功，请检查 pip 的软件源设置。pip 的说明：\n{done.stderr[-1500:]}")
    print(f"依赖安装完成（{time.perf_counter() - started:.1f} 秒）", flush=True, file=sys.stderr)


def make_venv() -> None:
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(make, capture_output=True).returncode:
        apt_install("python3-venv")
        if subprocess.run(make, capture_output=True).returncode:
            raise Stop(
                REFUSED, "无法建立 .venv：请管理员先安装 python3-venv（apt-get install python3-venv）。"
            )


def apt_install(package: str) -> None:
    """Try the system's packages where this user may; the caller looks whether it came."""
    apt = ["apt-get"] if os.geteuid() == 0 else ["sudo", "-n", "apt-get"]
    if all(map(shutil.which, {apt[0], "apt-get"})):
        subprocess.run([*apt, "update", "-qq"], stdout=sys.stderr)
        subprocess.run([*apt, "install", "-y", "-qq", "--no-install-recommends", package], stdout=sys.stderr)


def browser() -> str:
    """Path of the system's Chromium, installed where it is missing and this user may."""
    if not (path := find_browser()):
        apt_install("chromium")
        path = find_browser()
    if not path:
        raise Stop(REFUSED, "缺少 Chromium：请管理员运行 apt-get install chromium 后再试。")
    return path


def find_browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)
