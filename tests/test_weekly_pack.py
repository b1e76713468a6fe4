"""A pack is moved into place whole or not at all; the previous one stays as it was."""

import errno
import hashlib
import io
import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from cockpit import packs
from cockpit.site import Page
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot, Warehouse
from report import Refused, manifest, pack, place
from report.capture import Shot
from report.progress import Progress
from report.week import chosen

PAGES = ["overview", "skills"]
DOCUMENTS = {"周报.pptx", "周报.pdf", "数据.xlsx", "manifest.json"}


def picture(colour: tuple[int, int, int]) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(made, "PNG")
    return made.getvalue()


@dataclass
class Eye:
    """A camera that needs no browser; `fails_at` names a page it refuses."""

    fails_at: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    loading: list[str] = field(default_factory=list)

    def ahead(self, page: Page, slice: Slice) -> None:
        self.loading.append(page.path)

    def shoot(self, page: Page, slice: Slice, cut: str = "") -> Shot:
        self.asked.append((page.path, slice.query()))
        if page.path == self.fails_at:
            raise Refused(f"“{page.title}”页的“某图”失败，不能拍摄。")
        cuts = {cut: picture((90, 20, 20))} if cut else {}
        return Shot(picture((20, 90, 160)), {tile.id: "ready" for tile in page.tiles}, cuts)


@pytest.fixture(scope="module")
def snapshot(warehouse_root: Path) -> Snapshot:
    return Warehouse(warehouse_root).snapshot()


def make(root: Path, snapshot: Snapshot, eye: Eye | None = None, district: str = "330521") -> Path:
    scope = chosen("2023-W25", district, snapshot.info)
    with place.lock(root):
        progress = Progress(place.reports(root), 10)
        return pack.make(root, snapshot, scope, PAGES, eye or Eye(), progress)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def left_over(root: Path) -> set[str]:
    return {path.name for path in place.reports(root).iterdir()} - {".lock", ".progress.json", "2023-W25"}


def test_a_pack_has_its_documents_its_pictures_and_a_manifest(tmp_path: Path, snapshot: Snapshot) -> None:
    eye = Eye()
    folder = make(tmp_path, snapshot, eye)
    assert folder == tmp_path / "reports" / "2023-W25" / "330521"
    assert set(contents(folder)) == DOCUMENTS | {"01-总览.png", "02-技能提升.png"}
    assert eye.loading == PAGES[1:]
    assert eye.asked == [(page, {"district": "330521", "period": "2023-W25"}) for page in PAGES]
    assert left_over(tmp_path) == set()


def test_the_manifest_tells_version_slice_definitions_tiles_and_the_hash_of_every_file(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    files = contents(make(tmp_path, snapshot))
    told = json.loads(files.pop("manifest.json"))
    assert told["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert told["version"] == snapshot.version
    assert told["slice"] == {"district": "330521", "period": "2023-W25"}
    assert told["to_date"] == {"district": "330521", "period": "2023-01-01..2023-06-25"}
    assert set(told["tiles"]) == set(PAGES) and set(told["tiles"]["overview"].values()) == {"ready"}
    assert len(told["definitions"]["sha256"]) == 64


def test_the_same_week_and_version_twice_gives_the_same_files(tmp_path: Path, snapshot: Snapshot) -> None:
    first = contents(make(tmp_path / "a", snapshot))
    assert contents(make(tmp_path / "b", snapshot)) == first


def test_a_refusal_half_way_leaves_the_previous_pack_and_nothing_half(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    folder = make(tmp_path, snapshot)
    before = contents(folder)
    with pytest.raises(Refused, match="“技能提升”页的“某图”失败"):
        make(tmp_path, snapshot, Eye(fails_at="skills"))
    assert contents(folder) == before
    assert left_over(tmp_path) == set()


def test_a_first_pack_refused_leaves_no_folder(tmp_path: Path, snapshot: Snapshot) -> None:
    with pytest.raises(Refused):
        make(tmp_path, snapshot, Eye(fails_at="skills"))
    assert list(place.reports(tmp_path).glob("*/*")) == []


def test_a_full_disk_is_refused_with_its_own_sentence(tmp_path: Path, snapshot: Snapshot) -> None:
    folder = make(tmp_path, snapshot)
    before = contents(folder)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, limit[1]))
    try:
        with pytest.raises(Refused, match="磁盘空间不足，周报没有写完"):
            make(tmp_path, snapshot)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert contents(folder) == before
    assert left_over(tmp_path) == set()


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path, snapshot: Snapshot) -> None:
    with place.lock(tmp_path), pytest.raises(Refused, match="另一份周报正在制作"):
        make(tmp_path, snapshot)


