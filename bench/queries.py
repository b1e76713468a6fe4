"""Page queries: all statements one run of a page sends to the warehouse, for slices no cache has seen.

python -m bench.queries [scale ...]
"""

import os
import statistics
import sys
import time
from itertools import product
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from bench.prepared import prepared
from bench.served import ROOT, machine
from cockpit.site import PAGES
from cockpit.warehouse import Snapshot

COUNTIES = ("330500", "330521", "330523", "330502")
PERIODS = ("2023-H1", "2023-Q1", "2022-H2", "2023-YTD")


class Clock:
    """Counts the statements that pass and their milliseconds, fetching of the result included.

    `busy` are milliseconds of processor time, all threads together: what a busy machine does not distort.
    """

    def __init__(self) -> None:
        self.spent = self.busy = 0.0
        self.statements = 0

    def around(self, name: str) -> None:
        ask = getattr(Snapshot, name)

        def timed(*given: Any) -> Any:
            begun, worked = time.perf_counter(), time.process_time()
            try:
                return ask(*given)
            finally:
                self.spent += 1000 * (time.perf_counter() - begun)
                self.busy += 1000 * (time.process_time() - worked)
                self.statements += 1

        setattr(Snapshot, name, timed)


def run(path: str, query: dict[str, str]) -> float:
    """Milliseconds of one run of a page's script, drawing of figures included."""
    at = AppTest.from_file(str(ROOT / "pages" / f"{path}.py"), default_timeout=300)
    for name, code in query.items():
        at.query_params[name] = code
    begun = time.perf_counter()
    at.run()
    if at.exception:
        raise SystemExit(f"{path} {query}: {at.exception[0].value}")
    return 1000 * (time.perf_counter() - begun)


def forget() -> None:
    """Nothing remembered from earlier runs, the open warehouse aside."""
    from cockpit.shell import data

    st.cache_data.clear()
    st.cache_resource.clear()
    data.warehouse().snapshot().memo.clear()


def measure(scale: int) -> None:
    os.environ["COCKPIT_DATA"] = str(prepared(scale))
    for path in PAGES:
        run(path, {"district": COUNTIES[0]})  # imports and the opening of the file
    clock = Clock()
    clock.around("rows")
    clock.around("query")
    heads = f"{'statements':>11}{'queries ms':>11}{'their CPU ms':>13}{'script ms':>10}"
    print(f"\nscale {scale}: {'page':<12}{heads}  (medians)")
    for path in PAGES:
        told = []
        for district, period in product(COUNTIES, PERIODS):
            forget()
            clock.spent, clock.busy, clock.statements = 0.0, 0.0, 0
            script = run(path, {"district": district, "period": period})
            told.append((clock.statements, clock.spent, clock.busy, script))
        statements, spent, busy, script = (statistics.median(each) for each in zip(*told, strict=True))
        print(f"{'':<9} {path:<12}{statements:>11.0f}{spent:>11.1f}{busy:>13.1f}{script:>10.0f}")


if __name__ == "__main__":
    print(machine())
    for each in sys.argv[1:] or ["1", "20"]:
        measure(int(each))
