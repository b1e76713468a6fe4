"""What every figure means, in words: the handbook page shows it, docs/handbook.md is its text."""

from collections.abc import Iterator

from cockpit import pace
from cockpit.handbook.returns import DEFINITION
from cockpit.indicators import BREAKDOWNS, CATALOGUE, LEAST, THEMES, Indicator, Term

RULES = {
    "flow": "期内发生：时段内逐日相加",
    "stock": "期末时点：截至时段最后一天的累计变动",
    "year": "年初至期末：自当年1月1日逐日相加",
}
DIRECTIONS = {"up": "越高越好", "down": "越低越好", "neutral": "不评高低"}


def rule(indicator: Indicator) -> str:
    """How time is treated; a ratio sums both parts first."""
    words = RULES[indicator.rule]
    return f"{words}；分子分母分别汇总后再相除，不取平均" if indicator.is_ratio else words


def splits(indicator: Indicator) -> str:
    return "、".join(BREAKDOWNS[key][0] for key in indicator.breakdowns) or "不分组"


def judged(indicator: Indicator) -> str:
    """How a target, a lamp and a rank come about for this figure."""
    if indicator.direction == "neutral":
        goal = "不设目标、不亮灯"
    else:
        goal = "目标与按月计划由“目标”表下达到区县，按序时进度差亮灯"
    return f"{goal}；{'参与排名' if indicator.ranked else '不排名'}"


def facts(indicator: Indicator, sources: dict[str, str]) -> list[tuple[str, str]]:
    """(heading, text) of an indicator, in reading order. `sources`: source name -> its Chinese label."""
    return [
        ("口径", indicator.definition),
        ("计算", indicator.formula),
        ("单位", f"{indicator.unit}；{DIRECTIONS[indicator.direction]}"),
        ("时间", rule(indicator)),
        ("分组", splits(indicator)),
        *([("小数保护", protected(indicator))] if indicator.guard else []),
        ("来源", "、".join(sources[name] for name in indicator.sources)),
        ("目标与排名", judged(indicator)),
        ("依据", indicator.basis or "领域通行口径"),
        ("版本", f"第{indicator.version}版，代码 {indicator.key}，取自 {_terms(indicator)}"),
    ]


def guarded() -> str:
    """The protected figures, and by what they must be split to be so."""
    named = [(i.name, i.guard.split, i.breakdowns) for i in CATALOGUE.values() if i.guard]
    return "、".join(
        f"{name}（按{BREAKDOWNS[split][0]}）" if split in splits else name for name, split, splits in named
    )


def protected(indicator: Indicator) -> str:
    """When and how small groups in this figure are protected, and why."""
    assert indicator.guard
    split = indicator.guard.split
    when = f"按{BREAKDOWNS[split][0]}分组或筛选时" if split in indicator.breakdowns else "在任何范围"
    return (
        f"{when}，不足{LEAST}{indicator.unit}的数、可由此推算的数不显示；按整月统计，不列出记录，不与其他条件交叉。"
        f"{indicator.guard.why}。大屏上凡按人计的指标都不显示不足{LEAST}人的数"
    )


def _term(term: Term) -> str:
    return f"{term.mart}.{term.column}"


def _terms(indicator: Indicator) -> str:
    below = f" ÷ {_term(indicator.denominator)}" if indicator.denominator else ""
    times = f" × {indicator.scale}" if indicator.scale not in (1, 100) else ""
    return f"{_term(indicator.numerator)}{below}{times}"


def by_theme() -> Iterator[tuple[str, list[Indicator]]]:
    """(theme in Chinese, its indicators) in the order of the catalogue."""
    for theme, words in THEMES.items():
        yield words, [i for i in CATALOGUE.values() if i.theme == theme]


def markdown(sources: dict[str, str]) -> str:
    """docs/handbook.md."""
    lines = [
        "# 指标口径",
        "",
        "本页由指标目录生成（`python3 -m etl.docs`），请勿手工修改；测试会比对。",
        "",
        f"亮灯规则：{pace.RULE}",
        "",
        pace.PROVENANCE,
        "",
        DEFINITION,
        "",
        f"小数保护（涉及个人身份的数，不足{LEAST}的不显示，也不能推算）：{guarded()}。",
    ]
    for theme, indicators in by_theme():
        lines += ["", f"## {theme}"]
        for indicator in indicators:
            lines += ["", f"### {indicator.name}", ""]
            lines += [f"- {heading}：{text}" for heading, text in facts(indicator, sources)]
    return "\n".join(lines) + "\n"
