"""What a source's declaration is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Type = Literal[
    "text",  # any text, trimmed
    "uscc",  # 统一社会信用代码, 18 characters with a right check digit
    "town",  # 9-digit division code of a town (镇街), in data/reference/divisions.csv
    "district",  # 6- or 9-digit division code
    "code",  # one word of `codes`
    "codes",  # several words of `codes`, separated by 、 ; or ,
    "flag",  # 是 / 否
    "whole",  # whole number
    "number",  # decimal number
    "date",
    "month",  # stored as the month's last day
    "years",  # several years, stored as '2021;2022'
    "person_key",  # keyed hash, 64 hexadecimal characters, made outside the cockpit
    "indicator",  # an indicator's Chinese name or key, stored as the key
]


@dataclass(frozen=True)
class Column:
    """One column of a source: its Chinese header, its type, its meaning and its rule.

    `references` is (source, column): the value must exist there, in the store or in the same run.
    `least`/`most` bound numbers. `example` fills the template's example row.
    `future`: the date may lie after the file's 数据截至, as an agreed end does and an event does not.
    """

    key: str
    label: str
    type: Type
    meaning: str
    example: str
    required: bool = True
    codes: Mapping[str, str] = field(default_factory=dict)
    least: float | None = None
    most: float | None = None
    references: tuple[str, str] | None = None
    aliases: tuple[str, ...] = ()
    future: bool = False

    @property
    def exact(self) -> bool:
        """Every character counts: Excel's number cells would drop leading zeros or the last digits."""
        if self.type == "text":
            return self.key.endswith(("_id", "_no", "_code"))
        return self.type in ("uscc", "person_key")


VOID = Column(
    "void",
    "作废",
    "code",
    "填“是”即作废这一编号的记录，其余列可以不填；平时留空",
    "",
    required=False,
    codes={"yes": "是"},
)


@dataclass(frozen=True)
class Source:
    """One kind of file that districts send.

    `key` is the record key: a later row with the same key supersedes the earlier one.
    `ordered` lists columns whose dates, where given, must not run backwards.
    `at_most` lists (part, whole) pairs of numbers: part must not exceed whole.
    `needs` lists (column, code, other): where column is that code (None: has any value), other must be given.
    `agrees` lists (reference, condition, code, column): where the record referred to has that code, its
    column and the row's own of the same key must be the same.
    `percents` lists (column, indicator): column holds percent, always (indicator None) or where the indicator
    that the other column names is one in percent.
    `rhythm_days`: data older than this many days counts as stale (过期).
    """

    name: str
    label: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rhythm_days: int
    ordered: tuple[tuple[str, ...], ...] = ()
    at_most: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[str, str | None, str], ...] = ()
    agrees: tuple[tuple[str, str, str, str], ...] = ()
    percents: tuple[tuple[str, str | None], ...] = ()

    @property
    def sheet_columns(self) -> tuple[Column, ...]:
        """What a sheet may hold: the columns of the record, and 作废."""
        return (*self.columns, VOID)

    def column(self, key: str) -> Column:
        return next(c for c in self.sheet_columns if c.key == key)

    @property
    def place(self) -> str | None:
        """The column that says where a record belongs; None: where the record it refers to does."""
        return next((c.key for c in self.columns if c.type in ("town", "district")), None)
