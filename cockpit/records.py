"""The records behind a number: the facts that were counted. Their sum is the figure's numerator."""

from typing import Any, Literal

import pandas as pd

from cockpit import districts, indicators
from cockpit.indicators import CATALOGUE, Indicator, Term
from cockpit.labels import COUNTED, LABELS, WORDS, label, word
from cockpit.reading.vouch import counted, refusal
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot, Window, effective

Side = Literal["numerator", "denominator"]
PLACE = ("county_name", "town_name")
LAST = ("file", "sheet", "row_no")
# Traits of persons: records are told without them, whatever figure they are counted in.
PERSONAL = {(i.numerator.mart, i.guard.split) for i in CATALOGUE.values() if i.guard}


def records(
    snapshot: Snapshot, key: str, slice: Slice, side: Side = "numerator", most: int | None = None
) -> pd.DataFrame:
    """The counted facts with Chinese headers and words, newest first; column 计入 adds up to the figure.

    `side` chooses a ratio's numerator or denominator; for a count both are the same. Empty where the figure
    may not be told, or not by its records. `most`: the first rows only; tally() knows all of them.
    """
    term = _term(key, side)
    columns = _columns(snapshot, term)
    headers = [label(term.mart, column) for column in columns]
    asked = _asked(snapshot, key, slice, term)
    if asked is None:
        return pd.DataFrame(columns=[*headers, COUNTED])
    sql, bound = asked
    limit = "" if most is None else f" LIMIT {most:d}"
    frame = pd.DataFrame(snapshot.rows(sql + limit, bound), columns=[*columns, COUNTED], dtype=object)
    for column in columns:
        if column in WORDS:
            told = {code: word(column, code) for code in frame[column].unique()}
            frame[column] = frame[column].map(told)
    return frame.set_axis([*headers, COUNTED], axis="columns")


def tally(snapshot: Snapshot, key: str, slice: Slice, side: Side = "numerator") -> tuple[int, int]:
    """How many rows records() has without a limit, and the sum of their column 计入."""
    asked = _asked(snapshot, key, slice, _term(key, side))
    if asked is None:
        return 0, 0
    rows, total = snapshot.rows(f"SELECT COUNT(*), SUM(counted) FROM ({asked[0]}) AS listed", asked[1])[0]
    return rows, int(total or 0)


def _term(key: str, side: Side) -> Term:
    indicator = indicators.get(key)
    return indicator.denominator if side == "denominator" and indicator.denominator else indicator.numerator


def _asked(snapshot: Snapshot, key: str, slice: Slice, term: Term) -> tuple[str, list[Any]] | None:
    """The statement that lists the records, or None where they may not be told."""
    indicator = indicators.get(key)
    window = counted(snapshot, indicator, slice)
    if unlisted(indicator, slice) or refusal(snapshot, indicator, slice.district, slice.filters, window):
        return None
    return compiled(snapshot, indicator, term, _columns(snapshot, term), slice, window)


def unlisted(indicator: Indicator, slice: Slice) -> str | None:
    """Why the records behind a figure are not listed, or None: a record of a guarded one is a small group."""
    return "涉及个人身份信息，不列出记录" if indicator.guarded(slice.filters) else None


def _columns(snapshot: Snapshot, term: Term) -> list[str]:
    """What is shown: place first, where it came from last. Measures have no label and stay out."""
    kept = [
        c for c in snapshot.columns[f"fact_{term.mart}"] if c in LABELS and (term.mart, c) not in PERSONAL
    ]
    return [*PLACE, *(c for c in kept if c not in (*PLACE, *LAST)), *LAST]


def compiled(
    snapshot: Snapshot, indicator: Indicator, term: Term, columns: list[str], slice: Slice, window: Window
) -> tuple[str, list[Any]]:
    """Events count by their day, intervals by lying over the last day: the same rule as the mart's sums."""
    start, end = effective(indicator, window)
    if "from_on" in snapshot.columns[f"fact_{term.mart}"]:
        by, when, days = "from_on", "f.from_on <= ? AND (f.to_on IS NULL OR f.to_on > ?)", [end, end]
    elif indicator.rule == "stock":
        by, when, days = "day", "f.day <= ?", [end]
    else:
        by, when, days = "day", "f.day BETWEEN ? AND ?", [start, end]
    shown = [f"d.{c}" if c in PLACE else f"f.{c}" for c in columns]
    row, same = shown.index("f.row_no"), ", ".join(c for c in shown if c != "f.row_no")
    shown[row] = "MIN(f.row_no) AS row_no"
    kept = "".join(f" AND f.{column} = ?" for column, _ in slice.filters)
    sql = (
        f"SELECT {', '.join(shown)}, CAST(SUM(f.{term.column}) AS BIGINT) AS counted "
        f"FROM fact_{term.mart} AS f "
        f"INNER JOIN dim_division AS d ON d.town = f.town "
        f"WHERE f.{term.column} <> 0 AND f.town LIKE ? AND {when}{kept} "
        f"GROUP BY {same}, f.{by}, f.town HAVING SUM(f.{term.column}) <> 0 "
        f"ORDER BY f.{by} DESC, f.town, f.file, f.sheet, row_no"
    )
    return sql, [f"{districts.prefix(slice.district.code)}%", *days, *(code for _, code in slice.filters)]
