"""Fifty people with five seconds to think, beside one person, on the same server in the same run.

python -m bench.load [users] [seconds]
"""

import asyncio
import random
import statistics
import sys

from bench.prepared import prepared
from bench.served import PRODUCT, Served, machine, served
from bench.session import Session
from cockpit import districts
from cockpit.site import PAGES

THINK = 5.0
WARM = 2
PERIODS = ("2023-H1", "2023-Q2", "2023-Q1", "2022-H2", "2022", "2023-06", "2023-05")


def choice(chance: random.Random) -> tuple[str, dict[str, str]]:
    """A page, and for the themes a district and period: one of about 550 slices."""
    page = chance.choice(list(PAGES))
    places = [districts.ROOT, *districts.children(districts.ROOT.code)]
    places += [town for county in places[1:] for town in districts.children(county.code)]
    if not PAGES[page].indicators:
        return page, {}
    return page, {"district": chance.choice(places).code, "period": chance.choice(PERIODS)}


async def person(port: int, number: int, ends: float, think: float) -> list[float]:
    """Milliseconds of every run a person waits for; the first ones, still cold, are left out."""
    chance, told = random.Random(number), []
    await asyncio.sleep(chance.uniform(0, think))
    async with Session(port) as session:
        while asyncio.get_running_loop().time() < ends:
            told.append(1000 * await session.run(*choice(chance)))
            await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
    return told[WARM:]


async def people(served: Served, users: int, seconds: float, think: float = THINK) -> list[float]:
    ends = asyncio.get_running_loop().time() + seconds
    each = [person(served.port, 1000 * users + number, ends, think) for number in range(users)]
    return [run for runs in await asyncio.gather(*each) for run in runs]


def line(who: str, runs: list[float]) -> float:
    p95 = statistics.quantiles(runs, n=20)[-1]
    print(f"{who:<22}{len(runs):>6} runs  median {statistics.median(runs):>6.0f} ms  p95 {p95:>6.0f} ms")
    return p95


def main(users: int, seconds: float) -> None:
    print(machine())
    with served(PRODUCT, prepared(1)) as running:
        running.wait()
        asyncio.run(people(running, 1, 10, 0.1))
        before = asyncio.run(people(running, 1, seconds / 2, 0.5))
        many = asyncio.run(people(running, users, seconds))
        after = asyncio.run(people(running, 1, seconds / 2, 0.5))
    alone = line("one person", before + after)
    print(f"ratio of p95: {line(f'{users} people', many) / alone:.2f}  (aim: at most 3)")


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    main(int(given[0]) if given else 50, given[1] if len(given) > 1 else 60)
