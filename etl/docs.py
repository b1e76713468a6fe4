"""docs/sources.md and docs/handbook.md, printed from the declarations: `python3 -m etl.docs`."""

from pathlib import Path

from cockpit.handbook import markdown
from etl.column import Column, Source
from etl.sources import SOURCES

DOCS = Path(__file__).resolve().parents[1] / "docs"
TYPES = {
    "text": "文字",
    "uscc": "18位统一社会信用代码（校验码须正确）",
    "town": "9位镇街代码",
    "district": "6或9位区划代码",
    "code": "从下列选一",
    "codes": "从下列选若干，用顿号隔开",
    "flag": "是 / 否",
    "whole": "整数",
    "number": "数",
    "date": "日期",
    "month": "月份",
    "years": "年份，用顿号隔开",
    "person_key": "64位十六进制散列值",
    "indicator": "指标名称或代码",
}


def labels() -> dict[str, str]:
    """Source name -> Chinese label."""
    return {name: source.label for name, source in SOURCES.items()}


def _rule(column: Column) -> str:
    """What a cell must be, in one line."""
    parts = [TYPES[column.type]]
    if column.codes:
        parts.append(" / ".join(column.codes.values()))
    if column.least is not None or column.most is not None:
        parts.append(_bounds(column))
    if column.references:
        source, key = column.references
        parts.append(f"须在“{SOURCES[source].label}”的“{SOURCES[source].column(key).label}”中")
    return "；".join(parts)


def _bounds(column: Column) -> str:
    least = "" if column.least is None else f"不小于{column.least:g}"
    most = "" if column.most is None else f"不大于{column.most:g}"
    return "，".join(filter(None, (least, most)))


def _checks(source: Source) -> list[str]:
    """The rules between columns, each a line."""
    name = {column.key: column.label for column in source.columns}
    lines = ["日期先后：" + " ≤ ".join(name[key] for key in keys) for keys in source.ordered]
    lines += [f"{name[part]}不大于{name[whole]}" for part, whole in source.at_most]
    for key, code, other in source.needs:
        word = source.column(key).codes.get(code, code) if code else "有值"
        lines.append(
            f"{name[key]}为“{word}”时须填{name[other]}" if code else f"填了{name[key]}就须填{name[other]}"
        )
    return [f"- {line}" for line in lines]


def _section(source: Source) -> list[str]:
    key = "、".join(source.column(name).label for name in source.key)
    lines = [
        f"## {source.label}（{source.name}）",
        "",
        f"{source.meaning}。同一{key}的后一行替代前一行。数据超过{source.rhythm_days}天为过期。",
        "",
        "| 列 | 必填 | 含义 | 要求 | 示例 |",
        "|---|---|---|---|---|",
    ]
    for column in source.sheet_columns:
        needed = "是" if column.required else ""
        cells = (column.label, needed, column.meaning, _rule(column), column.example)
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, "", *_checks(source), ""]


def sources_markdown() -> str:
    """The data dictionary of everything districts send."""
    head = [
        "# 数据来源与字段",
        "",
        "本页由来源声明生成（`python3 -m etl.docs`），请勿手工修改；测试会比对。",
        "空白模板：`python3 manage.py etl template <代码>`。",
        "",
    ]
    lines = head + [line for source in SOURCES.values() for line in _section(source)]
    return "\n".join(lines).rstrip().replace("\n\n\n", "\n\n") + "\n"


def pages() -> dict[str, str]:
    """File name -> text, as it must be committed."""
    return {"handbook.md": markdown(labels()), "sources.md": sources_markdown()}


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
