"""Withdrawing and going back, stopped, starved of disk and cut from power at every call they make.

What was told is what holds, what takes effect is in the audit log, and the next build needs no help. Every
call with COCKPIT_FAULTS_STRIDE=1, both ways of going on after it; by default every eighth, in turn.
"""

import itertools
import pickle
import shutil
from pathlib import Path

import pytest

from cockpit import seals
from etl import acts, audit, snapshot, versions
from tests.faults import child, power, world
from tests.faults.child import Plan
from tests.faults.test_steps import KINDS, STRIDE
from tests.faults.world import contest, copied, kept_whole, served
from tests.sending import send

WITH: world.Figures = {"J-1": 101, "J-2": 222}
WITHOUT: world.Figures = {"J-1": 101, "J-2": 102}
ACTS = ("withdraw", "rollback kept", "rollback pruned")
EACH = STRIDE if STRIDE == 1 else 2 * STRIDE


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published: J-1 and J-2, then a correction of J-2, which is to be withdrawn or gone back from."""
    root = tmp_path_factory.mktemp("corrected") / "data"
    send(root / "inbox" / "一月.csv", "contest", contest(1), contest(2), title=world.TITLE)
    assert child.done("build", root) == 0
    send(root / "inbox" / "更正.csv", "contest", contest(2, 222), title=world.TITLE)
    assert child.done("build", root) == 0
    return root


def prepared(original: Path, root: Path, act: str) -> str:
    """A copy to work on, and what is to be done there."""
    copied(original, root)
    first = versions.recorded(root)[0]["version"]
    if act == "rollback pruned":
        seals.file_of(snapshot.folder(root), first).unlink()
        seals.seal_of(snapshot.folder(root), first).unlink()
    return "withdraw 2" if act == "withdraw" else f"rollback {first}"


def on_record(root: Path) -> bool:
    return bool(acts.acts(root) or versions.pinned(root))


def logged(root: Path) -> bool:
    return bool({"withdraw", "rollback"} & {entry["act"] for entry in audit.entries(root)})


def holds(root: Path, said: str) -> None:
    """The sentence of a refusal against what a reader sees, and what is on record."""
    assert ("已记录在案" in said or "已经生效" in said) == on_record(root)
    assert ("已经生效" in said) <= (served(root) == WITHOUT)
    assert ("保持不变" in said or "还没有发布" in said) <= (served(root) == WITH)
    assert "No space" not in said and "Errno" not in said


def ends_well(root: Path, act: str, asked: str, turn: int) -> None:
    """Told or not: what is on record is in the log; a build and the same command again come through."""
    assert served(root) in (WITH, WITHOUT)
    assert logged(root) or not on_record(root)
    if STRIDE == 1:
        ends_well_by_command(copied(root, root.parent / "again"), act, asked)
        shutil.rmtree(root.parent / "again")
    if STRIDE == 1 or turn % 2:
        ends_well_by_build(root)
    else:
        ends_well_by_command(root, act, asked)


def ends_well_by_build(root: Path) -> None:
    """What was withdrawn is; a pin is lifted."""
    expected = WITHOUT if acts.acts(root) else WITH
    assert child.done("build", root) == 0
    assert (served(root), versions.pinned(root)) == (expected, None)
    kept_whole(root)


def ends_well_by_command(root: Path, act: str, asked: str) -> None:
    """The outcome of one that nothing disturbed; where there is nothing left to do, it is not asked for."""
    if not (served(root) == WITHOUT and on_record(root)):
        assert child.done(asked, root) == 0
    assert served(root) == WITHOUT
    assert len(acts.acts(root)) == (act == "withdraw")
    kept_whole(root)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("kind", "first"), KINDS)
def test_stopped_at_any_call_what_was_told_holds_and_the_next_build_comes_through(
    corrected: Path, tmp_path: Path, act: str, kind: str, first: int
) -> None:
    for at in itertools.count(first, EACH):
        root, said = tmp_path / f"{at}", tmp_path / f"{at}.txt"
        asked = prepared(corrected, root, act)
        code = child.done(asked, root, Plan(kind, at, str(said)))
        if code == 0:
            break
        assert code == (-9 if kind == "kill" else child.REFUSED), at
        if kind == "full":
            holds(root, said.read_text("utf-8"))
        ends_well(root, act, asked, at // EACH)
        shutil.rmtree(root)
    assert at > 8
    assert served(root) == WITHOUT and logged(root)


@pytest.mark.parametrize("act", ACTS)
def test_a_power_cut_after_any_call_leaves_all_of_it_or_nothing(
    corrected: Path, tmp_path: Path, act: str
) -> None:
    root, out = tmp_path / "data", tmp_path / "images"
    asked = prepared(corrected, root, act)
    assert child.done(asked, root, Plan("record", out=str(out))) == 0
    met: list[power.Image] = []
    images = pickle.loads(out.read_bytes())
    for _, image in [*images[::EACH], *images[-2:]]:
        if image in met:
            continue
        met.append(image)
        left = tmp_path / f"{len(met)}"
        power.put(image, left)
        ends_well(left, act, asked, len(met))
        shutil.rmtree(left)
    power.put(images[-2][1], tmp_path / "end")
    assert served(tmp_path / "end") == WITHOUT and on_record(tmp_path / "end")
