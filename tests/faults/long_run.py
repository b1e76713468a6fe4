"""Whole builds killed at random while readers look on: `python -m tests.faults.long_run --kills 200`.

One data folder for the whole run. Each time a file of a district arrives, every other time as an upload
that is confirmed; the process is killed or the disk full at a random moment; a whole version must be served;
the next build, undisturbed, must count every row once. Prints what happened; ends with 1 at the first fault.
"""

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from cockpit.warehouse import Warehouse
from etl import clock
from etl.intake import pending
from tests.faults import child, world
from tests.faults.child import Plan
from tests.sending import send


def read_on(root: Path, stop, told) -> None:
    """A reader in a process of its own: whole versions, and never fewer contests than before."""
    warehouse, looks, most = Warehouse(root), 0, 0
    try:
        while not stop.is_set():
            snapshot = warehouse.snapshot()
            ((count, entries),) = snapshot.rows("SELECT COUNT(*), SUM(entries) FROM fact_contest")
            expected = sum(100 + number for number in range(1, count + 1))
            assert (count >= most, entries) == (True, expected), (snapshot.version, count, most, entries)
            assert not warehouse.troubles()
            looks, most = looks + 1, count
    finally:
        told.put(looks if stop.is_set() else f"reader stopped: {sys.exc_info()[1]!r}")


def arrive(root: Path, number: int, uploaded: bool, light: bool) -> str:
    """Contest `number` comes in; what is to be run for it."""
    if not uploaded:
        send(root / "inbox" / f"{number}.csv", "contest", world.contest(number), title=world.TITLE)
        return "build"
    sent = send(root.parent / f"{number}.csv", "contest", world.contest(number), title=world.TITLE)
    id = pending.receive(root, [sent], "330521")
    assert child.done(f"preview {id}", root, light=light) == 0
    return f"accept {id}"


def disturb(act: str, root: Path, light: bool, chance: random.Random, usual: float) -> str:
    """Do it and have something happen to it; in a word, what came of it."""
    if chance.random() < 0.2:
        code = child.done(act, root, Plan("limit", chance.randrange(1, 14_000_000)), light)
        return {0: "room enough", 1: "disk full"}.get(code, f"exit code {code}")
    process = child.start(act, root, light=light)
    process.join(chance.random() * usual)
    if process.exitcode is None:
        process.kill()
    process.join()
    return {0: "too late", -9: "killed"}.get(process.exitcode or 0, f"exit code {process.exitcode}")


def finish(act: str, root: Path, light: bool) -> float:
    """A build without help, and the seconds it took; then what is still to be confirmed is."""
    started = time.monotonic()
    assert child.done("build", root, light=light) == 0
    took = time.monotonic() - started
    _, _, id = act.partition(" ")
    if id and (pending.preview_of(pending.folder(root, id)) or {})["state"] == "ready":
        assert child.done(act, root, light=light) == 0
    return took


def main(kills: int, seed: int, light: bool, minutes: float) -> int:
    chance, met, began = random.Random(seed), Counter[str](), time.monotonic()
    with TemporaryDirectory(prefix="faults-") as folder:
        root = Path(folder) / "data"
        send(root / "inbox" / "1.csv", "contest", world.contest(1), title=world.TITLE)
        assert child.done("build", root, light=light) == 0
        ready = child.context()
        stop, told = ready.Event(), ready.Queue()
        reader = ready.Process(target=read_on, args=(root, stop, told))
        reader.start()
        number, usual = 1, 1.0
        while met["killed"] < kills and time.monotonic() - began < minutes * 60 and reader.is_alive():
            number += 1
            act = arrive(root, number, chance.random() < 0.5, light)
            met[disturb(act, root, light, chance, usual)] += 1
            expected = {f"J-{n}": 100 + n for n in range(1, number + 1)}
            assert world.served(root) in (expected, {k: v for k, v in expected.items() if k != f"J-{number}"})
            usual += 0.2 * (finish(act, root, light) - usual)
            assert world.served(root) == expected
            world.kept_whole(root)
        stop.set()
        looks = told.get(timeout=60)
        reader.join()
    print(f"{clock.stamp()} seed {seed}: {dict(met)}, {number} contests, {looks} looks of the reader")
    return 0 if isinstance(looks, int) else 1


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--minutes", type=float, default=60, help="stop then, whatever has been reached")
    asked.add_argument("--light", action="store_true", help="a small table in place of the marts: quicker")
    given = asked.parse_args()
    sys.exit(main(given.kills, given.seed, given.light, given.minutes))
