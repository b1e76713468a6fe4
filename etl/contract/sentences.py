"""Verdicts in Chinese sentences: file, sheet, row, column, what was found, what is expected."""

from dataclasses import dataclass, field

import pyarrow as pa

from etl import personal

LONGEST = 40


@dataclass(frozen=True)
class Sentence:
    """One violation. `row` as Excel counts, None for the whole file; `column` is its header or letter."""

    sheet: str
    row: int | None
    column: str
    found: str
    expected: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class FileVerdict:
    """What became of one file: read = accepted + rejected rows, or refused whole with a sentence.

    `district`: code declared above the header. `as_of`: ISO date. `waiting`: rows rejected only until the
    records they refer to arrive. `rows`: the accepted rows, typed as in the store. `not_before`: refused
    until that day (ISO date).
    `key_id`: of the key its person keys were made with, where its title tells.
    """

    file: str
    source: str | None = None
    district: str | None = None
    as_of: str | None = None
    status: str = "reported"
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    refused: bool = False
    waiting: int = 0
    sentences: tuple[Sentence, ...] = ()
    not_before: str | None = None
    key_id: str | None = None
    rows: pa.Table | None = field(default=None, repr=False, compare=False)


def cell(file: str, sheet: str, row: int, column: str, found: str | None, expected: str) -> Sentence:
    """A violation of one cell. `expected` is a phrase that follows 应为; for an empty cell, a clause."""
    shown = shorten(found or "")
    what = f"填的是“{shown}”，应为{expected}" if shown else f"没有填，{expected}"
    message = f"{_file(file, sheet)}第{row}行“{column}”{what}。"
    return Sentence(sheet, row, column, shown, expected, message)


def place(file: str, sheet: str, row: int, letter: str, expected: str) -> Sentence:
    """A violation whose cell must not be shown."""
    message = f"{_file(file, sheet)}第{row}行{letter}列{expected}。"
    return Sentence(sheet, row, letter, "", expected, message)


def whole(file: str, expected: str, found: str = "", sheet: str = "") -> Sentence:
    """Why a whole file or sheet was not read. `expected` is a sentence without its full stop."""
    message = f"{_file(file, sheet)}{expected}"
    return Sentence(
        sheet, None, "", shorten(found), expected, message if message[-1] == "。" else message + "。"
    )


def shorten(text: str) -> str:
    """At most 40 characters, on one line, nothing that looks personal."""
    line = " ".join(personal.masked(text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _file(file: str, sheet: str) -> str:
    return f"文件“{file}”" + (f"工作表“{sheet}”" if sheet else "") + "："
