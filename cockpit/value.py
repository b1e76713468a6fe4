"""One figure as the screen shows it, for the command line: the same readings as the cards."""

import math
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from cockpit import indicators, numbers, slices
from cockpit.codes import STATUS
from cockpit.pace import LAMP_WORDS
from cockpit.reading import Reading, breakdown, children, readings, series, untold
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot, Warehouse

ROW_NAMES = {
    "district": "代码",
    "district_name": "区划",
    "code": "代码",
    "label": "分组",
    "month": "月份",
    "value": "数值",
    "numerator": "分子",
    "denominator": "分母",
    "done": "完成%",
    "lamp": "亮灯",
    "rank": "位次",
    "reason": "说明",
}
BY_DISTRICT, BY_MONTH = "district", "month"
# Taken from the reading under the same name.
SAME_NAME = (
    *("value", "numerator", "denominator", "reason"),
    *("previous", "change", "previous_reason", "year_ago", "year_change", "year_ago_reason"),
    *("target", "done", "plan", "gap", "lamp", "lamp_reason", "target_document"),
    *("rank", "siblings", "rank_change", "rank_basis", "stale", "version", "status"),
)


def value(
    root: Path, indicator: str, district: str | None = None, period: str | None = None, by: str | None = None
) -> dict[str, Any]:
    """The reading of one indicator as plain JSON values; with `by` also `rows`, and why there are none.

    `by`: a breakdown of the indicator, 'district' for the districts right below, or 'month' for the series.

    Raises:
        UnknownIndicator, BadSlice: a wrong argument, with a sentence.
        NoData: nothing has been published.
    """
    indicators.get(indicator)
    snapshot = Warehouse(root).snapshot()
    params = {"district": district, "period": period}
    slice = slices.parse({k: v for k, v in params.items() if v is not None}, snapshot.info.data_date)
    told = _plain(readings(snapshot, [indicator], slice)[indicator])
    if by is not None:
        told["rows"] = _rows(snapshot, indicator, slice, by)
        told["rows_reason"] = None if told["rows"] else _no_rows(snapshot, indicator, slice, by)
    return told


def _plain(reading: Reading) -> dict[str, Any]:
    period, district = reading.slice.period, reading.slice.district
    return {
        "indicator": reading.indicator.key,
        "name": reading.indicator.name,
        "unit": reading.indicator.unit,
        "district": district.code,
        "district_name": district.name,
        "period": period.code,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        **{name: getattr(reading, name) for name in SAME_NAME},
        "as_of": reading.as_of.isoformat() if reading.as_of else None,
    }


def _no_rows(snapshot: Snapshot, key: str, slice: Slice, by: str) -> str | None:
    return "下面没有区划" if by == BY_DISTRICT else untold(snapshot, key, slice, by)


def _rows(snapshot: Snapshot, key: str, slice: Slice, by: str) -> list[dict[str, Any]]:
    if by == BY_DISTRICT:
        names = (
            "district",
            "district_name",
            "value",
            "numerator",
            "denominator",
            "done",
            "lamp",
            "rank",
            "reason",
        )
        plain = (_plain(child) for child in children(snapshot, key, slice))
        return [{name: child[name] for name in names} for child in plain]
    frame = series(snapshot, key, slice) if by == BY_MONTH else breakdown(snapshot, key, slice, by)
    return [
        {str(name): _json(cell) for name, cell in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


def _json(cell: Any) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return None if isinstance(cell, float) and math.isnan(cell) else cell


def render(told: dict[str, Any]) -> str:
    """The dict of value() in aligned Chinese lines; its `rows` as a table below, when there are any."""
    lines = _aligned([list(line) for line in _lines(told)])
    if told.get("rows"):
        names = list(told["rows"][0])
        cells = [[_cell(row[name], told["unit"]) for name in names] for row in told["rows"]]
        lines += ["", *_aligned([[ROW_NAMES[name] for name in names], *cells])]
    if why := told.get("rows_reason"):
        lines += ["", f"{numbers.MISSING}（{why}）"]
    return "\n".join(lines)


def _lines(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("指标", f"{told['name']}（{told['indicator']}）"),
        ("区划", f"{told['district_name']}（{told['district']}）"),
        ("周期", f"{told['period']}（{told['start']}至{told['end']}）"),
        ("数值", _shown(told, "value") + _why(told["reason"])),
        ("分子", numbers.number(told["numerator"])),
        ("分母", numbers.number(told["denominator"])),
        ("上期", _shown(told, "previous") + _why(told["previous_reason"])),
        ("环比", _changed(told, "change")),
        ("去年同期", _shown(told, "year_ago") + _why(told["year_ago_reason"])),
        ("同比", _changed(told, "year_change")),
        ("目标", _shown(told, "target") + _why(told["target_document"])),
        ("完成", numbers.percent(told["done"])),
        ("计划", numbers.percent(told["plan"])),
        ("序时进度差", numbers.points(told["gap"])),
        ("亮灯", LAMP_WORDS[told["lamp"]] + _why(told["lamp_reason"])),
        ("位次", _place(told)),
        ("数据截至", f"{told['as_of'] or numbers.MISSING}{'（过期）' if told['stale'] else ''}"),
        ("版本", told["version"]),
        ("状态", f"{STATUS[told['status']]}数据"),
    ]


def _why(text: str | None) -> str:
    return f"（{text}）" if text else ""


def _shown(told: dict[str, Any], name: str) -> str:
    return numbers.figure(told[name], told["unit"], indicators.get(told["indicator"]).decimals)


def _changed(told: dict[str, Any], name: str) -> str:
    return (numbers.points if told["unit"] == "%" else numbers.change)(told[name])


def _place(told: dict[str, Any]) -> str:
    if told["rank"] is None:
        return numbers.MISSING
    change = "" if told["rank_change"] is None else f"，比上期{numbers.places(told['rank_change'])}"
    return f"第{told['rank']}名（共{told['siblings']}个，按{told['rank_basis']}）{change}"


def _cell(cell: Any, unit: str) -> str:
    if isinstance(cell, float):
        return numbers.number(cell, 1 if unit == "%" else 2)
    if isinstance(cell, int):
        return numbers.number(cell)
    return numbers.MISSING if cell is None else LAMP_WORDS.get(cell, cell)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _aligned(rows: list[list[str]]) -> list[str]:
    """Columns side by side; a Chinese character is two columns wide on a terminal."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    padded = (
        [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)] for row in rows
    )
    return ["  ".join(cells).rstrip() for cells in padded]
