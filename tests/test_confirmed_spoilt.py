"""A confirmed upload of which a record is spoilt is its own matter: builds and other uploads go on."""

from pathlib import Path

import pytest

from etl import ledger
from etl.build import build
from etl.intake import handover, pending
from etl.intake.accept import accept
from etl.intake.pending import Refused
from etl.intake.preview import preview
from tests.sending import row, send
from tests.uploading import upload


@pytest.fixture(params=[("request.json", ""), ("request.json", "{}"), ("accept.json", '{"by": ')])
def spoilt(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Its folder: confirmed, nothing moved yet, and one of its records torn. One training is in the inbox."""
    root, (name, text) = tmp_path / "data", request.param
    send(root / "inbox" / "一.csv", "training", row("training"))
    one = send(tmp_path / "二.csv", "training", row("training", training_id="PX-2"))
    folder = root / "pending" / upload(root, one)
    handover.intend(folder, "甲")
    (folder / name).write_text(text, "utf-8")
    return folder


def test_a_build_goes_on_and_names_it(spoilt: Path, tmp_path: Path) -> None:
    told = [said for said in build(tmp_path / "data").messages if spoilt.name in said]
    (name,) = [name for name in ("request.json", "accept.json") if name in told[0]]
    assert told == [
        f"上报 {spoilt.name} 的记录 {name} 已损坏，这份上报没有处理："
        f"请从备份恢复 data/pending/{spoilt.name}/{name}。"
    ]
    assert [batch.file for batch in ledger.batches(tmp_path / "data")] == ["一.csv"]
    assert (spoilt / pending.INTENT).exists() and pending.stored(spoilt)


def test_another_upload_is_previewed_and_published(spoilt: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    third = send(tmp_path / "三.csv", "training", row("training", training_id="PX-3"))
    told = preview(root, upload(root, third))
    assert accept(root, told["id"], "乙").version == told["version"]
    assert (spoilt / pending.INTENT).exists()


def test_publishing_it_once_more_is_refused_with_a_sentence(spoilt: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="已损坏，这份上报没有处理：请从备份恢复"):
        accept(tmp_path / "data", spoilt.name, "乙")
