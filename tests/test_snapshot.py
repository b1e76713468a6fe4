"""Publishing: a whole old version or a whole new one, one build at a time, the newest few kept."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from etl import snapshot


def _write(text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with duckdb.connect(str(path)) as con:
            con.execute("CREATE TABLE said AS SELECT ? AS word", [text])

    return write


def _nothing(path: Path) -> None:
    assert path.exists()


def _read(root: Path) -> str:
    """What a reader sees who follows the pointer."""
    with duckdb.connect(str(snapshot.path_of(root, snapshot.current(root) or "")), read_only=True) as con:
        return str(con.execute("SELECT word FROM said").fetchall()[0][0])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data folder in which version v1 is published."""
    with snapshot.lock(tmp_path):
        snapshot.publish(tmp_path, "v1", _write("old"), _nothing)
    return tmp_path


def test_a_reader_sees_the_new_version_once_it_is_published(root: Path) -> None:
    with snapshot.lock(root):
        snapshot.publish(root, "v2", _write("new"), _nothing)
    assert snapshot.current(root) == "v2"
    assert _read(root) == "new"
    assert not list((root / "published").glob("*.tmp*"))


@pytest.mark.parametrize("call", ["replace", "fsync"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5, 6, 7])
def test_a_crash_at_any_step_leaves_a_whole_version(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int
) -> None:
    """Three replaces and six fsyncs make a publication; each is made to fail in turn."""
    real, calls = getattr(os, call), []

    def failing(*args: object) -> object:
        calls.append(args)
        if len(calls) == nth:
            raise OSError("power cut")
        return real(*args)

    monkeypatch.setattr(os, call, failing)
    total = {"replace": 3, "fsync": 6}[call]
    with snapshot.lock(root):
        if nth > total:
            snapshot.publish(root, "v2", _write("new"), _nothing)
        else:
            with pytest.raises(OSError, match="power cut"):
                snapshot.publish(root, "v2", _write("new"), _nothing)
    monkeypatch.undo()
    assert len(calls) == min(nth, total)
    assert _read(root) == {"v1": "old", "v2": "new"}[snapshot.current(root) or ""]
    with snapshot.lock(root):
        snapshot.publish(root, "v3", _write("newer"), _nothing)
    assert _read(root) == "newer"
    assert not list((root / "published").glob("*.tmp*"))


def test_the_pointer_moves_last(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the pointer is replaced, the file it names is already there, whole and synced."""
    steps: list[str] = []
    replace, fsync = os.replace, os.fsync

    def noted_replace(source: Path, target: Path) -> None:
        if target.name == "current":
            assert snapshot.path_of(root, "v2").exists()
        steps.append(f"replace {target.name}")
        replace(source, target)

    def noted_fsync(handle: int) -> None:
        steps.append("fsync " + Path(os.readlink(f"/proc/self/fd/{handle}")).name)
        fsync(handle)

    monkeypatch.setattr(os, "replace", noted_replace)
    monkeypatch.setattr(os, "fsync", noted_fsync)
    with snapshot.lock(root):
        snapshot.publish(root, "v2", _write("new"), _nothing)
    assert steps == [
        *("fsync cockpit-v2.json.tmp", "replace cockpit-v2.json", "fsync published"),
        *("fsync cockpit-v2.duckdb.tmp", "replace cockpit-v2.duckdb", "fsync published"),
        *("fsync current.tmp", "replace current", "fsync published"),
    ]


def test_a_database_that_could_not_be_closed_whole_is_not_published(root: Path) -> None:
    """On a full disk DuckDB closes without a word and leaves the rows in its log, beside the file."""

    def write(path: Path) -> None:
        with duckdb.connect(str(path)) as con:
            con.execute("PRAGMA disable_checkpoint_on_shutdown")
            con.execute("CREATE TABLE said AS SELECT 'lost' AS word")

    with snapshot.lock(root), pytest.raises(snapshot.BuildRefused, match="没有写完，磁盘可能已满"):
        snapshot.publish(root, "v2", write, _nothing)
    assert _read(root) == "old"


def test_a_version_that_fails_its_check_is_not_published(root: Path) -> None:
    def refuse(path: Path) -> None:
        raise snapshot.BuildRefused("加不起来。")

    with snapshot.lock(root), pytest.raises(snapshot.BuildRefused, match="加不起来"):
        snapshot.publish(root, "v2", _write("wrong"), refuse)
    assert snapshot.current(root) == "v1"
    assert _read(root) == "old"
    assert not snapshot.path_of(root, "v2").exists()


def test_a_second_build_is_told_who_is_building(root: Path) -> None:
    hold = (
        "import sys, pathlib; from etl import snapshot\n"
        "with snapshot.lock(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.readline()"
    )
    command = [sys.executable, "-c", hold, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdin
        assert other.stdout.readline() == "held\n"
        with pytest.raises(snapshot.Busy, match=rf"进程 {other.pid}，\d{{4}}-.* 开始"), snapshot.lock(root):
            pass
        other.stdin.write("\n")
    with snapshot.lock(root):
        assert snapshot.current(root) == "v1"


def test_a_killed_build_frees_the_lock(root: Path) -> None:
    hold = (
        "import os, signal, sys, pathlib; from etl import snapshot\n"
        "with snapshot.lock(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", hold, str(root)], check=False).returncode == -9
    with snapshot.lock(root):
        pass


def test_the_last_five_published_are_kept_whatever_their_times_say(root: Path) -> None:
    """The clock may run backwards; the seal counts publications."""
    for n in range(2, 9):
        with snapshot.lock(root):
            snapshot.publish(root, f"v{n}", _write(str(n)), _nothing)
        os.utime(snapshot.path_of(root, f"v{n}"), ns=(10**9 - n, 10**9 - n))
    kept = sorted(path.stem for path in (root / "published").glob("*.duckdb"))
    assert kept == [f"cockpit-v{n}" for n in range(4, 9)]
    assert len(kept) == snapshot.KEPT
    assert sorted(path.stem for path in (root / "published").glob("*.json")) == kept


def test_the_current_version_is_kept_however_old(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(2, 5):
        with snapshot.lock(root):
            snapshot.publish(root, f"v{n}", _write(str(n)), _nothing)
    snapshot.point(root, "v1")
    monkeypatch.setattr(snapshot, "KEPT", 2)
    snapshot.prune(root)
    assert _read(root) == "old"
    assert sorted(p.stem for p in (root / "published").glob("*.duckdb")) == ["cockpit-v1", "cockpit-v4"]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"../v1", b"v\x001", b"v1\nv2"])
def test_a_damaged_pointer_names_no_version(root: Path, text: bytes) -> None:
    (root / "published" / "current").write_bytes(text)
    assert snapshot.current(root) is None


def test_what_a_killed_build_left_is_swept(root: Path) -> None:
    folder = root / "published"
    (folder / "cockpit-v9.duckdb.tmp").write_text("half")
    (folder / "cockpit-v9.duckdb.tmp.wal").write_text("half")
    (folder / "cockpit-v9.duckdb.tmp.spill").mkdir()
    (folder / "cockpit-v9.duckdb.tmp.spill" / "block").write_text("half")
    with snapshot.lock(root):
        snapshot.publish(root, "v2", _write("new"), _nothing)
    assert sorted(path.name for path in folder.iterdir()) == [
        *("cockpit-v1.duckdb", "cockpit-v1.json", "cockpit-v2.duckdb", "cockpit-v2.json", "current", "lock"),
    ]
