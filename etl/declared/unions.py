"""Unions, what they cover, whom they gained and who is still without one."""

from cockpit import codes
from etl.column import Column as C
from etl.column import Source
from etl.declared.shared_columns import TOWN, uscc

UNION = Source(
    "union",
    "工会",
    "基层工会组织名录，撤销的也保留",
    (
        C("union_id", "工会编号", "text", "本级总工会编的唯一编号", "GH330521-00012"),
        C("name", "工会名称", "text", "批复上的名称", "示例纺织有限公司工会委员会"),
        C("kind", "组织类型", "code", "单独、联合或联合会", "单独基层工会", codes=codes.UNION_KINDS),
        TOWN,
        uscc("单独建会的所在单位；联合工会、联合会留空", required=False),
        C("method", "建会方式", "code", "以何种方式组建", "单独组建", codes=codes.UNION_METHODS),
        C("nef", "新业态工会", "flag", "是否新就业形态工会", "否"),
        C("approved_on", "批准日期", "date", "上级工会批复日期", "2023-03-15"),
        C("dissolved_on", "撤销日期", "date", "撤销的日期", "", False),
    ),
    ("union_id",),
    35,
    ordered=(("approved_on", "dissolved_on"),),
    needs=(("kind", "single", "uscc"),),
)

UNION_COVERAGE = Source(
    "union_coverage",
    "联合工会覆盖",
    "联合工会、联合会覆盖的单位",
    (
        C(
            "union_id",
            "工会编号",
            "text",
            "联合工会的编号",
            "GH330521-00012",
            references=("union", "union_id"),
        ),
        uscc("被覆盖的单位"),
        C("covered_from", "覆盖开始日期", "date", "纳入覆盖的日期", "2022-05-01"),
        C("covered_to", "覆盖结束日期", "date", "当日起不再覆盖；仍覆盖留空", "", False),
    ),
    ("union_id", "uscc", "covered_from"),
    35,
    ordered=(("covered_from", "covered_to"),),
)

CLEARANCE_LEDGER = Source(
    "clearance_ledger",
    "应建未建台账",
    "应建未建工会企业的销号台账",
    (
        C("item_id", "台账编号", "text", "台账内的唯一编号", "TZ330521-0001"),
        uscc("应建未建的企业"),
        TOWN,
        C("pool", "类别", "code", "按规模归入的类别", "二十五人以上", codes=codes.POOLS),
        C("listed_on", "列入日期", "date", "列入台账的日期", "2022-12-20"),
        C("owner_unit", "责任单位", "text", "负责推进的单位，不填个人姓名", "乾元镇总工会"),
        C("closed_on", "销号日期", "date", "销号的日期", "", False),
        C("close_reason", "销号原因", "code", "销号的原因", "", False, codes=codes.CLOSE_REASONS),
    ),
    ("item_id",),
    35,
    ordered=(("listed_on", "closed_on"),),
    needs=(("closed_on", None, "close_reason"), ("close_reason", None, "closed_on")),
)

MEMBER_EVENT = Source(
    "member_event",
    "会员变动",
    "各工会每日会员变动人数，只报人数不报个人",
    (
        C(
            "union_id",
            "工会编号",
            "text",
            "发生变动的工会",
            "GH330521-00012",
            references=("union", "union_id"),
        ),
        C("event_on", "变动日期", "date", "变动发生的日期", "2023-04-06"),
        C("event", "变动类型", "code", "转入不算新发展", "入会", codes=codes.MEMBER_EVENTS),
        C("group", "群体", "code", "一人只归入最先符合的一类", "农民工", codes=codes.MEMBER_GROUPS),
        C("persons", "人数", "whole", "变动人数", "36", least=0, most=100000),
        C("female", "其中女", "whole", "其中女职工人数", "15", least=0),
    ),
    ("union_id", "event_on", "event", "group"),
    35,
    at_most=(("female", "persons"),),
)
