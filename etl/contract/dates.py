"""Dates as staff write them: 2025-01-31, 2025.1.31, 2025/1/31, 2025年1月31日, 20250131, serial 45688."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

# As Excel's own dates are read, which are most: nothing in them has to be made plain first.
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?", re.ASCII)
_TIME = r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?" + _TIME)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
# Day 1 is 1900-01-01, and Excel counts a 29 February 1900 that never was.
SERIAL_ORIGIN = date(1899, 12, 30)
# As a serial 20235 would be a day of 1955; it is 2023-5 without its dash.
YEAR_AND_MONTH = re.compile(r"(?:19|20)\d{3}")
FIRST, LAST = date(1900, 3, 1), date(2100, 12, 31)


def parse_date(text: str) -> date | None:
    """The day, or None when the text is no day between 1900-03-01 and 2100-12-31."""
    if iso := ISO.fullmatch(text):
        return _day(iso[1], iso[2], iso[3])
    plain = _plain(text)
    if YEAR_AND_MONTH.fullmatch(plain):
        return None
    if SERIAL.fullmatch(plain):
        return _sound(SERIAL_ORIGIN + timedelta(days=int(float(plain))))
    found = DAY.fullmatch(plain) or COMPACT.fullmatch(plain)
    return _day(found[1], found[2], found[3]) if found else None


def parse_month(text: str) -> date | None:
    """The month's last day: of 2025-01, 2025年1月, 202501, or of the month a day lies in."""
    plain = _plain(text)
    found = MONTH.fullmatch(plain) or COMPACT_MONTH.fullmatch(plain)
    day = _day(found[1], found[2], "1") if found else parse_date(plain)
    return day.replace(day=monthrange(day.year, day.month)[1]) if day else None


def _plain(text: str) -> str:
    """Full-width digits made narrow, blanks around separators away."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"\s*([年月./-])\s*|\s+(?=日)", r"\1", narrow)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return _sound(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _sound(day: date) -> date | None:
    return day if FIRST <= day <= LAST else None
