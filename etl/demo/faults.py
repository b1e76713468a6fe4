"""The mistakes in the demonstration inbox, each known beforehand, so that the way a mistake takes is seen.

Every faulty row is an extra one with a key of its own: it is refused and nothing else changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from etl.column import Source
from etl.demo.firms import credit_codes
from etl.demo.rendering import Cells, Style, ordered_columns


@dataclass(frozen=True)
class Fault:
    """`rows` extra rows in one file, copies of good ones but for `cells` (column key -> text typed)."""

    county: str
    source: str
    what: str
    cells: tuple[Mapping[str, Any], ...]

    @property
    def rows(self) -> int:
        return len(self.cells)


def _unknown(county: str, number: int) -> str:
    """A valid code of an enterprise that is on no list."""
    return str(credit_codes(np.array([county]), np.array([880_000_000 + number]))[0])


def _broken(code: str) -> str:
    return code[:-1] + ("A" if code[-1] != "A" else "B")


STEPS = {
    "offered_on": "2023年4月3日",
    "replied_on": "2023年4月12日",
    "drafted_on": "2023年4月28日",
    "congress_on": "2023年5月12日",
    "filed_on": "2023年5月19日",
    "effective_on": "2023年6月3日",
    "announced_on": "2023年6月6日",
    "ends_on": "2024年6月3日",
    "terminated_on": "",
}
FAULTS = (
    Fault(
        "330521",
        "enterprise",
        "统一社会信用代码校验位错误",
        ({"uscc": _broken(_unknown("330521", 1))}, {"uscc": _broken(_unknown("330521", 2))}),
    ),
    Fault("330523", "enterprise", "缺少企业名称", ({"uscc": _unknown("330523", 3), "name": ""},)),
    Fault(
        "330502",
        "certificate",
        "技能等级不在代码表内",
        (
            {"certificate_no": "Y000033050201233999901", "level": "特技工"},
            {"certificate_no": "Y000033050201233999902", "level": "三级"},
        ),
    ),
    Fault(
        "330522",
        "contract",
        "签字日期早于前面的步骤",
        (
            {"contract_id": "HT330522-X0001", "signed_on": "2023年4月2日", **STEPS},
            {"contract_id": "HT330522-X0002", "signed_on": "2023年5月11日", **STEPS},
        ),
    ),
    Fault(
        "330521", "station", "经纬度颠倒", ({"station_no": "ZD330521-X01", "lon": 30.5416, "lat": 119.9594},)
    ),
    Fault(
        "330522",
        "station",
        "坐标落在别的区县",
        ({"station_no": "ZD330522-X01", "lon": 119.6385, "lat": 30.6302},),
    ),
    Fault("330503", "training", "镇街属于外市", ({"training_id": "PX330503-X001", "town": "330182102"},)),
    Fault("330502", "station_visit", "同一行报了两次", ({},)),
    Fault(
        "330523",
        "member_event",
        "人数为负数",
        (
            {"event_on": "20210102", "event": "恢复会籍", "persons": -5, "female": 0},
            {"event_on": "20210103", "event": "恢复会籍", "persons": -12, "female": 0},
        ),
    ),
    Fault(
        "330522",
        "contract_coverage",
        "合同标识查无此合同",
        ({"contract_id": "HT330522-X0003"}, {"contract_id": "HT330522-X0004"}),
    ),
    Fault(
        "330521",
        "union",
        "所在单位不在企业名录",
        ({"union_id": "GH330521-X0001", "uscc": _unknown("330521", 9)},),
    ),
)
REFUSED = {
    "安吉县/安吉县_活动登记表.csv": "表头不符合任何一种来源",
    "吴兴区/吴兴区_培训_补报.xlsx": "备注里有疑似手机号码",
}
CORRECTION = "德清县/德清县_竞赛_更正.xlsx"
CORRECTED_ROWS = 6  # contests whose entries were first typed with one zero too many


def with_faults(rows: Cells, county: str, source: Source, style: Style) -> Cells:
    """The rows of a file and, spread among them, the faulty ones that belong in it."""
    keys = [column.key for column in ordered_columns(source, style)]
    faults = [f for f in FAULTS if (f.county, f.source) == (county, source.name)]
    rows = list(rows)
    for cells in (cells for fault in faults for cells in fault.cells):
        place = 10 + 7 * len([c for f in faults for c in f.cells])
        good = rows[_suitable(rows, keys, cells)]
        rows.insert(place, tuple(cells.get(key, value) for key, value in zip(keys, good, strict=True)))
    return rows


def _suitable(rows: Cells, keys: list[str], cells: Mapping[str, Any]) -> int:
    """The first row that has a value wherever the fault puts one: a contract with all its steps, say."""
    wanted = [keys.index(key) for key, value in cells.items() if value != ""]
    return next(no for no, row in enumerate(rows) if all(row[place] != "" for place in wanted))


def typed_wrong(rows: Cells, keys: list[str]) -> tuple[Cells, Cells]:
    """Contest rows as first sent, with one zero too many in the last few, and those few as corrected."""
    place = keys.index("entries")
    right = rows[-CORRECTED_ROWS:]
    wrong = [(*row[:place], row[place] * 10, *row[place + 1 :]) for row in right]
    return [*rows[:-CORRECTED_ROWS], *wrong], right
