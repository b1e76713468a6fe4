"""The pages and their tiles: navigation, filter bar, tests, wall and pictures read this one list."""

from cockpit.site.page import Page, Tile
from cockpit.site.work import WORK

__all__ = [
    "HEADLINES",
    "LEDGER",
    "PAGES",
    "UNION_RATES",
    "Page",
    "Tile",
]

HEADLINES = (
    "skill_promotions",
    "contest_entries",
    "nengji_enterprises",
    "wage_bargain_rate",
    "unions_new",
    "members_new",
    "stations_open",
    "eight_have_rate",
)
UNION_RATES = ("union_rate_100", "union_rate_25", "union_rate_above_scale")
LEDGER = ("clearance_baseline", "clearance_closed", "clearance_added")

OVERVIEW = Page(
    "overview",
    "总览",
    ":material/dashboard:",
    HEADLINES,
    tiles=(
        Tile("map", "地区分布", HEADLINES),
        Tile("ranking", "位次与进度", HEADLINES),
        Tile("plan", "累计进度与计划", HEADLINES),
        Tile("trend", "每月与去年同月", HEADLINES),
        Tile("attention", "需要关注", (*HEADLINES, "contracts_expiring_90d")),
    ),
)
SKILLS = Page(
    "skills",
    "技能提升",
    ":material/engineering:",
    (
        "skill_promotions",
        "skill_promoted_persons",
        "new_skill_certs",
        "high_skill_share",
        "training_attendances",
        "contest_events",
        "contest_entries",
        "contest_promotion_rate",
    ),
    ("channel", "industry", "nef"),
    (
        Tile("plan", "技能晋级累计进度与计划", ("skill_promotions",)),
        Tile("trend", "每月技能晋级人次与去年同月", ("skill_promotions",)),
        Tile("ranking", "技能晋级位次", ("skill_promotions",)),
        Tile("channels", "技能晋级按取得渠道", ("skill_promotions",)),
        Tile("levels", "晋升到的等级", ("skill_promotions",)),
        Tile("training", "培训与竞赛", ("training_sessions", "training_attendances", "contest_events")),
    ),
)
BARGAINING = Page(
    "bargaining",
    "工资集体协商",
    ":material/handshake:",
    (
        "wage_contracts_in_force",
        "enterprises_covered",
        "wage_bargain_rate",
        "nengji_enterprises",
        "nengji_workers",
        "nengji_above_scale_rate",
        "contracts_expiring_90d",
        "bargain_step_on_time",
    ),
    ("scope", "industry", "size"),
    (
        Tile("funnel", "期内要约走到哪一步", ("bargain_stages",)),
        Tile("steps", "法定步骤按时率", ("bargain_step_on_time",)),
        Tile("split", "覆盖方式：三部分相加等于覆盖企业", ("enterprises_covered",)),
        Tile("ranking", "能级工资覆盖企业位次", ("nengji_enterprises",)),
        Tile("expiring", "90天内到期合同", ("contracts_expiring_90d",)),
        Tile("more", "质量与续签", ("wage_bargain_worker_rate", "nengji_contracts", "contract_renewal_rate")),
    ),
)
UNIONS = Page(
    "unions",
    "工会组建",
    ":material/groups:",
    (
        "unions",
        "units_covered",
        "unions_new",
        "members",
        "members_new",
        "members_net",
        "nef_members_new",
        "clearance_rate",
    ),
    ("method", "industry", "nef"),
    (
        Tile("rates", "三项建会率与目标", UNION_RATES),
        Tile("burndown", "应建未建台账销号", LEDGER),
        Tile("methods", "新建工会按建会方式", ("unions_new",)),
        Tile("ranking", "新建工会位次", ("unions_new",)),
        Tile("groups", "新发展会员按群体", ("members_new",)),
        Tile("trend", "每月新发展会员与去年同月", ("members_new",)),
    ),
)
STATIONS = Page(
    "stations",
    "户外站点",
    ":material/storefront:",
    (
        "stations_open",
        "stations_new",
        "benchmark_share",
        "h24_share",
        "benchmark_per_town",
        "eight_have_rate",
        "mapped_rate",
        "station_visits",
    ),
    ("station_type", "provision", "open_24h"),
    (
        Tile("map", "站点分布", ("stations_open",)),
        Tile("list", "站点名录", ("stations_open",)),
        Tile("items", "“八有”逐项达标率", ("eight_have_item_rate",)),
        Tile("types", "在用站点按类型", ("stations_open",)),
        Tile("ranking", "每万名职工站点数位次", ("stations_per_10k_workers",)),
    ),
)
PUBLISHED = Page(
    "published",
    "公开数据",
    ":material/menu_book:",
    tiles=(Tile("compare", "可比的公开数字"), Tile("figures", "公开数字全表")),
)
PAGES: dict[str, Page] = {
    p.path: p for p in (OVERVIEW, SKILLS, BARGAINING, UNIONS, STATIONS, PUBLISHED, *WORK)
}
