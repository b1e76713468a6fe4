"""Builds and publications of uploads stopped, starved of disk and cut from power at every call they make.

The warehouse is one small table here, all else is real; long_run.py does it to whole builds. Every call with
COCKPIT_FAULTS_STRIDE=1; by default every fourth, each test beginning at another one.
"""

import itertools
import os
import pickle
import shutil
from pathlib import Path

import pytest

from etl.intake import pending
from tests.faults import child, power, world
from tests.faults.child import Plan
from tests.faults.world import AFTER, BEFORE, contest, copied, kept_whole, recovers, served
from tests.sending import send

STRIDE = int(os.environ.get("COCKPIT_FAULTS_STRIDE", "4"))
KINDS = [("kill", 1), ("full", 3)]
UPLOADED = BEFORE | {"J-2": 222, "J-4": 104}


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.made(tmp_path_factory.mktemp("waiting") / "data")


@pytest.fixture(scope="module")
def uploaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Published: J-1 and J-2. An upload that has been previewed: a correction of J-2, and J-4."""
    folder = tmp_path_factory.mktemp("uploaded")
    root = folder / "data"
    send(root / "inbox" / "一月.csv", "contest", contest(1), contest(2), title=world.TITLE)
    assert child.done("build", root) == 0
    sent = send(folder / "上报.csv", "contest", contest(2, 222), contest(4), title=world.TITLE)
    id = pending.receive(root, [sent], "330521")
    assert child.done(f"preview {id}", root) == 0
    return root, id


@pytest.mark.parametrize(("kind", "first"), KINDS)
def test_a_build_stopped_at_any_call_leaves_a_whole_version_and_the_next_one_comes_through(
    waiting: Path, tmp_path: Path, kind: str, first: int
) -> None:
    for at in itertools.count(first, STRIDE):
        root = copied(waiting, tmp_path / f"{at}")
        code = child.done("build", root, Plan(kind, at))
        if code == 0:
            break
        assert code == (-9 if kind == "kill" else child.REFUSED), at
        assert served(root) in (BEFORE, AFTER), at
        recovers(root, AFTER)
        shutil.rmtree(root)
    assert at > 25  # there were calls to stop at
    assert served(root) == AFTER


@pytest.mark.parametrize(("kind", "first"), KINDS)
def test_a_publication_stopped_at_any_call_loses_no_row_of_the_upload(
    uploaded: tuple[Path, str], tmp_path: Path, kind: str, first: int
) -> None:
    """Either the upload is still there to be published, or the next build finishes it."""
    original, id = uploaded
    for at in itertools.count(first, STRIDE):
        root = copied(original, tmp_path / f"{at}")
        code = child.done(f"accept {id}", root, Plan(kind, at))
        if code == 0:
            break
        assert code == (-9 if kind == "kill" else child.REFUSED), at
        assert served(root) in (BEFORE, UPLOADED), at
        assert child.done("build", root) == 0, at
        assert served(root) in (BEFORE, UPLOADED), at
        if (pending.preview_of(pending.folder(root, id)) or {})["state"] == "ready":
            assert child.done(f"accept {id}", root) == 0, at
        assert served(root) == UPLOADED, at
        kept_whole(root)
        shutil.rmtree(root)
    assert at > 25
    assert served(root) == UPLOADED


def test_a_power_cut_after_any_call_leaves_a_whole_version_and_every_accepted_row(
    waiting: Path, tmp_path: Path
) -> None:
    root = copied(waiting, tmp_path / "data")
    out = tmp_path / "images"
    assert child.done("build", root, Plan("record", out=str(out))) == 0
    met: list[power.Image] = []
    for step, image in pickle.loads(out.read_bytes())[::STRIDE]:
        if image in met:
            continue
        met.append(image)
        left = tmp_path / f"{len(met)}"
        power.put(image, left)
        assert served(left) in (BEFORE, AFTER), step
        recovers(left, AFTER)
        shutil.rmtree(left)
    assert len(met) > 25 / STRIDE


def test_what_was_published_survives_a_power_cut_at_the_end(waiting: Path, tmp_path: Path) -> None:
    root = copied(waiting, tmp_path / "data")
    out = tmp_path / "images"
    assert child.done("build", root, Plan("record", out=str(out))) == 0
    (_, strict), (_, eager) = pickle.loads(out.read_bytes())[-2:]
    for name, image in (("strict", strict), ("eager", eager)):
        power.put(image, tmp_path / name)
        assert served(tmp_path / name) == AFTER
        kept_whole(tmp_path / name)
