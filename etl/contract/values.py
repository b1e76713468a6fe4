"""One cell's text -> a value, per type. None means: not what the column expects."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from cockpit import districts
from cockpit.indicators import CATALOGUE
from etl.column import Column
from etl.contract import credit_code
from etl.contract.dates import parse_date, parse_month

Value = str | int | float | date
LONGEST = 500
WHOLE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.0*)?")
DECIMAL = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d*)?%?")
SEPARATORS = re.compile(r"[、;,/\uff0c\uff1b\s]+")
# What Excel makes of an identifier it takes for a number or for a date.
DAMAGED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


@cache
def towns() -> Mapping[str, str]:
    """Code -> name of the root city's towns."""
    counties = districts.children(districts.ROOT.code)
    return {town.code: town.name for county in counties for town in districts.children(county.code)}


@cache
def areas() -> Mapping[str, str]:
    """Code -> name of the root city and its counties."""
    return {d.code: d.name for d in (districts.ROOT, *districts.children(districts.ROOT.code))}


def parser(column: Column) -> Callable[[str], Value | None]:
    """The function that reads this column's cells."""
    words = {w: code for code, word in column.codes.items() for w in (word, narrow(word), code)}
    readers: dict[str, Callable[[str], Value | None]] = {
        "text": _identifier if column.exact else _text,
        "uscc": lambda text: credit_code.compact(narrow(text)),
        "town": lambda text: _member(narrow(text), towns()),
        "district": lambda text: _member(narrow(text), {**areas(), **towns()}),
        "code": lambda text: words.get(text, words.get(narrow(text))),
        "codes": lambda text: _several(text, words),
        "flag": lambda text: {"是": "yes", "否": "no"}.get(text),
        "whole": lambda text: _bounded(_whole(text), column),
        "number": lambda text: _bounded(_decimal(text), column),
        "date": parse_date,
        "month": parse_month,
        "years": _years,
        "person_key": lambda text: _match(r"[0-9a-f]{64}", narrow(text).lower()),
        "indicator": _indicator,
    }
    return readers[column.type]


def _text(text: str) -> str | None:
    return text if len(text) <= LONGEST else None


def _identifier(text: str) -> str | None:
    """Full-width letters and digits made narrow; what Excel has damaged is none."""
    plain = "".join(narrow(c) if "\uff01" <= c <= "\uff5e" else c for c in text)
    return None if DAMAGED.fullmatch(plain) else _text(plain)


def _member(text: str, known: Mapping[str, str]) -> str | None:
    return text if text in known else None


def _match(pattern: str, text: str) -> str | None:
    return text if re.fullmatch(pattern, text) else None


def _several(text: str, words: Mapping[str, str]) -> str | None:
    codes = [words.get(part, words.get(narrow(part))) for part in SEPARATORS.split(text) if part]
    given = {code for code in codes if code is not None}
    return ";".join(sorted(given)) if codes and None not in codes else None


def _whole(text: str) -> int | None:
    plain = narrow(text)
    return int(plain.split(".")[0].replace(",", "")) if WHOLE.fullmatch(plain) else None


def _decimal(text: str) -> float | None:
    """A trailing % is dropped: such columns are in percent already."""
    plain = narrow(text)
    return float(plain.rstrip("%").replace(",", "")) if DECIMAL.fullmatch(plain) else None


def _bounded(value: int | float | None, column: Column) -> int | float | None:
    if value is None or value < (-math.inf if column.least is None else column.least):
        return None
    return None if column.most is not None and value > column.most else value


def _years(text: str) -> str | None:
    years = {part.removesuffix("年") for part in SEPARATORS.split(narrow(text)) if part}
    return ";".join(sorted(years)) if years and all(re.fullmatch(r"20\d\d", y) for y in years) else None


def _indicator(text: str) -> str | None:
    names = {i.name: i.key for i in CATALOGUE.values()}
    return text if text in CATALOGUE else names.get(text)
