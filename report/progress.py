"""How far a pack is: a line on the terminal, and a small file for the page 周报."""

import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NAME = ".progress.json"


@dataclass
class Progress:
    """Steps of one run; `folder` is data/reports."""

    folder: Path
    total: int
    done: int = 0
    label: str = ""

    def step(self, words: str) -> None:
        """Say what is being done now."""
        self._tell("running", words)
        if sys.stderr.isatty():
            filled = 24 * self.done // max(self.total, 1)
            bar = "█" * filled + "░" * (24 - filled)
            print(
                f"\r\033[K{bar} {self.done}/{self.total} {self.label} {words}",
                end="",
                file=sys.stderr,
                flush=True,
            )
        else:
            print(f"{self.done}/{self.total} {self.label} {words}", file=sys.stderr, flush=True)
        self.done += 1

    def end(self, state: str, words: str) -> None:
        """state: done | failed; `words` is the last sentence."""
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        with suppress(OSError):  # on a disk that is full still; the command says it anyway
            self._tell(state, words)

    def _tell(self, state: str, words: str) -> None:
        told = {"state": state, "done": self.done, "total": self.total, "label": self.label, "words": words}
        fresh = self.folder / f"{NAME}.tmp"
        fresh.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        fresh.replace(self.folder / NAME)
