"""`test`: style, types and the whole suite, stopping at the first stage that fails."""

import os
import subprocess
import sys
import time

from commands import DONE, ROOT, environment, step

STAGES = ("ruff check .", "ruff format --check .", "mypy", "pytest")


def test(pytest_arguments: list[str]) -> int:
    """Exit code of the first stage that fails, or 0. Browser tests find Chromium in COCKPIT_CHROMIUM."""
    step("环境", environment.ensure, environment.DEVELOPMENT)
    settings = {**os.environ, "COCKPIT_CHROMIUM": environment.browser()}
    for stage in STAGES:
        command = [sys.executable, "-m", *stage.split(), *(pytest_arguments if stage == "pytest" else [])]
        started = time.perf_counter()
        code = subprocess.run(command, cwd=ROOT, env=settings).returncode
        verdict = "未通过" if code else "通过"
        print(f"{stage}：{verdict}（{time.perf_counter() - started:.1f} 秒）", flush=True)
        if code:
            return code
    return DONE
