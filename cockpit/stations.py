"""The stations in use: where they are, what they offer, how their last check went."""

import pandas as pd

from cockpit import codes, districts, indicators
from cockpit.reading.vouch import counted, refusal
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot

PASSED, FAILED, UNCHECKED = "达标", "未达标", "未检查"
HEADERS = {
    "county_name": "区县",
    "town_name": "镇街",
    "name": "站点名称",
    "type": "类型",
    "around_the_clock": "24小时开放",
    "open_hours": "开放时间",
    "offers": "设施",
    "checked": "八有检查",
    "checked_on": "检查日期",
    "station_no": "站点编号",
}
SQL = """
SELECT f.station_no, f.name, f.town, d.town_name, d.county_name, f.station_type, f.open_24h, f.open_hours,
  f.facilities, f.lon, f.lat, c.checked_on, c.eight_pass
FROM fact_station AS f
INNER JOIN dim_division AS d ON d.town = f.town
LEFT JOIN (
  SELECT station_no, checked_on, eight_pass FROM fact_check
  WHERE from_on <= ? AND (to_on IS NULL OR to_on > ?)
) AS c ON c.station_no = f.station_no
WHERE f.from_on <= ? AND (f.to_on IS NULL OR f.to_on > ?) AND f.town LIKE ?{filters}
ORDER BY f.town, f.station_no
"""


def stations(snapshot: Snapshot, slice: Slice) -> pd.DataFrame:
    """One row per station in use on the last day of the slice: the same rows that 在用站点 counts.

    Columns station_no, name, town, town_name, county_name, station_type, lon, lat (CGCS2000), and in words
    type, around_the_clock, open_hours, offers, checked, checked_on. Empty where it is not vouched for.
    """
    shown = indicators.get("stations_open")
    window = counted(snapshot, shown, slice)
    day, hidden = window[1], refusal(snapshot, shown, slice.district, slice.filters, window)
    filters = () if hidden else slice.filters
    kept = "".join(f" AND f.{column} = ?" for column, _ in filters)
    bound = [day, day, day, day, f"{districts.prefix(slice.district.code)}%", *(c for _, c in filters)]
    frame = snapshot.query(SQL.format(filters=kept), bound)
    frame = frame.iloc[:0] if hidden else frame
    frame["type"] = frame["station_type"].map(codes.STATION_TYPES)
    frame["around_the_clock"] = frame["open_24h"].map(codes.YES_NO)
    frame["offers"] = [_offers(words) for words in frame["facilities"]]
    frame["checked"] = [_checked(passed) for passed in frame["eight_pass"]]
    return frame


def unnamed(frame: pd.DataFrame) -> pd.DataFrame:
    """The stations as mere points, for a screen that anyone may look at."""
    hidden = ("name", "offers", "checked", "around_the_clock", "open_hours")
    return frame.assign(**dict.fromkeys(hidden, ""))


def _offers(words: str | None) -> str:
    """'aircon;water' -> 空调、饮水机; nothing stated stays —."""
    if not isinstance(words, str) or not words:
        return "—"
    return "、".join(codes.FACILITIES[word] for word in words.split(";"))


def _checked(passed: float | None) -> str:
    if passed is None or pd.isna(passed):
        return UNCHECKED
    return PASSED if passed else FAILED


def named(frame: pd.DataFrame, words: str) -> pd.DataFrame:
    """The stations whose name, town or number contains these words."""
    wanted = words.strip()
    if not wanted:
        return frame
    where = [
        frame[column].str.contains(wanted, regex=False) for column in ("name", "town_name", "station_no")
    ]
    return frame[where[0] | where[1] | where[2]]


def listed(frame: pd.DataFrame) -> pd.DataFrame:
    """The table beside the map, with Chinese headers."""
    return frame[list(HEADERS)].rename(columns=HEADERS)
