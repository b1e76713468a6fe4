"""One pack: read, photograph, write, check, move into place. Any fault stops it and leaves the old pack."""

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

from cockpit.site import PAGES, Page
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot
from report import deck, manifest, place, sheet, story, workbook
from report.capture import Shot
from report.progress import Progress
from report.week import Scope

MAP_TILE = "map"
STEPS = 4  # beside one per page


class Eye(Protocol):
    """What takes pictures: report.capture.Camera."""

    def ahead(self, page: Page, slice: Slice) -> None: ...

    def shoot(self, page: Page, slice: Slice, cut: str = "") -> Shot: ...


def pictured() -> list[str]:
    """The pages that a pack can show: those that show figures of a slice."""
    return [path for path, page in PAGES.items() if page.indicators]


def make(
    root: Path, snapshot: Snapshot, scope: Scope, pages: Sequence[str], eye: Eye, progress: Progress
) -> Path:
    """Write data/reports/<week>/<district>/ and return it. The caller holds place.lock.

    Raises:
        Refused: something cannot be vouched for; the previous pack is as it was.
    """
    with place.staged(root, scope.code, scope.week.district.code) as folder:
        progress.step("读取指标")
        told = story.read(snapshot, scope)
        shots = _shots(eye, [PAGES[path] for path in pages], scope, progress)
        files = _documents(told, shots, progress)
        pictures = (
            (f"{n:02d}-{PAGES[p].title}.png", shot.png) for n, (p, shot) in enumerate(shots.items(), 1)
        )
        files |= dict(pictures)
        progress.step("写入")
        files[manifest.NAME] = manifest.build(told, files, {path: shot.tiles for path, shot in shots.items()})
        for name, content in files.items():
            (folder / name).write_bytes(content)
    return place.reports(root) / scope.code / scope.week.district.code


def _shots(eye: Eye, pages: Sequence[Page], scope: Scope, progress: Progress) -> dict[str, Shot]:
    """By page path; while one page is pictured the next one loads."""
    shots = {}
    for page, following in zip_longest(pages, pages[1:]):
        progress.step(f"拍摄 {page.title}")
        if following:
            eye.ahead(following, scope.week)
        has_map = any(tile.id == MAP_TILE for tile in page.tiles)
        shots[page.path] = eye.shoot(page, scope.week, MAP_TILE if has_map else "")
    return shots


def _documents(told: story.Story, shots: dict[str, Shot], progress: Progress) -> dict[str, bytes]:
    maps = {path: shot.cuts[MAP_TILE] for path, shot in shots.items() if shot.cuts}
    progress.step("周报.pptx")
    files = {"周报.pptx": deck.build(told, maps)}
    progress.step("周报.pdf 与 数据.xlsx")
    return files | {"周报.pdf": sheet.build(told), "数据.xlsx": workbook.build(told)}
