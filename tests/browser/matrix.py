"""Every wall screen at every size in every state, against the reference pictures and the rules for looks.

    python -m tests.browser.matrix [--write] [--to FOLDER] [--data FOLDER] [STATE | SIZE | SCREEN ...]

--write makes the reference pictures in golden/ anew: look at them before you keep them. With --to the
pictures go large to that folder and are compared with nothing, as a screen painted at another density looks
otherwise when made small. --data names demonstration data that are built already. Words narrow the matrix
down. Exit code 1 when anything is wrong.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from etl.build import build
from etl.demo import write_inbox
from tests.browser.looks import WIDTH, Wall, different, reference, save, smaller
from tests.browser.screen import FLAGS, Screen
from tests.browser.states import DENSITY, NAMES, SIZES, STATES, cut_off, served, shown

LARGE = 1600  # pixels


@dataclass(frozen=True)
class Asked:
    write: bool
    folder: Path | None
    data: Path | None
    words: frozenset[str]

    @property
    def density(self) -> float:
        return 1 if self.folder else DENSITY

    def narrowed(self, every: tuple[str, ...]) -> list[str]:
        return [one for one in every if one in self.words] or list(every)


def judged(wall: Wall, asked: Asked, name: str, screen: str, size: str) -> list[str]:
    """What is wrong with the picture on show, which is kept where asked."""
    whole, path = wall.shot(), reference(name, screen, size)
    if asked.folder:
        smaller(whole, LARGE).save(asked.folder / f"{name}-{screen}-{size}.png")
        return []
    if asked.write:
        save(smaller(whole, WIDTH), path)
    found = different(smaller(whole, WIDTH), path)
    return [f"not as it was: {found}"] if found else []


def looked_at(
    chromium: Browser, demo: Path, folder: Path, name: str, asked: Asked
) -> Iterator[tuple[str, str, list[str]]]:
    """(screen, size, what is wrong) in a state with a server."""
    with (
        served(demo, folder, name) as server,
        Screen.opened(chromium, server.url, density=asked.density) as tab,
    ):
        for screen in asked.narrowed(NAMES):
            for size in asked.narrowed(SIZES):
                wall, _ = shown(tab, server, name, screen, size)
                wrong = [*wall.faults(), *tab.faults, *tab.outside]
                yield screen, size, wrong + judged(wall, asked, name, screen, size)


def left_alone(
    chromium: Browser, demo: Path, folder: Path, asked: Asked
) -> Iterator[tuple[str, str, list[str]]]:
    """(screen, size, what is wrong) when the server has ended."""
    for size in asked.narrowed(SIZES):
        cases = [(screen, size) for screen in asked.narrowed(NAMES)]
        with served(demo, folder, "gone") as server, cut_off(chromium, server, cases) as walls:
            for wall, case in zip(walls, cases, strict=True):
                yield *case, judged(wall, asked, "gone", *case)


def run(chromium: Browser, demo: Path, folder: Path, asked: Asked) -> int:
    """Number of cases with something wrong; each case is printed."""
    bad = 0
    for name in asked.narrowed(tuple(STATES)):
        gone = STATES[name].gone
        cases = (
            left_alone(chromium, demo, folder, asked)
            if gone
            else looked_at(chromium, demo, folder, name, asked)
        )
        for screen, size, wrong in cases:
            bad += bool(wrong)
            print(f"{name} {screen} {size}: {wrong or 'ok'}", flush=True)
    return bad


def main(asked: Asked) -> int:
    path = os.environ.get("COCKPIT_CHROMIUM", "/usr/bin/chromium")
    if asked.folder:
        asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        demo, folder = asked.data or Path(work) / "demo", Path(work)
        if not asked.data:
            write_inbox(demo / "inbox")
            build(demo)
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        bad = run(chromium, demo, folder, asked)
        chromium.close()
    print(f"{bad} of the pictures are wrong" if bad else "all as they should be")
    return 1 if bad else 0


def asked_for(arguments: list[str]) -> Asked:
    parser = argparse.ArgumentParser(prog="tests.browser.matrix")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--write", action="store_true")
    kept.add_argument("--to", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("words", nargs="*")
    given = parser.parse_args(arguments)
    words = frozenset(given.words)
    if unknown := words - {*STATES, *SIZES, *NAMES}:
        parser.error(f"no state, size or screen: {', '.join(sorted(unknown))}")
    return Asked(given.write, given.to, given.data, words)


if __name__ == "__main__":
    sys.exit(main(asked_for(sys.argv[1:])))
