"""Judging files without storing them: what a district would be told."""

from datetime import date
from pathlib import Path

from etl import contract, ledger
from etl.contract import FileVerdict
from etl.store import in_order, known, newest

__all__ = ["FileVerdict", "check_each", "check_files"]


def check_files(root: Path, files: list[Path], today: date | None = None) -> list[FileVerdict]:
    """The verdicts of `check_each`."""
    return [verdict for _, verdict in check_each(root, files, today)]


def check_each(root: Path, files: list[Path], today: date | None = None) -> list[tuple[Path, FileVerdict]]:
    """Files and verdicts on them in the order of their sources, as if they arrived together now.

    They may refer to records of root/store and to each other. Nothing is written. `today` is the clock, for
    tests.
    """
    past = ledger.batches(root)
    met = known(root, past)
    verdicts = []
    for path, opened in in_order(files, lambda path: path.name):
        verdict = contract.judge(opened, met, today or date.today(), newest(past))
        met.add(verdict)
        verdicts.append((path, verdict))
    return verdicts