def test_what_a_killed_run_left_is_swept_and_a_pack_set_aside_comes_back(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    folder = make(tmp_path, snapshot)
    before = contents(folder)
    aside = tmp_path / "reports" / place.ASIDE / "2023-W25" / "330521"
    aside.parent.mkdir(parents=True)
    folder.rename(aside)  # killed between the two renames of a swap
    (tmp_path / "reports" / place.STAGING).mkdir()
    (tmp_path / "reports" / place.STAGING / "周报.pptx").write_bytes(b"half")
    with place.lock(tmp_path):
        assert contents(folder) == before
    assert left_over(tmp_path) == set()


KILLED = """
import os, sys
from pathlib import Path
from report import place
root = Path(sys.argv[1])
with place.lock(root), place.staged(root, "2023-W25", "330521") as folder:
    (folder / "周报.pptx").write_bytes(b"half")
    os.kill(os.getpid(), 9)
"""


def test_a_run_killed_outright_leaves_the_previous_pack(tmp_path: Path, snapshot: Snapshot) -> None:
    folder = make(tmp_path, snapshot)
    before = contents(folder)
    assert subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)]).returncode == -9
    assert contents(folder) == before
    assert make(tmp_path, snapshot) == folder and left_over(tmp_path) == set()


def test_packs_are_listed_newest_week_first_and_a_folder_without_manifest_is_none(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    make(tmp_path, snapshot)
    make(tmp_path, snapshot, district="330500")
    (tmp_path / "reports" / "2023-W26" / "330500").mkdir(parents=True)
    found = packs.packs(tmp_path)
    assert [(one.told["week"], one.told["district"]) for one in found] == [
        ("2023-W25", "330500"),
        ("2023-W25", "330521"),
    ]


def test_a_run_is_told_by_its_lock_and_a_vanished_one_as_broken(tmp_path: Path) -> None:
    assert packs.run(tmp_path).state == "none"
    with place.lock(tmp_path):
        progress = Progress(place.reports(tmp_path), 7, label="湖州市")
        progress.step("读取指标")
        progress.step("拍摄 总览")
        assert packs.run(tmp_path) == packs.Run("running", 1, 7, "湖州市 拍摄 总览")
    assert packs.run(tmp_path).state == "broken"
    progress.end("done", "已做好1份周报。")
    assert packs.run(tmp_path) == packs.Run("done", words="湖州市 已做好1份周报。")


def asked(root: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> packs.Asked:
    command = root / "manage.py"
    command.write_text(script, "utf-8")
    monkeypatch.setattr(packs, "MANAGE", command)
    run = packs.start(root, "330521")
    run.process.wait()
    return run


def test_a_run_asked_for_is_the_command_itself_on_the_same_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "import os, sys; print(sys.argv[1:], os.environ['COCKPIT_DATA'])"
    run = asked(tmp_path, monkeypatch, script)
    assert run.log.read_text("utf-8") == f"['weekly', '--district', '330521'] {tmp_path}\n"
    assert (run.going, run.refusal()) == (False, "")


def test_a_run_that_did_not_even_begin_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = asked(tmp_path, monkeypatch, "import sys; print('一'); sys.exit('缺少 Chromium。')")
    assert refused.refusal() == "缺少 Chromium。"
    assert asked(tmp_path, monkeypatch, "import sys; sys.exit(1)").refusal() == "没有说明原因"


def test_logs_go_after_a_day_and_not_before_the_page_could_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, recent = (asked(tmp_path, monkeypatch, "") for _ in range(2))
    os.utime(old.log, (0, 0))
    last = asked(tmp_path, monkeypatch, "")
    assert set((tmp_path / "reports").glob(packs.LOGS)) == {recent.log, last.log}


def test_a_pack_that_cannot_be_put_in_place_leaves_the_previous_one_standing(
    tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path, snapshot)
    before, rename = contents(folder), Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.name == place.STAGING:
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(Refused, match="磁盘空间不足"):
        make(tmp_path, snapshot)
    assert contents(folder) == before


@pytest.mark.parametrize("returns", [True, False])
def test_a_pack_that_vanishes_while_looked_at_is_looked_at_again_or_left_out(
    tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, returns: bool
) -> None:
    """As while a new pack takes its place: listed, gone, and there again a moment later."""
    folder = make(tmp_path, snapshot)
    aside = tmp_path / "aside"
    looked, read = [], Path.read_text

    def gone(self: Path, *given: str) -> str:
        looked.append(self)
        if len(looked) == 1:
            folder.rename(aside)
        elif returns and not folder.exists():
            aside.rename(folder)
        return read(self, *given)

    monkeypatch.setattr(Path, "read_text", gone)
    monkeypatch.setattr(packs.time, "sleep", lambda _: returns and aside.exists() and aside.rename(folder))
    assert [one.folder for one in packs.packs(tmp_path)] == ([folder] if returns else [])


def test_the_definitions_hash_tells_how_figures_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = tmp_path / "etl" / "sql" / "10_mart.sql"
    counted.parent.mkdir(parents=True)
    for name in ("lamps.toml", "site.toml"):
        (tmp_path / "data" / "reference").mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / "reference" / name).touch()
    monkeypatch.setattr(manifest, "REPOSITORY", tmp_path)
    counted.write_text("SELECT 1")
    before = manifest.definitions()
    counted.write_text("SELECT 2")
    assert manifest.definitions() != before


def test_the_commit_is_told_where_the_repository_belongs_to_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git refuses a foreign repository unless it is named as trusted."""
    definition = tmp_path / "cockpit" / "indicators" / "a.py"
    definition.parent.mkdir(parents=True)
    definition.write_text("A = 1")
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    for arguments in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "a"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    monkeypatch.setattr(manifest, "REPOSITORY", tmp_path)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert len(manifest.commit() or "") == 40
