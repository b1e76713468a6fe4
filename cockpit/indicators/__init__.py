"""THE catalogue: every figure the cockpit shows is defined here, once."""

from cockpit import codes
from cockpit.indicators import bargaining, skills, stations, unions
from cockpit.indicators.guard import LEAST, Guard
from cockpit.indicators.indicator import Indicator, Term, UnknownIndicator

__all__ = [
    "BREAKDOWNS",
    "CATALOGUE",
    "LEAST",
    "THEMES",
    "Guard",
    "Indicator",
    "Term",
    "UnknownIndicator",
    "get",
]

THEMES = {"skills": "技能提升", "bargaining": "工资集体协商", "unions": "工会组建", "stations": "户外站点"}

CATALOGUE: dict[str, Indicator] = {
    i.key: i for i in (*skills.INDICATORS, *bargaining.INDICATORS, *unions.INDICATORS, *stations.INDICATORS)
}

# mart column -> what it is called and what its codes mean
BREAKDOWNS: dict[str, tuple[str, dict[str, str]]] = {
    "channel": ("取得渠道", codes.CHANNELS),
    "to_level": ("晋升等级", codes.LEVELS),
    "industry": ("行业", codes.INDUSTRIES),
    "issuer": ("评价机构", codes.ISSUERS),
    "nef": ("新业态", codes.YES_NO),
    "form": ("培训形式", codes.TRAINING_FORMS),
    "contest_level": ("竞赛级别", codes.CONTEST_LEVELS),
    "scope": ("合同范围", codes.CONTRACT_SCOPES),
    "topic": ("合同类别", {k: codes.CONTRACT_TOPICS[k] for k in ("wage", "nengji")}),
    "coverage_split": ("覆盖方式", {k: v for k, v in codes.COVERAGE_SPLIT.items() if k != "none"}),
    "size": ("企业规模", codes.SIZES),
    "ownership": ("所有制", codes.OWNERSHIPS),
    "above_scale": ("规上", codes.YES_NO),
    "step": ("协商步骤", codes.BARGAIN_STEPS),
    "stage": ("协商阶段", codes.BARGAIN_STAGES),
    "union_kind": ("组织类型", codes.UNION_KINDS),
    "method": ("建会方式", codes.UNION_METHODS),
    "member_group": ("会员群体", codes.MEMBER_GROUPS),
    "pool": ("台账类别", codes.POOLS),
    "close_reason": ("销号原因", codes.CLOSE_REASONS),
    "station_type": ("站点类型", codes.STATION_TYPES),
    "provision": ("建设方式", codes.PROVISIONS),
    "venue": ("场所类型", codes.VENUES),
    "open_24h": ("24小时开放", codes.YES_NO),
    "count_method": ("计数方式", codes.COUNT_METHODS),
    "item": ("八有", codes.EIGHT_HAVE),
}


def get(key: str) -> Indicator:
    """The indicator with this key; UnknownIndicator with a sentence otherwise."""
    if key not in CATALOGUE:
        raise UnknownIndicator(f"没有名为“{key}”的指标。可用的指标：{'、'.join(CATALOGUE)}。")
    return CATALOGUE[key]
