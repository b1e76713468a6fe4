"""`test`: style, types and the whole suite, stopping at the first stage that fails.

The suite runs in as many processes as there are cores, at most four. A file's tests stay in one process and
in their order, so that what they share is made once; browser files come last.
"""

import os
import subprocess
import sys
import time

from commands import DONE, ROOT, environment, step

IN_PARALLEL = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder")
STAGES = {"ruff check .": (), "ruff format --check .": (), "mypy": (), "pytest": IN_PARALLEL}


def test(pytest_arguments: list[str]) -> int:
    """Exit code of the first stage that fails, or 0. Browser tests find Chromium in COCKPIT_CHROMIUM."""
    step("环境", environment.ensure, environment.DEVELOPMENT)
    settings = {**os.environ, "COCKPIT_CHROMIUM": environment.browser()}
    for stage, options in STAGES.items():
        more = pytest_arguments if stage == "pytest" else []
        command = [sys.executable, "-m", *stage.split(), *options, *more]
        started = time.perf_counter()
        code = subprocess.run(command, cwd=ROOT, env=settings).returncode
        verdict = "未通过" if code else "通过"
        print(f"{stage}：{verdict}（{time.perf_counter() - started:.1f} 秒）", flush=True)
        if code:
            return code
    return DONE
