"""The one declaration of every kind of file that districts send.

Templates, validation, the store's schema, the handbook's data dictionary and the demonstration data all
come from here. Order is load order: a source stands after those it refers to.
"""

from cockpit import codes
from etl.column import Column as C
from etl.column import Source

TOWN = C("town", "镇街代码", "town", "所在镇、街道、乡的9位行政区划代码", "330521102")


def _uscc(meaning: str, required: bool = True, known: bool = True) -> C:
    reference = ("enterprise", "uscc") if known else None
    return C(
        "uscc", "统一社会信用代码", "uscc", meaning, "91330500MA28C0000Y", required, references=reference
    )


ENTERPRISE = Source(
    "enterprise",
    "企业",
    "辖区内的用人单位名录,注销、迁出的也保留",
    (
        _uscc("企业的18位统一社会信用代码", known=False),
        C("name", "企业名称", "text", "营业执照上的名称", "示例纺织有限公司"),
        TOWN,
        C("industry", "行业门类", "code", "GB/T 4754 门类", "制造业", codes=codes.INDUSTRIES),
        C("ownership", "所有制", "code", "登记的经济类型", "民营", codes=codes.OWNERSHIPS),
        C("employees", "职工人数", "whole", "在岗职工,含劳务派遣", "120", least=0, most=200000),
        C("employees_on", "人数截至日期", "date", "职工人数的时点", "2023-06-30"),
        C("above_scale_years", "规上年度", "years", "列入规上名单的年度,逐年冻结", "2022、2023", False),
        C("reform_pilot", "产改试点", "flag", "是否产业工人队伍建设改革试点", "否"),
        C("opened_on", "成立日期", "date", "营业执照上的成立日期", "2015-03-01"),
        C("closed_on", "注销迁出日期", "date", "注销或迁出的日期", "", False),
        C("exit", "退出原因", "code", "注销或迁出", "", False, codes=codes.ENTERPRISE_EXITS),
    ),
    ("uscc",),
    100,
    ordered=(("opened_on", "closed_on"),),
    needs=(("closed_on", None, "exit"), ("exit", None, "closed_on")),
)

