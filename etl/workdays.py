"""Working days of mainland China: the `holidays` library, corrected by workday_overrides.csv."""

import csv
from datetime import date, timedelta
from pathlib import Path

import holidays
import pandas as pd

FIRST, LAST = date(2010, 1, 1), date(2030, 12, 31)


def overrides(path: Path) -> dict[date, bool]:
    """Official shifts that the library does not know yet: day -> is it a working day."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {date.fromisoformat(r["day"]): r["is_workday"] == "1" for r in csv.DictReader(lines)}


def calendar(path: Path) -> pd.DataFrame:
    """One row per day 2010..2030: day, is_workday 0/1, workday_no = working days up to and including it."""
    china, corrected = (
        holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 1)),
        overrides(path),
    )
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    frame = pd.DataFrame({"day": days})
    frame["is_workday"] = [int(corrected.get(d, china.is_working_day(d))) for d in days]
    frame["workday_no"] = frame["is_workday"].cumsum()
    return frame
