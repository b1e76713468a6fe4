"""A clock that was set back, or had been ahead: no right row refused, no day to come accepted."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

import manage
from etl import audit, clock, ledger, receipts
from etl.intake import pending
from etl.intake.preview import preview
from etl.receipts import ClockBehind
from etl.store import ingest
from tests.sending import row, send

NOW = datetime(2023, 7, 1, 8, 30, tzinfo=clock.CHINA)
AHEAD = datetime(2031, 1, 1, 8, 30, tzinfo=clock.CHINA)


def sent(root: Path, number: int, as_of: str = "2023-06-30") -> Path:
    title = f"德清县 · 数据截至{as_of}"
    cells = row("training", training_id=f"PX-{number}")
    return send(root / "inbox" / f"{number}.csv", "training", cells, title=title)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One file received at NOW."""
    sent(tmp_path / "data", 1)
    ingest(tmp_path / "data", NOW)
    return tmp_path / "data"


@pytest.fixture
def ahead(root: Path) -> Path:
    """Another one received while the clock was years ahead."""
    sent(root, 2)
    ingest(root, AHEAD)
    return root


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_set_back_by_hours_refuses_no_row_as_from_the_future(root: Path, hours: int) -> None:
    """A day on which something was received has been."""
    sent(root, 2, "2023-07-01")
    (batch,) = ingest(root, NOW - timedelta(hours=hours))
    assert (batch.accepted, batch.received_at) == (1, NOW.isoformat())


def test_a_clock_set_back_by_days_receives_nothing_and_says_what_to_do(root: Path) -> None:
    sent(root, 2)
    with pytest.raises(ClockBehind) as told:
        ingest(root, NOW - timedelta(days=400))
    assert str(told.value) == (
        "本机时钟（2022-05-27 08:30）比最近一次收件的时间（2023-07-01 08:30）早400天，没有收文件，"
        "已发布的版本保持不变：本机时钟不对的，请校准后再试；已核对无误、是那次收件时走快了的，"
        "请运行 etl build --clock-is-right。"
    )
    assert [batch.seq for batch in ledger.batches(root)] == [1]
    assert [batch.accepted for batch in ingest(root, NOW)] == [1]  # set right: no trace of it


def test_after_a_clock_was_ahead_no_file_dated_in_that_time_is_accepted(ahead: Path) -> None:
    sent(ahead, 3, "2030-12-31")
    with pytest.raises(ClockBehind):
        ingest(ahead, NOW + timedelta(days=1))
    receipts.vouch(ahead, "甲")
    sent(ahead, 4)
    judged = {batch.file: batch for batch in ingest(ahead, NOW + timedelta(days=1))}
    assert (judged["3.csv"].refused, judged["3.csv"].not_before) == (True, "2030-12-31")
    assert (judged["4.csv"].accepted, judged["4.csv"].received_at[:10]) == (1, "2023-07-02")


def test_receipts_after_the_confirmation_are_a_measure_again(ahead: Path) -> None:
    receipts.vouch(ahead, "甲")
    sent(ahead, 3)
    ingest(ahead, NOW + timedelta(days=1))
    sent(ahead, 4)
    with pytest.raises(ClockBehind, match="2023-07-02"):
        ingest(ahead, NOW - timedelta(days=1))


def test_a_spoilt_confirmation_is_asked_for_again(ahead: Path) -> None:
    receipts.vouch(ahead, "甲")
    (ahead / "store" / "clock.json").write_text("{", "utf-8")
    sent(ahead, 3)
    with pytest.raises(ClockBehind):
        ingest(ahead, NOW)


def test_a_preview_says_that_the_clock_is_behind_and_heeds_the_confirmation(
    ahead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    id = pending.receive(ahead, [sent(tmp_path, 9)], "330521")
    told = preview(ahead, id)
    assert (told["state"], "--clock-is-right" in told["words"]) == ("failed", True)
    receipts.vouch(ahead, "甲")
    assert preview(ahead, id)["state"] == "ready"


def test_the_command_confirms_on_record_and_builds(
    ahead: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setenv("COCKPIT_DATA", str(ahead))
    assert manage.main(["etl", "build", "--by", "甲"]) == 1
    assert "早2741天" in capsys.readouterr().err
    assert manage.main(["etl", "build", "--by", "甲", "--clock-is-right"]) == 0
    acts = [(entry["by"], entry["act"], entry["what"]) for entry in audit.entries(ahead)]
    assert ("甲", "clock", "000002") in acts
    assert manage.main(["etl", "build", "--by", "甲"]) == 0