UNION = Source(
    "union",
    "工会",
    "基层工会组织名录,撤销的也保留",
    (
        C("union_id", "工会编号", "text", "本级总工会编的唯一编号", "GH330521-00012"),
        C("name", "工会名称", "text", "批复上的名称", "示例纺织有限公司工会委员会"),
        C("kind", "组织类型", "code", "单独、联合或联合会", "单独基层工会", codes=codes.UNION_KINDS),
        TOWN,
        _uscc("单独建会的所在单位;联合工会、联合会留空", required=False),
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
        _uscc("被覆盖的单位"),
        C("covered_from", "覆盖开始日期", "date", "纳入覆盖的日期", "2022-05-01"),
        C("covered_to", "覆盖结束日期", "date", "当日起不再覆盖;仍覆盖留空", "", False),
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
        _uscc("应建未建的企业"),
        TOWN,
        C("pool", "类别", "code", "按规模归入的类别", "二十五人以上", codes=codes.POOLS),
        C("listed_on", "列入日期", "date", "列入台账的日期", "2022-12-20"),
        C("owner_unit", "责任单位", "text", "负责推进的单位,不填个人姓名", "乾元镇总工会"),
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
    "各工会每日会员变动人数,只报人数不报个人",
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

CERTIFICATE = Source(
    "certificate",
    "技能证书",
    "职业技能等级证书,一本一行",
    (
        C("certificate_no", "证书编号", "text", "证书上的编号", "Y000033050001231000012"),
        C("person_key", "人员标识", "person_key", "在外部用密钥生成的散列值,不是身份证号", "0" * 64),
        TOWN,
        C("industry", "行业门类", "code", "所在单位的行业", "制造业", codes=codes.INDUSTRIES),
        C("occupation_code", "职业编码", "text", "国家职业分类编码", "6-18-01-01"),
        C("occupation", "职业名称", "text", "职业(工种)名称", "车工"),
        C("level", "技能等级", "code", "学徒工至首席技师", "高级工", codes=codes.LEVELS),
        C("issued_on", "发证日期", "date", "不是考试日期", "2023-05-18"),
        C("issuer", "评价机构类型", "code", "发证机构类型", "用人单位", codes=codes.ISSUERS),
        C("channel", "取得渠道", "code", "通过什么取得", "培训", codes=codes.CHANNELS),
        C("nef", "新业态", "flag", "是否新就业形态劳动者", "否"),
    ),
    ("certificate_no",),
    35,
)

TRAINING = Source(
    "training",
    "培训",
    "技能培训,一期一行",
    (
        C("training_id", "培训编号", "text", "唯一编号", "PX330521-0001"),
        C("name", "培训名称", "text", "课程或班次名称", "电工技能提升班"),
        TOWN,
        C("held_on", "开班日期", "date", "开班的日期", "2023-04-10"),
        C("form", "形式", "code", "线上播放量不计人次", "线下", codes=codes.TRAINING_FORMS),
        C("attendances", "培训人次", "whole", "到课人次", "120", least=1, most=20000),
    ),
    ("training_id",),
    35,
)

CONTEST = Source(
    "contest",
    "竞赛",
    "职业技能竞赛,一场一行",
    (
        C("contest_id", "竞赛编号", "text", "唯一编号", "JS330521-0001"),
        C("name", "竞赛名称", "text", "竞赛的名称", "数控车工技能竞赛"),
        TOWN,
        C("held_on", "举办日期", "date", "决赛日期", "2023-05-20"),
        C("level", "级别", "code", "主办单位的级别", "县级", codes=codes.CONTEST_LEVELS),
        C("entries", "参赛人次", "whole", "参赛人次", "52", least=1, most=20000),
    ),
    ("contest_id",),
    35,
)

CONTRACT = Source(
    "contract",
    "集体合同",
    "集体合同及协商各步骤的日期",
    (
        C("contract_id", "合同标识", "text", "唯一编号", "HT330521-00001"),
        C("contract_no", "合同编号", "text", "合同上的编号", "德工资协〔2023〕12号"),
        C("scope", "合同范围", "code", "企业、区域或行业", "企业", codes=codes.CONTRACT_SCOPES),
        C("topic", "合同类别", "code", "工资、能级为工资专项", "工资", codes=codes.CONTRACT_TOPICS),
        TOWN,
        _uscc("企业合同的企业;区域、行业合同留空", required=False),
        C("offered_on", "要约日期", "date", "发出要约的日期", "2023-02-06"),
        C("replied_on", "答复日期", "date", "对方书面答复的日期", "2023-02-15", False),
        C("drafted_on", "草案日期", "date", "形成合同草案的日期", "2023-03-01", False),
        C("congress_on", "职代会日期", "date", "职代会审议通过的日期", "2023-03-15", False),
        C("signed_on", "签字日期", "date", "双方首席代表签字的日期", "2023-03-17", False),
        C("filed_on", "报送日期", "date", "报送人社部门的日期", "2023-03-22", False),
        C("effective_on", "生效日期", "date", "留空按报送后第15日", "2023-04-06", False, future=True),
        C("announced_on", "公布日期", "date", "向职工公布的日期", "2023-04-10", False),
        C(
            "ends_on",
            "期满日期",
            "date",
            "生效或已报送的必填,当日起不再有效",
            "2024-04-06",
            False,
            future=True,
        ),
        C("terminated_on", "解除日期", "date", "提前解除的日期", "", False),
    ),
    ("contract_id",),
    35,
    ordered=(
        ("offered_on", "replied_on", "drafted_on", "congress_on", "signed_on", "filed_on", "effective_on"),
        ("effective_on", "announced_on"),
        ("effective_on", "ends_on"),
        ("effective_on", "terminated_on"),
    ),
    # Without an end a contract would stay in force for ever.
    needs=(("scope", "enterprise", "uscc"), ("effective_on", None, "ends_on"), ("filed_on", None, "ends_on")),
)

CONTRACT_COVERAGE = Source(
    "contract_coverage",
    "合同覆盖",
    "每份合同覆盖的企业和职工",
    (
        C(
            "contract_id",
            "合同标识",
            "text",
            "合同的编号",
            "HT330521-00001",
            references=("contract", "contract_id"),
        ),
        _uscc("被覆盖的企业"),
        C("covered_from", "覆盖开始日期", "date", "留空按合同生效", "", False, future=True),
        C("covered_to", "覆盖结束日期", "date", "当日起不再覆盖;留空按合同期满", "", False, future=True),
        C("workers", "覆盖职工数", "whole", "该企业被覆盖的职工", "120", least=1, most=200000),
    ),
    ("contract_id", "uscc"),
    35,
    ordered=(("covered_from", "covered_to"),),
)

STATION = Source(
    "station",
    "服务站点",
    "户外劳动者服务站点名录,关闭的也保留",
    (
        C("station_no", "站点编号", "text", "唯一编号", "ZD330521-001"),
        C("name", "站点名称", "text", "挂牌名称", "英溪路工会驿站"),
        TOWN,
        C("type", "站点类型", "code", "验收认定的类型", "标杆型", codes=codes.STATION_TYPES),
        C("provision", "建设方式", "code", "自建或共建", "共建", codes=codes.PROVISIONS),
        C("venue", "场所类型", "code", "设在什么场所", "银行网点", codes=codes.VENUES),
        C("lon", "经度", "number", "十进制度", "119.967", least=117, most=124),
        C("lat", "纬度", "number", "十进制度", "30.541", least=27, most=32),
        C("crs", "坐标系", "code", "高德、腾讯为GCJ-02,百度为BD-09", "GCJ-02", codes=codes.CRS),
        C("area_m2", "面积平方米", "number", "使用面积", "35", least=1, most=5000),
        C("open_24h", "24小时开放", "flag", "门是否全天可进", "否"),
        C("open_hours", "开放时间", "text", "每日开放时间", "08:00-20:00"),
        C("facilities", "设施", "codes", "现有设施", "饮水机、微波炉", False, codes=codes.FACILITIES),
        C("nef", "新业态站点", "flag", "是否为新就业形态劳动者而建", "否"),
        C("opened_on", "启用日期", "date", "启用的日期", "2022-06-18"),
        C("accepted_on", "验收日期", "date", "验收合格的日期", "2022-07-01", False),
        C("on_gaode", "高德上图", "flag", "高德地图可查", "是"),
        C("on_baidu", "百度上图", "flag", "百度地图可查", "否"),
        C("on_tencent", "腾讯上图", "flag", "腾讯地图可查", "否"),
        C("closed_on", "关闭日期", "date", "关闭的日期", "", False),
    ),
    ("station_no",),
    35,
    ordered=(("opened_on", "accepted_on"), ("opened_on", "closed_on")),
)

STATION_VISIT = Source(
    "station_visit",
    "站点月报",
    "各站点每月服务人次",
    (
        C(
            "station_no",
            "站点编号",
            "text",
            "站点的编号",
            "ZD330521-001",
            references=("station", "station_no"),
        ),
        C("month", "月份", "month", "计入当月最后一天", "2023-05"),
        C("visits", "服务人次", "whole", "当月服务人次", "860", least=0, most=200000),
        C("count_method", "计数方式", "code", "人次怎么来的", "登记", codes=codes.COUNT_METHODS),
        C("activities", "活动场次", "whole", "集中暖心服务场次", "1", least=0, most=100),
    ),
    ("station_no", "month"),
    45,
)

STATION_CHECK = Source(
    "station_check",
    "站点检查",
    "按“八有”逐项检查的结果",
    (
        C(
            "station_no",
            "站点编号",
            "text",
            "站点的编号",
            "ZD330521-001",
            references=("station", "station_no"),
        ),
        C("checked_on", "检查日期", "date", "检查的日期", "2023-05-12"),
        C("checker_unit", "检查单位", "text", "实施检查的单位,不填个人姓名", "德清县总工会"),
        *(C(key, label, "flag", "该项是否达到", "是") for key, label in codes.EIGHT_HAVE.items()),
    ),
    ("station_no", "checked_on"),
    190,
)


def _plan(month: int) -> C:
    """The curve ends at 100: that also catches percentages that Excel stores as fractions."""
    meaning, example = "截至该月末应完成全年目标的百分比,不递减,12月末为100", str(round(month * 100 / 12))
    least = 100 if month == 12 else 0
    return C(f"plan_{month:02d}", f"{month}月末计划%", "number", meaning, example, least=least, most=100)


TARGET = Source(
    "target",
    "目标",
    "年度目标与按月计划(截至每月末应完成的百分比)",
    (
        C("indicator", "指标", "indicator", "指标名称或代码,见口径与来源", "技能晋级人次"),
        C("district", "区县代码", "district", "下达到的区、县、市", "330521"),
        C("year", "年度", "whole", "目标年度", "2023", least=2000, most=2100),
        C("annual", "年度目标", "number", "全年目标值,比率填百分数", "2400", least=0),
        *(_plan(month) for month in range(1, 13)),
        C("document", "依据文件", "text", "下达目标的文件", "年度工作要点"),
    ),
    ("indicator", "district", "year"),
    400,
    at_most=tuple((f"plan_{m:02d}", f"plan_{m + 1:02d}") for m in range(1, 12)),
)

SOURCES: dict[str, Source] = {
    s.name: s
    for s in (
        ENTERPRISE,
        UNION,
        UNION_COVERAGE,
        CLEARANCE_LEDGER,
        MEMBER_EVENT,
        CERTIFICATE,
        TRAINING,
        CONTEST,
        CONTRACT,
        CONTRACT_COVERAGE,
        STATION,
        STATION_VISIT,
        STATION_CHECK,
        TARGET,
    )
}
