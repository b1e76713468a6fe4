"""THE query compiler: indicators, windows and filters become one statement per mart.

Every sum is told from running totals: a stock on a day is the total up to it, a flow over [a, b] the total at
b less the total before a. A statement sums by stretch: a month, divided where a window begins or ends inside
it. So one reading of a mart serves all windows and series, and all periods made of whole months.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from cockpit import districts
from cockpit.indicators import CATALOGUE, Indicator, Term
from cockpit.slices.period import month_end
from cockpit.warehouse.snapshot import Snapshot

Window = tuple[date, date]
Filters = tuple[tuple[str, str], ...]
Sums = dict[tuple[str, str, str], tuple[int, int | None]]
Stretch = tuple[int, int]
Running = dict[str, tuple[list[Stretch], list[list[int]]]]
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
    of the town codes to count. A group without records is absent: its sums are 0. Nothing is told of days
    before the complete records or after the data date.
    """
    asked = list(indicators)
    breaks = _breaks(windows, snapshot.info.data_date)
    by_mart = {
        term.mart: _running(snapshot, term.mart, breaks, filters, by, prefix)
        for indicator in asked
        for term in terms(indicator)
    }
    sums: Sums = {}
    for indicator in asked:
        groups = {group for term in terms(indicator) for group in by_mart[term.mart]}
        for name, window in windows.items():
            start, end = effective(indicator, window)
            last = _stretch(end, breaks, snapshot.info.complete_since)
            before = _stretch(start - DAY, breaks, snapshot.info.complete_since)
            first = None if indicator.rule == "stock" else before
            for group in groups:
                parts = [_sum(by_mart[term.mart], term, group, first, last) for term in terms(indicator)]
                sums[group, indicator.key, name] = (parts[0], parts[1] if len(parts) > 1 else None)
    return sums


def _breaks(windows: Mapping[str, Window], data_date: date) -> tuple[date, ...]:
    """Days inside a month at whose end a running total is needed. After the data date there is nothing."""
    days = {day for start, end in windows.values() for day in (start - DAY, end)}
    return tuple(sorted(day for day in days if day != month_end(day) and day < data_date))


def _stretch(day: date, breaks: Sequence[date], since: date) -> Stretch:
    """The stretch a day lies in: month (0 before the complete records), and how many breaks lie before it."""
    return (0 if day < since else 12 * day.year + day.month), bisect_left(breaks, day)


def _sum(running: Running, term: Term, group: str, before: Stretch | None, last: Stretch) -> int:
    """The total up to the end of a stretch, less that up to an earlier one."""
    if group not in running:
        return 0
    stretches, columns = running[group]
    totals = columns[COLUMNS[term.mart].index(term.column)]
    earlier = 0 if before is None else totals[bisect_right(stretches, before)]
    return totals[bisect_right(stretches, last)] - earlier


def _running(
    snapshot: Snapshot, mart: str, breaks: tuple[date, ...], filters: Filters, by: str | None, prefix: str
) -> Running:
    """Group -> its stretches and, per column of COLUMNS[mart], the total before the first and after each."""
    key = (mart, breaks, filters, by, prefix)
    since, data_date = snapshot.info.complete_since, snapshot.info.data_date
    return snapshot.remember(key, lambda: _accumulate(snapshot.rows(*compiled(*key, since, data_date))))


def _accumulate(rows: Iterable[tuple[Any, ...]]) -> Running:
    running: Running = {}
    for group, month, part, *values in sorted(rows, key=lambda row: row[1:3]):  # cheaper than in SQL
        stretches, columns = running.setdefault(group or "", ([], [[0] for _ in values]))
        stretches.append((month, part))
        for totals, value in zip(columns, values, strict=True):
            totals.append(totals[-1] + value)
    return running


def compiled(
    mart: str,
    breaks: tuple[date, ...],
    filters: Filters,
    by: str | None,
    prefix: str,
    since: date,
    data_date: date,
) -> tuple[str, list[Any]]:
    """One statement: sums per group and stretch. Names are the catalogue's, values are bound."""
    steps = " ".join(f"WHEN day <= ? THEN {place}" for place in range(len(breaks)))
    part = f"CASE {steps} ELSE {len(breaks)} END" if breaks else "0"
    sums = ", ".join(f"CAST(SUM({c}) AS BIGINT) AS sum_{c}" for c in COLUMNS[mart])
    flows = mart not in STOCKS  # of these, nothing before the complete records is ever asked for
    inside = prefix not in ("", WHOLE)  # the warehouse holds the root city only
    kept = (
        " AND day >= ?" * flows + " AND town LIKE ?" * inside + "".join(f" AND {c} = ?" for c, _ in filters)
    )
    sql = (
        f"SELECT grp, stretch, part, {sums} FROM (SELECT {GROUPS.get(by, by)} AS grp, "
        "CASE WHEN day < ? THEN 0 ELSE 12 * EXTRACT(YEAR FROM day) + EXTRACT(MONTH FROM day) END AS stretch, "
        f"{part} AS part, {', '.join(COLUMNS[mart])} FROM mart_{mart} WHERE day <= ?{kept}) AS stretches "
        f"GROUP BY grp, stretch, part"
    )
    bound = [
        since,
        *breaks,
        data_date,
        *[since] * flows,
        *[f"{prefix}%"] * inside,
        *(code for _, code in filters),
    ]
    return sql, bound
