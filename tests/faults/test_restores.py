"""Backups and restores stopped and starved of disk at every call they make."""

import itertools
import shutil
from pathlib import Path

import pytest

from etl import audit
from etl.backup import back_up, restore, vault, verify
from tests.faults import child, world
from tests.faults.child import Plan
from tests.faults.test_steps import STRIDE
from tests.faults.world import AFTER, BEFORE, copied, kept_whole, served

KINDS = [("kill", 1), ("full", 3)]
EVERY = 2 * STRIDE - 1  # each with COCKPIT_FAULTS_STRIDE=1


@pytest.fixture(scope="module")
def moved_on(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A data folder that was backed up when J-1 and J-2 were published, and has published more since."""
    folder = tmp_path_factory.mktemp("moved_on")
    root = world.made(folder / "data")
    back_up(root, folder / "backups")
    assert child.done("build", root) == 0
    return root, folder / "backups"


@pytest.mark.parametrize(("kind", "first"), KINDS)
def test_a_restore_stopped_at_any_call_leaves_one_of_both_served_and_can_be_repeated(
    moved_on: tuple[Path, Path], tmp_path: Path, kind: str, first: int
) -> None:
    original, place = moved_on
    acts = audit.entries(original)
    for at in itertools.count(first, EVERY):
        root = copied(original, tmp_path / f"{at}")
        code = child.done(f"restore {place}", root, Plan(kind, at))
        if code == 0:
            break
        assert code == (-9 if kind == "kill" else child.REFUSED), at
        assert served(root) in (AFTER, BEFORE), at
        assert child.done(f"restore {place}", root) == 0, at
        assert served(root) == BEFORE, at
        kept_whole(root)
        assert [act for act in acts if act not in audit.entries(root)] == [], at
        assert audit.flaws(root) == [], at
        shutil.rmtree(root)
    assert at > 25
    assert served(root) == BEFORE


@pytest.mark.parametrize(("kind", "first"), KINDS)
def test_a_backup_stopped_at_any_call_leaves_the_earlier_ones_restorable(
    moved_on: tuple[Path, Path], tmp_path: Path, kind: str, first: int
) -> None:
    root, original = moved_on
    for at in itertools.count(first, EVERY):
        place = copied(original, tmp_path / f"{at}")
        code = child.done(f"backup {place}", root, Plan(kind, at))
        if code == 0:
            break
        assert code == (-9 if kind == "kill" else child.REFUSED), at
        assert verify(place).faults == (), at
        restore(place, tmp_path / f"of {at}", vault.names(place)[0])
        assert served(tmp_path / f"of {at}") in (AFTER, BEFORE), at
        shutil.rmtree(place)
    assert at > 25
    assert child.done(f"restore {place}", root) == 0
    assert served(root) == AFTER


def test_a_backup_disk_too_small_for_a_file_leaves_the_earlier_backups_and_no_litter(
    moved_on: tuple[Path, Path], tmp_path: Path
) -> None:
    root, original = moved_on
    place = copied(original, tmp_path / "backups")
    assert child.done(f"backup {place}", root, Plan("limit", 20_000)) == child.REFUSED
    assert vault.names(place) == vault.names(original)
    assert verify(place).faults == ()
    assert not list(place.rglob("*.tmp"))
