"""Files whose rows wait for records: judged again until nothing changes, and never stored twice alike."""

from datetime import datetime
from pathlib import Path

import pytest

from etl.build import build
from etl.intake.accept import accept
from etl.intake.preview import preview
from etl.store import ingest
from tests.sending import OTHER_USCC, row, send
from tests.uploading import upload

NOW = datetime(2023, 7, 1, 8, 30)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two unions of two enterprises, and joinings to the first union and to one that never comes.

    Neither enterprise has been sent: all four rows wait. A contest counts.
    """
    inbox = tmp_path / "data" / "inbox"
    unions = [row("union"), row("union", union_id="GH-2", uscc=OTHER_USCC)]
    joinings = [row("member_event"), row("member_event", union_id="GH-9")]
    send(inbox / "会员.csv", "member_event", *joinings)
    send(inbox / "工会.csv", "union", *unions)
    send(inbox / "竞赛.csv", "contest", row("contest"))
    assert [batch.waiting for batch in ingest(tmp_path / "data", NOW)] == [2, 2, 0]
    return tmp_path / "data"


def test_what_waits_for_what_waited_comes_in_with_it(root: Path) -> None:
    send(root / "inbox" / "企业.csv", "enterprise", row("enterprise"))
    taken = ingest(root, NOW)
    assert [(batch.file, batch.accepted, batch.waiting) for batch in taken] == [
        ("企业.csv", 1, 0),
        ("工会.csv", 1, 1),
        ("会员.csv", 1, 1),
    ]
    assert ingest(root, NOW) == []


def test_a_build_without_new_files_publishes_nothing_new(root: Path) -> None:
    """Each of the two files has a row that waits for ever, and rows newer than the other's verdict."""
    send(root / "inbox" / "企业.csv", "enterprise", row("enterprise"))
    build(root)
    assert not build(root).changed


def test_an_upload_that_lets_two_kinds_in_is_published_by_its_first_acceptance(
    root: Path, tmp_path: Path
) -> None:
    build(root)
    told = preview(root, upload(root, send(tmp_path / "企业.csv", "enterprise", row("enterprise"))))
    assert accept(root, told["id"], "甲").version == told["version"]
