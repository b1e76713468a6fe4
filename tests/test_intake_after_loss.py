"""Uploads where the store has lost something: repaired, it stands in nobody's way; else nothing moves."""

from pathlib import Path

import pytest

from etl import build, integrity, snapshot
from etl.intake import pending
from etl.intake.accept import accept
from etl.intake.pending import Refused
from etl.intake.preview import preview
from etl.withdrawal import decide
from tests.sending import row, send
from tests.test_lost_verdicts import lose
from tests.uploading import copied, tree, upload


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three batches, one training each, as lose() names them."""
    place = tmp_path_factory.mktemp("published")
    for number, name in enumerate(("一月.csv", "更正.csv", "再更正.csv"), 1):
        send(place / "inbox" / name, "training", row("training", training_id=f"PX-{number}"))
        build.build(place)
    return place


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    return copied(published, tmp_path / "data")


def sent(root: Path, tmp_path: Path) -> str:
    return upload(root, send(tmp_path / "新.csv", "training", row("training", training_id="PX-9")))


@pytest.mark.parametrize("rows_too", [False, True], ids=["verdicts", "rows too"])
@pytest.mark.parametrize("lost", [(3,), (2, 3)])
def test_a_loss_that_a_build_has_mended_stops_no_upload(
    root: Path, tmp_path: Path, lost: tuple[int, ...], rows_too: bool
) -> None:
    lose(root, *lost, rows_too=rows_too)
    build.build(root)
    told = preview(root, sent(root, tmp_path))
    assert accept(root, told["id"], "甲").version == told["version"]


@pytest.mark.parametrize("rows_too", [False, True], ids=["verdict", "rows too"])
def test_a_loss_that_the_inbox_makes_good_is_mended_by_the_upload_as_shown(
    root: Path, tmp_path: Path, rows_too: bool
) -> None:
    lose(root, 3, rows_too=rows_too)
    told = preview(root, sent(root, tmp_path))
    assert accept(root, told["id"], "甲").version == told["version"]
    assert integrity.examine(root).open() == []


def test_a_loss_that_nothing_makes_good_is_told_in_the_preview(root: Path, tmp_path: Path) -> None:
    lose(root, 3, file_too=True)
    told = preview(root, sent(root, tmp_path))
    assert (told["state"], told["version"]) == ("failed", None)
    assert "收件箱中没有同样内容的文件" in told["words"]
    assert pending.preview_of(root / "pending" / told["id"]) == told


def test_with_the_last_act_lost_nothing_is_shown_and_nothing_moves(root: Path, tmp_path: Path) -> None:
    decide(root, "withdraw", "3", "乙", "报错了县")
    (root / "store" / "acts" / "000001.json").unlink()
    before = tree(root)
    told = preview(root, sent(root, tmp_path))
    assert told["state"] == "failed" and "撤回记录 store/acts/000001.json" in told["words"]
    with pytest.raises(Refused, match="不能发布"):
        accept(root, told["id"], "甲")
    assert tree(root) == before


def test_a_trial_puts_nothing_on_record(root: Path, tmp_path: Path) -> None:
    """Neither among the publications nor in the seals, though they are linked."""
    before, version = tree(root), snapshot.current(root)
    assert preview(root, sent(root, tmp_path))["version"] != version
    assert tree(root) == before
