"""Acts that are lost: none is forgotten, be it the first or the last."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from cockpit import seals
from etl import acts, ledger, rollback, snapshot, versions
from etl.build import build
from etl.integrity import Lost
from etl.withdrawal import decide
from tests.sending import row, send
from tests.uploading import copied

TITLE = "德清县 · 数据截至2023-06-30"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions: with J-1, and with J-1 and J-2."""
    place = tmp_path_factory.mktemp("acts")
    for number in (1, 2):
        cells = row("contest", contest_id=f"J-{number}")
        send(place / "inbox" / f"{number}.csv", "contest", cells, title=TITLE)
        build(place, "甲")
    return place


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    return copied(whole, tmp_path / "data")


def lose(root: Path, number: int) -> None:
    (root / "store" / "acts" / f"{number:06d}.json").unlink()


@pytest.mark.parametrize("done", [1, 2])
def test_the_last_act_lost_stops_the_build_instead_of_reviving_what_was_withdrawn(
    root: Path, done: int
) -> None:
    for act in ("withdraw", "reinstate")[:done]:
        decide(root, act, "2", "乙", "报错了县")
    version = snapshot.current(root)
    lose(root, done)
    with pytest.raises(Lost, match=rf"撤回记录 store/acts/00000{done}\.json 已损坏或不见了.*restore"):
        build(root)
    assert snapshot.current(root) == version


def test_an_act_that_led_to_a_version_published_already_is_missed_too(root: Path) -> None:
    """Gone back to the version without J-2, then withdrawn: nothing new is built, yet the act is counted."""
    first = versions.recorded(root)[0]["version"]
    rollback.rollback(root, first, "乙", "数字有误")
    assert decide(root, "withdraw", "2", "乙", "报错了县") == first
    lose(root, 1)
    with pytest.raises(Lost, match=r"store/acts/000001\.json"):
        build(root)


def test_a_seal_from_before_acts_were_counted_opens_and_learns_the_number(root: Path) -> None:
    version = decide(root, "withdraw", "2", "乙", "报错了县")
    for path in (root / "published").glob("cockpit-*.json"):
        told = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({name: told[name] for name in told if name != "acts"}), "utf-8")
    assert seals.flaw(root / "published", version) == ""
    assert acts.withdrawn(root) == {ledger.batches(root)[-1].sha256}
    assert not build(root).changed
    seal = seals.read(root / "published", version)
    assert seal and asdict(seal)["acts"] == 1
