"""`manage.py etl …` in processes of their own: they outlive a tab, and the server if need be."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cockpit.districts import REFERENCE
from cockpit.intake.units import name

MANAGE = REFERENCE.parents[1] / "manage.py"
CRASHED = "这一步没有做完，原因已记入服务日志；做到哪里以本页显示的状态为准，请稍后重试，或联系管理员。"
LOG = "run.log"


@dataclass(frozen=True)
class Run:
    """A process that was started and what it prints."""

    process: subprocess.Popen[bytes]
    output: IO[bytes]

    @property
    def going(self) -> bool:
        return self.process.poll() is None

    @property
    def ok(self) -> bool:
        return self.process.poll() == 0

    @property
    def words(self) -> str:
        """Its sentences; a traceback is never shown."""
        self.output.seek(0)
        return sentences(self.output.read())


def sentences(printed: bytes) -> str:
    """What a process has to say to a viewer."""
    text = printed.decode("utf-8", "replace").strip()
    return CRASHED if "Traceback (most recent call last)" in text else text


def work(root: Path, verb: str, id: str, by: str) -> Run:
    """preview, accept or discard a pending; what is printed stays beside it. `by`: the unit's code."""
    log = (root / "pending" / id / LOG).open("w+b")
    return _started(root, ["etl", verb, id, "--by", name(by)], log)


def act(root: Path, verb: str, what: str, reason: str, by: str) -> Run:
    """withdraw or reinstate a batch (its seq), or rollback to a version."""
    words = ["etl", verb, what, f"--reason={reason}", "--by", name(by)]
    return _started(root, words, tempfile.TemporaryFile())


def template(root: Path, source: str, district: str) -> bytes:
    """The workbook to fill in, with the code lists of that district."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{source}.xlsx"
        words = ["etl", "template", source, "--district", district, "--out", str(path)]
        subprocess.run(_command(words), env=_settings(root), check=True, capture_output=True)
        return path.read_bytes()


def _command(words: list[str]) -> list[str]:
    return [sys.executable, str(MANAGE), *words]


def _settings(root: Path) -> dict[str, str]:
    return {**os.environ, "COCKPIT_DATA": str(root)}


def _started(root: Path, words: list[str], log: IO[bytes]) -> Run:
    process = subprocess.Popen(
        _command(words),
        env=_settings(root),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    return Run(process, log)
