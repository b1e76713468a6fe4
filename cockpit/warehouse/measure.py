"""THE query compiler: indicators, windows and filters become one statement per mart.

Every sum is told from running totals: a stock on a day is the total up to it, a flow over [a, b] the total at
b less the total before a. A statement sums by stretch: a month, divided where a window begins or ends inside
it. So one reading of a mart serves all windows and series, and all periods made of whole months.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from cockpit import districts
from cockpit.indicators import CATALOGUE, Indicator, Term
from cockpit.slices.period import month_end
from cockpit.warehouse.snapshot import Snapshot

Window = tuple[date, date]
Filters = tuple[tuple[str, str], ...]
Sums = dict[tuple[str, str, str], tuple[int, int | None]]
Stretch = tuple[int, int]
# Stretches in order and, per column of COLUMNS[mart], the total before the first and after each.
Totals = tuple[list[Stretch], list[list[int]]]
GROUPS = {None: "''", "county": "SUBSTR(town, 1, 6)", "town": "town"}
DAY = timedelta(days=1)


class Question(NamedTuple):
    """What is asked of one mart; `breaks` are days inside a month at whose end a total is needed."""

    mart: str
    breaks: tuple[date, ...]
    filters: Filters
    by: str | None
    prefix: str


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
    info, asked = snapshot.info, list(indicators)
    breaks = _breaks(windows, info.data_date)
    by_mart = {
        mart: _running(snapshot, Question(mart, breaks, filters, by, prefix))
        for mart in {term.mart for indicator in asked for term in terms(indicator)}
    }
    sums: Sums = {}
    for indicator in asked:
        counted = [(by_mart[term.mart], COLUMNS[term.mart].index(term.column)) for term in terms(indicator)]
        for name, window in windows.items():
            start, end = effective(indicator, window)
            before, last = (_stretch(day, breaks, info.complete_since) for day in (start - DAY, end))
            first = None if indicator.rule == "stock" else before
            for group in {group for running, _ in counted for group in running}:
                parts = [_sum(running.get(group), column, first, last) for running, column in counted]
                sums[group, indicator.key, name] = (parts[0], parts[1] if len(parts) > 1 else None)
    return sums


def _breaks(windows: Mapping[str, Window], data_date: date) -> tuple[date, ...]:
    """Days inside a month at whose end a running total is needed. After the data date there is nothing."""
    days = {day for start, end in windows.values() for day in (start - DAY, end)}
    return tuple(sorted(day for day in days if day != month_end(day) and day < data_date))


def _stretch(day: date, breaks: Sequence[date], since: date) -> Stretch:
    """The stretch a day lies in: month (0 before the complete records), and how many breaks lie before it."""
    return (0 if day < since else 12 * day.year + day.month), bisect_left(breaks, day)


def _sum(running: Totals | None, column: int, before: Stretch | None, last: Stretch) -> int:
    """The total up to the end of a stretch, less that up to an earlier one."""
    if running is None:
        return 0
    stretches, columns = running
    earlier = 0 if before is None else columns[column][bisect_right(stretches, before)]
    return columns[column][bisect_right(stretches, last)] - earlier


def _running(snapshot: Snapshot, question: Question) -> dict[str, Totals]:
    """The answer to a question by group, asked once."""
    statement = compiled(question, snapshot.info.complete_since, snapshot.info.data_date)
    return snapshot.remember(question, lambda: _accumulate(snapshot.rows(*statement)))


def _accumulate(rows: Iterable[tuple[Any, ...]]) -> dict[str, Totals]:
    running: dict[str, Totals] = {}
    for group, month, part, *values in sorted(rows, key=lambda row: row[1:3]):  # cheaper than in SQL
        stretches, columns = running.setdefault(group or "", ([], [[0] for _ in values]))
        stretches.append((month, part))
        for totals, value in zip(columns, values, strict=True):
            totals.append(totals[-1] + value)
    return running


def compiled(asked: Question, since: date, data_date: date) -> tuple[str, list[Any]]:
    """One statement: sums per group and stretch. Names are the catalogue's, values are bound."""
    columns = COLUMNS[asked.mart]
    steps = " ".join(f"WHEN day <= ? THEN {place}" for place in range(len(asked.breaks)))
    part = f"CASE {steps} ELSE {len(asked.breaks)} END" if steps else "0"
    sums = ", ".join(f"CAST(SUM({column}) AS BIGINT) AS sum_{column}" for column in columns)
    kept: list[tuple[str, Any]] = [("day <= ?", data_date)]
    if asked.mart not in STOCKS:  # of these, nothing before the complete records is ever asked for
        kept.append(("day >= ?", since))
    if asked.prefix not in ("", WHOLE):  # the warehouse holds the root city only
        kept.append(("town LIKE ?", f"{asked.prefix}%"))
    kept += [(f"{breakdown} = ?", code) for breakdown, code in asked.filters]
    sql = (
        f"SELECT grp, stretch, part, {sums} FROM (SELECT {GROUPS.get(asked.by, asked.by)} AS grp, "
        "CASE WHEN day < ? THEN 0 ELSE 12 * EXTRACT(YEAR FROM day) + EXTRACT(MONTH FROM day) END AS stretch, "
        f"{part} AS part, {', '.join(columns)} FROM mart_{asked.mart} "
        f"WHERE {' AND '.join(test for test, _ in kept)}) AS stretches GROUP BY grp, stretch, part"
    )
    return sql, [since, *asked.breaks, *(value for _, value in kept)]
