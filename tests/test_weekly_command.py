"""`manage.py weekly`: which data, which pages, and what it says when it does not start."""

import errno
import json
import signal
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

import manage
from commands import Stop, serve, weekly
from commands.weekly import Order, pinned
from report import Refused, capture, pack
from report.week import Scope


@pytest.fixture
def root(warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the hand-counted version in it; nothing is installed, no signal changed."""
    (tmp_path / "published").symlink_to(warehouse_root / "published")
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path))
    monkeypatch.setattr(weekly.environment, "ensure", lambda lock: "")
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = manage.main(["weekly", *arguments])
    return code, capsys.readouterr().err.strip()


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--week", "2023-25"], 2, "周次“2023-25”无法识别。请写成 2023-W25。"),
        (["--district", "999999"], 2, "没有代码为“999999”的区划"),
        (["--pages", "handbook"], 2, "没有页面 handbook。可用：overview、skills、bargaining"),
        (["--version", "x"], 2, "没有保留版本 x。现有：20230630-"),
        (["--week", "2023-W26"], 1, "周报未做成：2023-W26还不是完整的一周"),
    ],
)
def test_what_cannot_be_made_is_said_before_anything_starts(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, sentence: str
) -> None:
    found = run(capsys, *arguments)
    assert found[0] == code and sentence in found[1]
    assert not (root / "reports").exists()


def test_without_data_it_says_how_to_get_some(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path / "empty"))
    assert run(capsys) == (1, "还没有发布过数据。请先运行 python3 manage.py etl build。")


def test_the_server_sees_one_version_only_whatever_is_published_meanwhile(root: Path) -> None:
    version = serve.current_version(root)
    with pinned(version) as frozen:
        assert (frozen / "published" / "current").read_text("utf-8") == version
        files = [path.name for path in (frozen / "published").glob("*.duckdb")]
        assert files == [f"cockpit-{version}.duckdb"]
    assert not frozen.exists()


def test_a_refusal_ends_with_one_and_the_page_weekly_can_tell_it(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> list[Path]:
        raise Refused("“总览”页的“某图”失败，不能拍摄。")

    monkeypatch.setattr(weekly, "_packs", refuse)
    code, told = run(capsys)
    assert (code, told) == (1, "周报未做成：“总览”页的“某图”失败，不能拍摄。 原有的周报没有变动。")
    kept = json.loads((root / "reports" / ".progress.json").read_text("utf-8"))
    assert (kept["state"], kept["words"]) == ("failed", "“总览”页的“某图”失败，不能拍摄。")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不足，周报没有写完。请清出空间后重做。"),
        (Stop(1, "缺少 Chromium：请管理员安装。"), "缺少 Chromium：请管理员安装。"),
    ],
)
def test_what_stops_a_run_half_way_is_kept_for_the_page_weekly(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    sentence: str,
) -> None:
    def stop(*_: object) -> list[Path]:
        raise fault

    monkeypatch.setattr(weekly, "_packs", stop)
    code, told = run(capsys)
    assert code == 1 and sentence in told
    kept = json.loads((root / "reports" / ".progress.json").read_text("utf-8"))
    assert (kept["state"], kept["words"]) == ("failed", sentence)


def test_a_full_disk_before_anything_began_is_a_sentence_too(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(weekly, "TemporaryDirectory", full)
    sentence = "周报未做成：磁盘空间不足，周报没有写完。请清出空间后重做。 原有的周报没有变动。"
    assert run(capsys) == (1, sentence)


def test_by_default_the_root_district_and_every_page_with_figures(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(weekly, "_packs", lambda *given: asked.extend(given) or ([], {}))
    assert weekly.weekly(Order(None, [], [], None, None)) == 0
    _, _, _, pages, scopes, progress = asked
    assert pages == pack.pictured() == ["overview", "skills", "bargaining", "unions", "stations"]
    assert [(one.code, one.week.district.code) for one in scopes] == [("2023-W25", "330500")]
    assert progress.total == 1 + len(pages) + pack.STEPS


def test_a_server_that_does_not_start_shows_its_log(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weekly.environment, "browser", lambda: sys.executable)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    code, told = run(capsys)
    assert code == 1 and "服务启动后即退出" in told
    assert list((root / "reports").glob("2023*")) == []


def test_one_refused_district_does_not_keep_the_others_from_their_packs(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(root: Path, snapshot: object, scope: Scope, *_: object) -> Path:
        if scope.name == "德清县":
            raise Refused("“总览”页的“某图”失败，不能拍摄。")
        return root / scope.name

    monkeypatch.setattr(pack, "make", make)
    monkeypatch.setattr(capture, "opened", lambda *_: nullcontext())
    monkeypatch.setattr(weekly, "server", lambda *_: nullcontext("http://x"))
    monkeypatch.setattr(weekly.environment, "browser", lambda: "chromium")
    code = manage.main(["weekly", "--district", "330521", "--district", "330523", "330502"])
    told = capsys.readouterr()
    assert code == 1 and told.out.splitlines() == [f"{root}/安吉县", f"{root}/吴兴区"]
    sentence = "做好2份周报，1份未做成，其原有的周报没有变动。德清县：“总览”页的“某图”失败，不能拍摄。"
    assert told.err.strip().endswith(sentence)
    kept = json.loads((root / "reports" / ".progress.json").read_text("utf-8"))
    assert (kept["state"], kept["words"]) == ("failed", sentence)


def test_a_disk_that_fills_later_leaves_the_packs_made_before_and_they_are_told(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(root: Path, snapshot: object, scope: Scope, *_: object) -> Path:
        if scope.name == "吴兴区":
            raise OSError(errno.ENOSPC, "No space left on device")
        return root / scope.name

    monkeypatch.setattr(pack, "make", make)
    monkeypatch.setattr(capture, "opened", lambda *_: nullcontext())
    monkeypatch.setattr(weekly, "server", lambda *_: nullcontext("http://x"))
    monkeypatch.setattr(weekly.environment, "browser", lambda: "chromium")
    code = manage.main(["weekly", "--district", "330521", "330523", "330502"])
    told = capsys.readouterr()
    assert code == 1 and told.out.splitlines() == [f"{root}/德清县", f"{root}/安吉县"]
    assert told.err.strip().endswith(
        "做好2份周报，1份未做成，其原有的周报没有变动。吴兴区：磁盘空间不足，周报没有写完。请清出空间后重做。"
    )
