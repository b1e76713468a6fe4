"""The records behind a number: the facts that were counted. Their sum is the figure's numerator."""

from typing import Any, Literal

import pandas as pd

from cockpit import districts, indicators
from cockpit.indicators import Indicator, Term
from cockpit.labels import COUNTED, LABELS, WORDS, label, word
from cockpit.reading.vouch import dated, unsupported, unvouched
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot, effective

Side = Literal["numerator", "denominator"]
PLACE = ("county_name", "town_name")
LAST = ("file", "sheet", "row_no")


def records(snapshot: Snapshot, key: str, slice: Slice, side: Side = "numerator") -> pd.DataFrame:
    """The counted facts with Chinese headers and words, newest first; column 计入 adds up to the figure.

    `side` chooses a ratio's numerator or denominator; for a count both are the same. Empty where the figure
    cannot be vouched for.
    """
    indicator = indicators.get(key)
    term = indicator.denominator if side == "denominator" and indicator.denominator else indicator.numerator
    columns = _columns(snapshot, term)
    headers = [label(term.mart, column) for column in columns]
    slice = dated(snapshot, indicator, slice)
    window = (slice.period.start, slice.period.end)
    if unsupported(indicator, slice.filters) or unvouched(snapshot, indicator, slice.district, window):
        return pd.DataFrame(columns=[*headers, COUNTED])
    sql, bound = compiled(snapshot, indicator, term, columns, slice)
    frame = pd.DataFrame(snapshot.rows(sql, bound), columns=[*columns, COUNTED], dtype=object)
    for column in columns:
        if column in WORDS:
            told = {code: word(column, code) for code in frame[column].unique()}
            frame[column] = frame[column].map(told)
    return frame.set_axis([*headers, COUNTED], axis="columns")


def _columns(snapshot: Snapshot, term: Term) -> list[str]:
    """What is shown: place first, where it came from last. Measures have no label and stay out."""
    own = [c for c in snapshot.columns[f"fact_{term.mart}"] if c in LABELS and c not in (*PLACE, *LAST)]
    return [*PLACE, *own, *LAST]


def compiled(
    snapshot: Snapshot, indicator: Indicator, term: Term, columns: list[str], slice: Slice
) -> tuple[str, list[Any]]:
    """Events count by their day, intervals by lying over the last day: the same rule as the mart's sums."""
    start, end = effective(indicator, (slice.period.start, slice.period.end))
    if "from_on" in snapshot.columns[f"fact_{term.mart}"]:
        by, when, days = "from_on", "f.from_on <= ? AND (f.to_on IS NULL OR f.to_on > ?)", [end, end]
    elif indicator.rule == "stock":
        by, when, days = "day", "f.day <= ?", [end]
    else:
        by, when, days = "day", "f.day BETWEEN ? AND ?", [start, end]
    shown = ", ".join(f"d.{c}" if c in PLACE else f"f.{c}" for c in columns)
    kept = "".join(f" AND f.{column} = ?" for column, _ in slice.filters)
    sql = (
        f"SELECT {shown}, f.{term.column} AS counted FROM fact_{term.mart} AS f "
        f"INNER JOIN dim_division AS d ON d.town = f.town "
        f"WHERE f.{term.column} <> 0 AND f.town LIKE ? AND {when}{kept} "
        f"ORDER BY f.{by} DESC, f.town, f.file, f.sheet, f.row_no"
    )
    return sql, [f"{districts.prefix(slice.district.code)}%", *days, *(code for _, code in slice.filters)]
