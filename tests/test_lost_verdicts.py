"""Verdicts gone from the store, alone, side by side and at its end: named, and no row lost on the way."""

from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl import build, integrity, ledger
from etl.inputs import gather
from etl.integrity import Lost
from etl.store import ingest
from tests.sending import row, send
from tests.uploading import copied

NOW = datetime(2023, 7, 1, 8, 30)
LATER = datetime(2023, 7, 2, 9, 0)
FILES = ("一月.csv", "更正.csv", "再更正.csv", "三.csv")
RIGHT = {row("training")["training_id"]: 140, "PX-3": 50}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Batch 1: PX-1 with 120 attendances; 2 and 3 correct it to 130 and 140; batch 4: PX-3 with 50."""
    place = tmp_path_factory.mktemp("whole")
    cells = ({}, {"attendances": "130"}, {"attendances": "140"}, {"training_id": "PX-3", "attendances": "50"})
    for name, changed in zip(FILES, cells, strict=True):
        send(place / "inbox" / name, "training", row("training") | changed)
        ingest(place, NOW)
    return place


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    return copied(whole, tmp_path / "data")


def rows(root: Path) -> set[str]:
    return {path.name for path in (root / "store" / "training").iterdir()}


def lose(root: Path, *numbers: int, rows_too: bool = False, file_too: bool = False) -> None:
    for number in numbers:
        next((root / "store" / "batches").glob(f"{number:06d}-*")).unlink()
        if rows_too:
            next((root / "store" / "training").glob(f"{number:06d}-*")).unlink()
        if file_too:
            (root / "inbox" / FILES[number - 1]).unlink()


def counting(root: Path) -> dict[str, int]:
    """training_id -> attendances as a build counts them."""
    first = ledger.firsts(root)
    paths = sorted(gather(root).parquet("training"), key=lambda path: first[path.stem[7:]])
    return {r["training_id"]: r["attendances"] for path in paths for r in pq.read_table(path).to_pylist()}


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("lost", [(4,), (3, 4)])
def test_a_refusal_for_the_last_verdicts_leaves_their_rows_on_the_disk(
    root: Path, lost: tuple[int, ...], published: bool
) -> None:
    if published:
        build.build(root)
    before = rows(root)
    lose(root, *lost, file_too=True)
    with pytest.raises(Lost) as told:
        ingest(root, LATER)
    assert [f"/{number:06d}-" in str(told.value) for number in lost] == [True] * len(lost)
    assert rows(root) == before


def test_the_number_of_a_published_batch_is_not_given_again(root: Path) -> None:
    build.build(root)
    lose(root, 4, rows_too=True)
    send(root / "inbox" / "0.csv", "training", row("training", training_id="PX-0"))
    assert [batch.seq for batch in ingest(root, LATER)] == [5, 6]


@pytest.mark.parametrize("rows_too", [False, True], ids=["verdicts", "rows too"])
@pytest.mark.parametrize("lost", [(1, 2), (2, 3), (1, 2, 3)])
def test_verdicts_lost_side_by_side_are_each_named(root: Path, lost: tuple[int, ...], rows_too: bool) -> None:
    lose(root, *lost, rows_too=rows_too)
    assert sorted(int(damage.name[:6]) for damage in integrity.examine(root).damaged) == [*lost]


@pytest.mark.parametrize("lost", [(1, 2), (2, 3), (1, 2, 3)])
def test_verdicts_lost_side_by_side_are_judged_again_in_their_old_places(
    root: Path, lost: tuple[int, ...]
) -> None:
    lose(root, *lost)
    ingest(root, LATER)
    assert integrity.examine(root).open() == []
    assert counting(root) == RIGHT


@pytest.mark.parametrize("gone", [2, 3])
def test_one_of_two_lost_verdicts_without_its_file_stops_the_build(root: Path, gone: int) -> None:
    before = rows(root)
    lose(root, 2, 3)
    (root / "inbox" / FILES[gone - 1]).unlink()
    with pytest.raises(Lost, match=rf"store/batches/00000{gone}-\w+\.json 已不见了"):
        ingest(root, LATER)
    assert rows(root) == before


def test_a_number_of_which_nothing_is_left_is_damage_that_no_file_makes_good(root: Path) -> None:
    lose(root, 2, 3, rows_too=True)
    with pytest.raises(Lost, match=r"store/batches/000002-\*\.json 已不见了.*不知道是哪一份文件"):
        ingest(root, LATER)


def test_what_a_publication_counted_tells_of_which_file_a_lost_verdict_was(root: Path) -> None:
    build.build(root)
    lose(root, 2, 3, rows_too=True)
    ingest(root, LATER)
    assert counting(root) == RIGHT
