"""What a column expects, in words: one place for the refusals and the templates."""

from cockpit import districts
from etl.column import Column, Source

BY_TYPE = {
    "text": "500字以内的文字",
    "uscc": "18位统一社会信用代码，末位校验码须正确",
    "flag": "是 或 否",
    "date": "日期，如2023-06-30",
    "month": "月份，如2023-06",
    "years": "四位年度，多个用顿号隔开，如2022、2023",
    "person_key": "64位十六进制散列值（0-9、a-f），在外部生成",
    "indicator": "指标目录中的名称或代码，见“口径与来源”",
}
DAMAGED = "文本格式的编号；以数字存储的已被Excel去掉开头的0或末几位（已损坏），请按原件以文本重新填写"


def expects(column: Column) -> str:
    """The rule of one column, as a phrase that follows 应为."""
    if column.type in ("code", "codes"):
        joined = "、".join(column.codes.values())
        return f"下列之一：{joined}" if column.type == "code" else f"下列若干项，用顿号隔开：{joined}"
    if column.type in ("whole", "number"):
        return _bounds(column) + ("整数" if column.type == "whole" else "数")
    if column.type == "town":
        return f"{districts.ROOT.name}的9位镇街代码，如330521102"
    if column.type == "district":
        return f"{districts.ROOT.name}或其区县的6位代码"
    if column.exact and column.type == "text":
        return "500字以内的编号，单元格须为文本格式"
    return BY_TYPE[column.type]


def _bounds(column: Column) -> str:
    least, most = column.least, column.most
    if least is not None and least == most:
        return f"等于{least:g}的"
    if least is not None and most is not None:
        return f"{_plain(least)}到{_plain(most)}之间的"
    return f"不小于{_plain(least)}的" if least is not None else ""


def _plain(number: float) -> str:
    return f"{number:.10g}"


def quoted(source: Source, keys: tuple[str, ...]) -> str:
    return "、".join(f"“{source.column(key).label}”" for key in keys)
