"""Whole builds: killed at random under the eyes of readers, starved of disk, several at once."""

from pathlib import Path

import pytest

from etl.intake import pending
from tests.faults import child, long_run, world
from tests.faults.world import AFTER, contest, kept_whole, recovers, served
from tests.sending import send


@pytest.mark.parametrize(("light", "kills"), [(True, 6), (False, 1)], ids=["small", "whole"])
def test_killed_at_random_moments_while_readers_look_on(light: bool, kills: int) -> None:
    """A few here; `python -m tests.faults.long_run` for hundreds."""
    assert long_run.main(kills, seed=20230630, light=light, minutes=3) == 0


def test_two_builds_and_an_upload_at_once_count_every_row_once(tmp_path: Path) -> None:
    root = world.made(tmp_path / "data")
    sent = send(tmp_path / "上报.csv", "contest", contest(4), title=world.TITLE)
    id = pending.receive(root, [sent], "330521")
    assert child.done(f"preview {id}", root) == 0
    running = [child.start(act, root) for act in ("build", f"accept {id}", "build")]
    for process in running:
        process.join(60)
    codes = [process.exitcode for process in running]
    assert set(codes) <= {0, child.REFUSED} and 0 in codes
    kept_whole(root)
    recovers(root, served(root) | AFTER)
    if (pending.preview_of(pending.folder(root, id)) or {})["state"] == "ready":
        while child.done(f"accept {id}", root) != 0:  # once refused: made anew, as the builds had moved on
            assert (pending.preview_of(pending.folder(root, id)) or {})["state"] == "ready"
    assert served(root) == AFTER | {"J-4": 104}
    kept_whole(root)


def test_a_disk_too_small_for_the_database_leaves_the_old_version_and_no_litter(tmp_path: Path) -> None:
    root = world.made(tmp_path / "data")
    assert child.done("build", root, child.Plan("limit", 20_000)) == child.REFUSED
    assert served(root) == world.BEFORE
    assert not list(root.rglob("*.tmp*"))
    recovers(root, AFTER)
