"""Files that came together: their order, and how many of them are in memory at once."""

import gc
import weakref
from pathlib import Path

import pytest

from etl import contract, order
from etl.contract import Opened
from tests.sending import lines, row, workbook


@pytest.mark.parametrize(("most", "held"), [(0, 1), (64 * 1024**2, 3)])
def test_workbooks_that_are_large_together_are_not_held_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, held: int
) -> None:
    """Their heads tell the order: enterprises come before the trainings that name them, whatever is held."""
    sources = {"1.xlsx": "training", "2.xlsx": "contest", "3.xlsx": "enterprise"}
    paths = [workbook(tmp_path / name, {"表": lines(s, row(s))}) for name, s in sources.items()]
    alive: list[weakref.ref[Opened]] = []
    read = contract.open_file

    def watched(path: Path, file: str) -> Opened:
        opened = read(path, file)
        alive.append(weakref.ref(opened))
        return opened

    monkeypatch.setattr(contract, "open_file", watched)
    monkeypatch.setattr(order, "MOST_HELD", most)
    met, counted = [], []
    for _, opened in order.in_order(paths, lambda path: path.name):
        gc.collect()
        met.append(opened.head[0])
        counted.append(sum(one() is not None for one in alive))
    assert met == ["enterprise", "training", "contest"]
    assert max(counted) == held
