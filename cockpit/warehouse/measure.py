"""THE query compiler: indicators, windows and filters become one statement per mart.

Every sum is told from running totals at a few days ("points"): a stock on a day is the total up to it, a flow
over [a, b] the total at b less the total before a. A mart is read once, however many windows are asked for.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from cockpit import districts
from cockpit.indicators import CATALOGUE, Indicator, Term
from cockpit.warehouse.snapshot import Snapshot

Window = tuple[date, date]
Filters = tuple[tuple[str, str], ...]
Sums = dict[tuple[str, str, str], tuple[int, int | None]]
Running = dict[str, list[list[int]]]
GROUPS = {None: "''", "county": "SUBSTR(town, 1, 6)", "town": "town"}
DAY = timedelta(days=1)


def terms(indicator: Indicator) -> tuple[Term, ...]:
    both = (indicator.numerator, indicator.denominator)
    return tuple(term for term in both if term is not None)


# All that the catalogue counts in a mart is read together: the next indicator then costs nothing.
COLUMNS: dict[str, list[str]] = {}
for _term in (term for indicator in CATALOGUE.values() for term in terms(indicator)):
    COLUMNS.setdefault(_term.mart, [])
    if _term.column not in COLUMNS[_term.mart]:
        COLUMNS[_term.mart].append(_term.column)
STOCKS = {term.mart for i in CATALOGUE.values() if i.rule == "stock" for term in terms(i)}
WHOLE = districts.prefix(districts.ROOT.code)


def effective(indicator: Indicator, window: Window) -> Window:
    """The days an indicator looks at in a window: a stock only its last, a year's figure from 1 January."""
    start, end = window
    if indicator.rule == "stock":
        return end, end
    return (date(end.year, 1, 1) if indicator.rule == "year" else start), end


def measure(
    snapshot: Snapshot,
    indicators: Iterable[Indicator],
    windows: Mapping[str, Window],
    filters: Filters = (),
    by: str | None = None,
    prefix: str = "",
) -> Sums:
    """Numerator and denominator sums by (group, indicator key, window name), as integers.

    `by`: 'county', 'town', a breakdown of all the indicators, or None for one group ''. `prefix`: beginning
    of the town codes to count. A group without records is absent: its sums are 0.
    """
    asked = list(indicators)
    points = _points(windows)
    by_mart = {
        term.mart: _running(snapshot, term.mart, points, filters, by, prefix)
        for indicator in asked
        for term in terms(indicator)
    }
    sums: Sums = {}
    for indicator in asked:
        groups = {group for term in terms(indicator) for group in by_mart[term.mart]}
        for name, window in windows.items():
            for group in groups:
                parts = [_sum(by_mart[t.mart], t, group, points, indicator, window) for t in terms(indicator)]
                sums[group, indicator.key, name] = (parts[0], parts[1] if len(parts) > 1 else None)
    return sums


def _points(windows: Mapping[str, Window]) -> list[date]:
    """The days at whose end running totals are needed, ascending."""
    days = {day for start, end in windows.values() for day in (start - DAY, end, date(end.year, 1, 1) - DAY)}
    return sorted(days)


def _sum(
    running: Running, term: Term, group: str, points: Sequence[date], indicator: Indicator, window: Window
) -> int:
    if group not in running:
        return 0
    totals = running[group][COLUMNS[term.mart].index(term.column)]
    start, end = effective(indicator, window)
    before = 0 if indicator.rule == "stock" else totals[bisect_left(points, start - DAY)]
    return totals[bisect_left(points, end)] - before


def _running(
    snapshot: Snapshot, mart: str, points: Sequence[date], filters: Filters, by: str | None, prefix: str
) -> Running:
    """Running totals per group, column of COLUMNS[mart] and point."""
    key = (mart, tuple(points), filters, by, prefix)
    return snapshot.remember(key, lambda: _accumulate(snapshot.rows(*compiled(*key)), points, mart))


def _accumulate(rows: Iterable[tuple[Any, ...]], points: Sequence[date], mart: str) -> Running:
    width = len(COLUMNS[mart])
    running: Running = {}
    for group, point, *values in rows:
        steps = running.setdefault(group or "", [[0] * len(points) for _ in range(width)])
        for column, value in enumerate(values):
            steps[column][point] += value or 0
    for steps in running.values():
        for totals in steps:
            for point in range(1, len(points)):
                totals[point] += totals[point - 1]
    return running


def compiled(
    mart: str, points: Sequence[date], filters: Filters, by: str | None, prefix: str
) -> tuple[str, list[Any]]:
    """One statement: sums per group and stretch. Names are the catalogue's, values are bound."""
    steps = " ".join(f"WHEN day <= ? THEN {place}" for place in range(len(points)))
    sums = ", ".join(f"CAST(SUM({c}) AS BIGINT) AS sum_{c}" for c in COLUMNS[mart])
    kept = "".join(f" AND {column} = ?" for column, _ in filters)
    part = prefix not in ("", WHOLE)  # the warehouse holds the root city only
    flows = mart not in STOCKS  # of these, nothing before the first point is ever asked for
    inside = (" AND day > ?" if flows else "") + (" AND town LIKE ?" if part else "")
    sql = (
        f"SELECT grp, point, {sums} FROM ("
        f"SELECT {GROUPS.get(by, by)} AS grp, CASE {steps} END AS point, {', '.join(COLUMNS[mart])} "
        f"FROM mart_{mart} WHERE day <= ?{inside}{kept}) AS stretches GROUP BY grp, point"
    )
    bound = [
        *points,
        points[-1],
        *points[: int(flows)],
        *[f"{prefix}%"] * part,
        *(code for _, code in filters),
    ]
    return sql, bound
