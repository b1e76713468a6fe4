"""工会组建."""

from cockpit.indicators.guard import Guard
from cockpit.indicators.indicator import Indicator, Term, percent

THEME = "unions"
FIRM_SOURCES = ("enterprise", "union", "union_coverage")
COVER = "已建会：本单位有在册工会，或被联合工会、联合会覆盖。职工数按企业最近一次上报。"
LAW = "工会法（2021修正）第11条"
FIRMS = ("size", "industry", "ownership", "above_scale")
WHY = "会员是新就业形态劳动者、农民工还是其他职工，属个人身份信息，从严按个人信息保护法第28条的特定身份对待"
NEF_JOINED = Guard("member_group", ("members_new",), WHY, codes=("nef",))
JOINED = Guard("member_group", ("members_new",), WHY, inside=NEF_JOINED)
NET = Guard("member_group", ("members_net",), WHY, inside=JOINED)
STANDING = Guard("member_group", ("members",), WHY, inside=NET)


def _pool(key: str, name: str, pool: str, words: str) -> Indicator:
    return Indicator(
        key,
        name,
        THEME,
        rule="stock",
        **percent(Term("enterprise", f"{pool}_unionised"), Term("enterprise", pool)),
        definition=f"期末{words}企业中已建会的比例。{COVER}",
        formula=f"已建会的{words}企业 ÷ {words}企业",
        sources=FIRM_SOURCES,
        breakdowns=("industry", "ownership"),
        basis=f"{LAW}；法条按会员数、政策按职工数，此处按职工数",
    )


def _members(key: str, name: str, column: str, words: str, **more) -> Indicator:
    return Indicator(
        key,
        name,
        THEME,
        "人",
        numerator=Term("member", column),
        definition=words,
        sources=("union", "member_event"),
        **more,
    )


def _clearance(key: str, name: str, column: str, words: str, **more) -> Indicator:
    return Indicator(
        key,
        name,
        THEME,
        "家",
        "stock",
        Term("clearance", column),
        words,
        formula="Σ台账企业",
        sources=("clearance_ledger",),
        direction="neutral",
        ranked=False,
        **more,
    )


INDICATORS = (
    Indicator(
        "unions",
        "基层工会数",
        THEME,
        "个",
        "stock",
        Term("union", "active"),
        "期末在册的基层工会组织数（批准日 ≤ 期末 < 撤销日）。一个联合工会覆盖多家，工会数不等于建会企业数。",
        "Σ在册工会",
        ("union",),
        breakdowns=("union_kind", "method", "nef"),
    ),
    Indicator(
        "unions_new",
        "新建工会",
        THEME,
        "家",
        "flow",
        Term("union_new", "created"),
        "期内批准成立的基层工会数，以批准日期（不是上报日期）为准。含新业态工会。",
        "Σ批准成立的工会",
        ("union",),
        breakdowns=("method", "union_kind", "nef"),
        basis="来源文件未说明新业态29家是否含在179家内，此处按包含计",
    ),
    Indicator(
        "units_covered",
        "涵盖单位数",
        THEME,
        "家",
        "stock",
        Term("enterprise", "unionised"),
        f"期末基层工会涵盖的单位数，同一单位只计一次。{COVER}",
        "去重单位数",
        FIRM_SOURCES,
        breakdowns=FIRMS,
    ),
    _pool("union_rate_100", "百人以上建会率", "pool_100", "职工100人及以上"),
    _pool("union_rate_25", "二十五人以上建会率", "pool_25", "职工25人及以上"),
    _pool("union_rate_above_scale", "规上企业建会率", "pool_above", "规上"),
    _members(
        "members",
        "会员数",
        "balance",
        "期末在册会员数：期初在册与历次入会、恢复、转入、转出、退会的累计。",
        rule="stock",
        formula="期初 + 入会 + 恢复 + 转入 − 转出 − 退会",
        breakdowns=("member_group",),
        guard=STANDING,
    ),
    _members(
        "members_new",
        "新发展会员",
        "joined",
        "期内新入会人数。转入、恢复会籍不算新发展。",
        rule="flow",
        formula="Σ入会人数",
        breakdowns=("member_group",),
        guard=JOINED,
    ),
    _members(
        "members_net",
        "会员净增",
        "net",
        "期内会员净增减，可为负。只看新发展会掩盖流失。",
        rule="flow",
        formula="入会 + 恢复 + 转入 − 转出 − 退会",
        breakdowns=("member_group",),
        guard=NET,
    ),
    _members(
        "nef_members_new",
        "新发展新业态会员",
        "nef_joined",
        "期内新入会的新就业形态劳动者人数，含在新发展会员之内。",
        rule="flow",
        formula="Σ入会人数[群体=新就业形态]",
        guard=NEF_JOINED,
    ),
    Indicator(
        "clearance_rate",
        "建会销号率",
        THEME,
        rule="stock",
        **percent(Term("clearance", "baseline_closed"), Term("clearance", "baseline")),
        definition="年初冻结的应建未建台账中，本年已销号的比例。年内新列入的另计，不进分母。",
        formula="年初台账中本年已销号 ÷ 年初台账",
        sources=("clearance_ledger",),
        breakdowns=("pool",),
        basis="本产品口径：来源文件只有“建会销号制度”，未给公式",
    ),
    _clearance(
        "clearance_baseline",
        "年初应建未建",
        "baseline",
        "本年1月1日冻结的应建未建企业数。",
        breakdowns=("pool",),
    ),
    _clearance(
        "clearance_closed",
        "本年已销号",
        "baseline_closed",
        "年初台账中本年已销号的企业数，按销号原因分。",
        breakdowns=("close_reason", "pool"),
    ),
    _clearance(
        "clearance_added", "本年新列入", "added", "本年1月1日以后列入台账的企业数。", breakdowns=("pool",)
    ),
)
