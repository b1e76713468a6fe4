"""Many more damaged files than one test run has: `python -m tests.longer_mutations 20000 [first seed]`.

Their return workbooks are looked at too. Prints how many were refused and how many rows were taken; stops at
the first file that breaks a rule, with the values that make it again.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.mutations import Made, check, damaged_bytes, damaged_parts, odd_cells

CHUNK = 500


def run(strategy: SearchStrategy[Made], number: int, folder: Path, met: Counter[str]) -> None:
    """One chunk of files from one seed."""

    @seed(number)
    @settings(
        max_examples=CHUNK,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(made=strategy)
    def files(made: Made) -> None:
        judged = check(folder, made, answer=True)
        met.update(files=1, refused=judged.refused, accepted=judged.accepted, rejected=judged.rejected)

    files()


def main(wanted: int, first: int) -> None:
    met: Counter[str] = Counter()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        while met["files"] < wanted:
            for strategy in (damaged_bytes(), damaged_parts(), odd_cells()):
                run(strategy, first, Path(folder), met)
            first += 1
            told = "，".join(f"{name} {count}" for name, count in met.items())
            print(f"{told}（{time.monotonic() - begun:.0f} 秒）", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
