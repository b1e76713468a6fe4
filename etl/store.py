"""The system of record, append-only. Inbox -> store: what is new is judged once.

The order does not depend on when a file came, so that a fresh store of the same inbox is the same store.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from etl import acts, arrivals, clock, contract, integrity, ledger, receipts
from etl.arrivals import files as inbox
from etl.arrivals import inside
from etl.contract import FileVerdict, Known, Opened
from etl.intake import pending
from etl.integrity import Examined
from etl.ledger import Batch, batches
from etl.order import in_order
from etl.waiting import says_the_same, waiting

__all__ = ["Batch", "batches", "in_order", "inbox", "ingest", "newest", "unjudged"]

Watch = Callable[[str, int | None], None]
PASSES = 20  # longer than any chain of files that wait for each other; withdrawals could go round for ever


def ingest(
    root: Path,
    now: datetime | None = None,
    examined: Examined | None = None,
    watch: Watch = lambda name, rows: None,
    moving: Callable[[str], None] = lambda name: None,
    unread: Callable[[str], None] = lambda name: None,
    only: Mapping[str, str] | None = None,
) -> list[Batch]:
    """Judge what is new in root/inbox and store it; returns the new verdicts. Call it under the build's lock.

    Files (`unjudged`) go in the order of SOURCES, then of their 数据截至, then of their paths. One with rows
    that wait for records is judged again once such records have arrived, and one whose batch is spoilt.
    `now`: what the clock is taken to say. `watch` is told the path inside the inbox of each file before it is
    read (None) and before it is judged (its rows), `moving` of each that changed meanwhile: its turn is the
    next run, so that every verdict bears the hash of what was judged. `unread` is told of each that cannot be
    read. `only`: paths in the inbox to look at, each with the sha256 that it must have, else it is `moving`.

    Raises:
        Lost: accepted rows are spoilt and their file is not in the inbox. ClockBehind: see etl.receipts.
    """
    examined = examined or integrity.examine(root)
    past = list(examined.sound)
    now = receipts.time_of(root, now or clock.now(), past)
    hashes = arrivals.each(root, ledger.file_digest, lambda path: unread(inside(root, path)), only)
    for path in [path for path, sha in hashes.items() if only and only[inside(root, path)] != sha]:
        del hashes[path]
        moving(inside(root, path))
    files = {sha: path for path, sha in reversed(hashes.items())}
    integrity.hold(examined, files)
    out = acts.withdrawn(root)
    ledger.sweep(root, examined.unfinished.name if examined.unfinished else None)
    run = _Run(root, now, examined, known(root, past), list(past), out)
    _new(run, hashes, watch, moving)
    _again(run, files)
    return run.done[len(past) :]


def _new(run: "_Run", hashes: dict[Path, str], watch: Watch, moving: Callable[[str], None]) -> None:
    """What calls for a verdict, until nothing does."""
    root = run.root
    while new := unjudged(root, hashes, run.done, run.now.date()):
        for path, opened in in_order(
            new, partial(inside, root), lambda path: watch(inside(root, path), None)
        ):
            watch(inside(root, path), opened.rows)
            if _is(path, hashes[path]):
                run.judge(opened, hashes[path], pending.sender(root, inside(root, path)))
            else:
                del hashes[path]
                moving(inside(root, path))


def _again(run: "_Run", files: dict[str, Path]) -> None:
    """Files whose rows wait for records, where such records have come. `files`: by their hash.

    What comes in so may be what others wait for: on until nothing changes, so that the next run finds nothing
    to do. Each verdict is on what the store says then, as it would be in the next run.
    """
    stored = known(run.root, run.done)
    for _ in range(PASSES):
        before = len(run.done)
        for earlier in waiting(run.done):
            if earlier.sha256 in files and earlier.sha256 not in run.withdrawn:
                path = files[earlier.sha256]
                opened = contract.open_file(path, inside(run.root, path))
                if _is(path, earlier.sha256) and run.judge_again(opened, earlier, stored):
                    stored = known(run.root, run.done)
        if len(run.done) == before:
            return


def unjudged(root: Path, hashes: Mapping[Path, str], done: list[Batch], today: date) -> list[Path]:
    """Files of the inbox that call for a verdict, one per content: `hashes` are their sha256.

    Content is judged once; what was refused whole again under another name, which may be all that was wrong,
    and when the day has come until which it was refused.
    """
    latest = {batch.sha256: batch for batch in done}
    tried = {(batch.sha256, batch.file) for batch in done}
    found: dict[str, Path] = {}
    for path, sha in hashes.items():
        batch = latest.get(sha)
        due = batch and batch.not_before and date.fromisoformat(batch.not_before) <= today
        renamed = batch and batch.refused and (sha, contract.shown_name(inside(root, path))) not in tried
        if batch is None or due or renamed:
            found.setdefault(sha, path)
    return list(found.values())


def known(root: Path, stored: list[Batch]) -> Known:
    """Records of the store that others may refer to: those that count."""
    standing = ledger.counting(root, stored, acts.withdrawn(root))
    return Known(
        lambda source, columns: ledger.read_rows(root, standing, source, columns), ledger.key_ids(standing)
    )


@dataclass(frozen=True)
class _Run:
    """One taking-in: what is known by now, all verdicts so far, oldest first, and what was withdrawn."""

    root: Path
    now: datetime
    examined: Examined
    known: Known
    done: list[Batch]
    withdrawn: frozenset[str]

    def judge(self, opened: Opened, sha256: str, sender: str | None) -> None:
        """A verdict of its own under the next number, also on a content that had one."""
        verdict = self._verdict(opened, self.known)
        self.known.add(verdict)
        self._write(verdict, sha256, sender)

    def judge_again(self, opened: Opened, earlier: Batch, stored: Known) -> bool:
        """The same, against what is `stored`; what only repeats the earlier verdict is none."""
        verdict = self._verdict(opened, stored)
        anew = not says_the_same(self.root, earlier, verdict)
        if anew:
            self._write(verdict, earlier.sha256, earlier.sender)
        return anew

    def _verdict(self, opened: Opened, known: Known) -> FileVerdict:
        standing = [batch for batch in self.done if batch.sha256 not in self.withdrawn]
        return contract.judge(opened, known, self.now.date(), newest(standing))

    def _write(self, verdict: FileVerdict, sha256: str, sender: str | None) -> None:
        seq = self.examined.last + 1 + len(self.done) - len(self.examined.sound)
        stamp = self.now.isoformat(timespec="seconds")
        self.done.append(ledger.write(self.root, seq, sha256, stamp, verdict, sender))


def newest(done: list[Batch]) -> dict[str, date]:
    """Status -> latest 数据截至 so far."""
    found: dict[str, date] = {}
    for batch in done:
        if batch.as_of:
            found[batch.status] = max(found.get(batch.status, date.min), date.fromisoformat(batch.as_of))
    return found


def _is(path: Path, sha256: str) -> bool:
    """Asked after a file was read, which needs its name and not only its bytes: is it still that content?"""
    try:
        return ledger.file_digest(path) == sha256
    except OSError:
        return False
