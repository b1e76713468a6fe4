"""The wall's screens and their tiles, in the order of rotation: a list of its own beside cockpit.site."""

from cockpit.site import BARGAINING, HEADLINES, LEDGER, SKILLS, STATIONS, UNION_RATES, UNIONS, Page, Tile

OVERVIEW = Page(
    "wall-overview",
    "综合",
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
SKILL_SCREEN = Page(
    "wall-skills",
    "技能提升",
    ":material/engineering:",
    SKILLS.indicators,
    tiles=(
        Tile("plan", "技能晋级累计进度与计划", ("skill_promotions",)),
        Tile("levels", "晋升到的等级", ("skill_promotions",)),
        Tile("ranking", "技能晋级位次", ("skill_promotions",)),
        Tile("trend", "每月技能晋级人次与去年同月", ("skill_promotions",)),
        Tile("channels", "技能晋级按取得渠道", ("skill_promotions",)),
        Tile("contests", "竞赛场次按级别", ("contest_events",)),
    ),
)
BARGAINING_SCREEN = Page(
    "wall-bargaining",
    "工资集体协商",
    ":material/handshake:",
    BARGAINING.indicators,
    tiles=(
        Tile("funnel", "期内要约走到哪一步", ("bargain_stages",)),
        Tile("split", "覆盖方式：三部分相加等于覆盖企业", ("enterprises_covered",)),
        Tile("ranking", "能级工资覆盖企业位次", ("nengji_enterprises",)),
        Tile("steps", "法定步骤按时率", ("bargain_step_on_time",)),
        Tile("trend", "能级工资覆盖企业每月", ("nengji_enterprises",)),
        Tile("expiring", "90天内到期合同", ("contracts_expiring_90d",)),
    ),
)
UNION_SCREEN = Page(
    "wall-unions",
    "工会组建",
    ":material/groups:",
    UNIONS.indicators,
    tiles=(
        Tile("rates", "三项建会率与目标", UNION_RATES),
        Tile("burndown", "应建未建台账销号", LEDGER),
        Tile("ranking", "新建工会位次", ("unions_new",)),
        Tile("methods", "新建工会按建会方式", ("unions_new",)),
        Tile("trend", "每月新发展会员与去年同月", ("members_new",)),
        Tile("groups", "新发展会员按群体", ("members_new",)),
    ),
)
STATION_SCREEN = Page(
    "wall-stations",
    "户外站点",
    ":material/storefront:",
    STATIONS.indicators,
    tiles=(
        Tile("items", "“八有”逐项达标率", ("eight_have_item_rate",)),
        Tile("types", "在用站点按类型", ("stations_open",)),
        Tile("ranking", "每万名职工站点数位次", ("stations_per_10k_workers",)),
        Tile("trend", "每月服务人次与去年同月", ("station_visits",)),
        Tile("open", "在用站点每月", ("stations_open",)),
        Tile("eight", "“八有”达标率位次", ("eight_have_rate",)),
    ),
)
MAP_SCREEN = Page(
    "wall-map",
    "站点地图",
    ":material/map:",
    ("stations_open", "stations_new", "benchmark_share", "h24_share", "eight_have_rate", "mapped_rate"),
    tiles=(
        Tile("map", "站点分布", ("stations_open",)),
        Tile("types", "在用站点按类型", ("stations_open",)),
        Tile("ranking", "在用站点位次", ("stations_open",)),
    ),
)

SCREENS: dict[str, Page] = {
    p.path: p for p in (OVERVIEW, SKILL_SCREEN, BARGAINING_SCREEN, UNION_SCREEN, STATION_SCREEN, MAP_SCREEN)
}
