"""What time it is for files that come in: the clock's, held against the receipts in the store.

A clock set back by hours changes nothing: a day on which something was received has been. One that stands
more than a day before the last receipt is wrong now, or was ahead then. Neither may be guessed: right rows
would be refused as dated ahead, or rows of days to come accepted. So nothing is received until the clock is
set right, or somebody who has looked confirms that it is; the receipts until then are no measure any more.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from etl import audit, clock, ledger, snapshot
from etl.durable import write_once
from etl.ledger import Batch
from etl.snapshot import BuildRefused

SLACK = timedelta(days=1)  # a time zone or summer time set wrongly is a matter of hours


class ClockBehind(BuildRefused):
    """The clock and the last receipt do not go together; the message is a Chinese sentence."""


def time_of(root: Path, now: datetime, past: Iterable[Batch]) -> datetime:
    """The clock, or the last receipt where the clock stands a little before it.

    Raises:
        ClockBehind: it stands more than SLACK before it.
    """
    since = _vouched(root)
    received = (datetime.fromisoformat(batch.received_at) for batch in past if batch.seq > since)
    last = max(received, key=datetime.timestamp, default=now)
    behind = timedelta(seconds=last.timestamp() - now.timestamp())
    if behind > SLACK:
        raise ClockBehind(
            f"本机时钟（{now:%Y-%m-%d %H:%M}）比最近一次收件的时间（{last:%Y-%m-%d %H:%M}）"
            f"早{behind.days}天，没有收文件，已发布的版本保持不变：本机时钟不对的，请校准后再试；"
            "已核对无误、是那次收件时走快了的，请运行 etl build --clock-is-right。"
        )
    return last if behind > timedelta(0) else now


def vouch(root: Path, by: str) -> None:
    """Somebody has looked: the clock is right, whatever the receipts so far say.

    Raises:
        Busy: a build is running.
    """
    with snapshot.lock(root):
        last = max((batch.seq for batch in ledger.batches(root)), default=0)
        audit.record(root, by, "clock", f"{last:06d}", "确认本机时钟无误，此前各批的收件时间不再作准")
        text = json.dumps({"seq": last, "by": by, "at": clock.stamp()}, ensure_ascii=False)
        write_once(_note(root), lambda tmp: tmp.write_text(text, "utf-8"))


def _vouched(root: Path) -> int:
    """Number of the last batch whose time of receipt is no measure; 0 when the note is spoilt: ask again."""
    try:
        return int(json.loads(_note(root).read_text("utf-8"))["seq"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 0


def _note(root: Path) -> Path:
    return root / "store" / "clock.json"
