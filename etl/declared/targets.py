"""Annual targets with their plan curve."""

from etl.column import Column as C
from etl.column import Source


def _plan(month: int) -> C:
    """The curve ends at 100: that also catches percentages that Excel stores as fractions."""
    meaning, example = "截至该月末应完成全年目标的百分比，不递减，12月末为100", str(round(month * 100 / 12))
    least = 100 if month == 12 else 0
    return C(f"plan_{month:02d}", f"{month}月末计划%", "number", meaning, example, least=least, most=100)


TARGET = Source(
    "target",
    "目标",
    "年度目标与按月计划（截至每月末应完成的百分比）",
    (
        C("indicator", "指标", "indicator", "指标名称或代码，见口径与来源", "技能晋级人次"),
        C("district", "区县代码", "district", "下达到的区、县、市", "330521"),
        C("year", "年度", "whole", "目标年度", "2023", least=2000, most=2100),
        C("annual", "年度目标", "number", "全年目标值，比率填百分数，如85%填85", "2400", least=0),
        *(_plan(month) for month in range(1, 13)),
        C("document", "依据文件", "text", "下达目标的文件", "年度工作要点"),
    ),
    ("indicator", "district", "year"),
    400,
    at_most=tuple((f"plan_{m:02d}", f"plan_{m + 1:02d}") for m in range(1, 12)),
    percents=(("annual", "indicator"), *((f"plan_{m:02d}", None) for m in range(1, 12))),
)
